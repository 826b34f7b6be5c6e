#include "server-under-test/site/accounts.h"

#include <algorithm>
#include <ranges>

#include "core/ascii.h"
#include "core/base64.h"
#include "core/handshake_key.h"
#include "server-under-test/site/normal_path.h"

namespace wsconform {
namespace {

// What a user whom nobody knows is held against: as costly as a hash that `wsconform passwd` makes.
PasswordHash nobodys_hash() {
  return {.salt = std::string(16, '\0'), .hash = std::string(32, '\0')};
}

std::string decoded(std::string text) {
  std::ranges::replace(text, '+', ' ');
  return percent_decoded(text);
}

std::optional<UserAndPassword> split_at_colon(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == text.npos) return std::nullopt;
  return UserAndPassword{std::string(text.substr(0, colon)), std::string(text.substr(colon + 1))};
}

}  // namespace

void Accounts::add(std::string user, PasswordHash hash) {
  hashes_.insert_or_assign(std::move(user), std::move(hash));
}

PasswordCheck Accounts::check(UserAndPassword sent) const {
  const auto found = hashes_.find(sent.user);
  const bool is_known = found != hashes_.end();
  // Nobody's hash costs what the others do.
  PasswordHash known = is_known ? found->second : nobodys_hash();
  if (!is_known && !empty()) known.cost = hashes_.begin()->second.cost;
  return {std::move(sent), std::move(known), is_known};
}

std::expected<Accounts, Accounts::Fault> Accounts::parse(std::string_view text) {
  Accounts accounts;
  std::size_t number = 0;
  for (const auto part : std::views::split(text, '\n')) {
    std::string_view line(part.begin(), part.end());
    ++number;
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (trim(line).empty() || line.starts_with('#')) continue;
    const auto entry = split_at_colon(line);
    if (!entry || entry->user.empty())
      return std::unexpected(Fault{number, "is not of the form USER:HASH"});
    auto hash = parse_password_hash(entry->password);
    if (!hash) return std::unexpected(Fault{number, hash.error()});
    if (accounts.hashes_.contains(entry->user))
      return std::unexpected(Fault{number, "names a user for the second time"});
    accounts.add(entry->user, std::move(*hash));
  }
  return accounts;
}

std::optional<UserAndPassword> basic_credentials(const HttpHead& request) {
  if (request.count("Authorization") != 1) return std::nullopt;
  const std::string_view value = *request.value("Authorization");
  const std::size_t space = value.find(' ');
  // RFC 9110 §11.1: the scheme reads the same in any letter case.
  if (space == value.npos || !equals_ignoring_case(value.substr(0, space), "Basic"))
    return std::nullopt;
  const auto sent = base64_decode(trim(value.substr(space)));
  return sent ? split_at_colon(*sent) : std::nullopt;
}

std::optional<UserAndPassword> form_credentials(std::string_view body) {
  std::optional<std::string> user;
  std::optional<std::string> password;
  for (const auto part : std::views::split(body, '&')) {
    const std::string_view pair(part.begin(), part.end());
    const std::size_t equals = pair.find('=');
    if (equals == pair.npos) continue;
    const std::string_view name = pair.substr(0, equals);
    auto* const to = name == "user" ? &user : name == "password" ? &password : nullptr;
    if (to == nullptr) continue;
    if (*to) return std::nullopt;
    *to = decoded(std::string(pair.substr(equals + 1)));
  }
  if (!user || !password) return std::nullopt;
  return UserAndPassword{std::move(*user), std::move(*password)};
}

}  // namespace wsconform
