#include "server-under-test/site/signed_token.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <ranges>
#include <vector>

#include "core/base64.h"

namespace wsconform {
namespace {

// RFC 4648 §5, without padding.
std::string base64url(std::string_view bytes) {
  std::string text = base64_encode(bytes);
  std::ranges::replace(text, '+', '-');
  std::ranges::replace(text, '/', '_');
  return text.substr(0, text.find('='));
}

// nullopt: not what base64url writes.
std::optional<std::string> from_base64url(std::string_view text) {
  std::string padded(text);
  std::ranges::replace(padded, '-', '+');
  std::ranges::replace(padded, '_', '/');
  padded.append((4 - padded.size() % 4) % 4, '=');
  auto bytes = base64_decode(padded);
  if (!bytes || base64url(*bytes) != text) return std::nullopt;
  return bytes;
}

constexpr char letter_of(TokenKind kind) {
  return kind == TokenKind::session ? 's' : 't';
}

std::optional<TokenKind> kind_of(std::string_view letter) {
  if (letter == "s") return TokenKind::session;
  if (letter == "t") return TokenKind::ticket;
  return std::nullopt;
}

// kind.expires.id.address.user
std::optional<Token> parse(std::string_view text) {
  std::vector<std::string_view> parts;
  for (const auto part : std::views::split(text, '.')) parts.emplace_back(part.begin(), part.end());
  if (parts.size() != 5) return std::nullopt;
  const auto kind = kind_of(parts[0]);
  std::int64_t expires = 0;
  const std::string number(parts[1]);
  const char* const end = number.data() + number.size();
  const auto [stop, failed] = std::from_chars(number.data(), end, expires);
  const auto address = from_base64url(parts[3]);
  const auto user = from_base64url(parts[4]);
  if (!kind || failed != std::errc() || stop != end || !address || !user) return std::nullopt;
  return Token{*kind, *user, *address, std::chrono::sys_seconds(std::chrono::seconds(expires)),
               std::string(parts[2])};
}

void add(TokenFault fault, TokenFaultSet& to) {
  to.set(static_cast<std::size_t>(fault));
}

}  // namespace

std::string_view words_of(TokenFault fault) {
  constexpr std::array<std::string_view, token_fault_count> words = {
      "is missing",
      "was sent more than once",
      "is not one of this server's",
      "is forged",
      "is one of another kind",
      "has expired",
      "was given to another address",
      "serves no more",
      "is of a user who has no password any more"};
  return words.at(static_cast<std::size_t>(fault));
}

std::string Signer::mac_of(std::string_view text) const {
  const std::string part = rules_.signed_part(text);
  std::array<unsigned char, EVP_MAX_MD_SIZE> mac{};
  unsigned size = 0;
  HMAC(EVP_sha256(), key_.data(), static_cast<int>(key_.size()),
       reinterpret_cast<const unsigned char*>(part.data()), part.size(), mac.data(), &size);
  return {reinterpret_cast<const char*>(mac.data()), size};
}

std::string Signer::sign(const Token& token) const {
  std::string text(1, letter_of(token.kind));
  text += '.' + std::to_string(token.expires.time_since_epoch().count()) + '.' + token.id + '.';
  text += base64url(token.address) + '.' + base64url(token.user);
  return text + '.' + base64url(mac_of(text));
}

Signer::Reading Signer::read(std::string_view text, TokenKind kind, std::string_view address,
                             std::chrono::sys_seconds now) const {
  Reading reading;
  const std::size_t dot = text.rfind('.');
  const auto mac = dot == text.npos ? std::nullopt : from_base64url(text.substr(dot + 1));
  if (mac) reading.token = parse(text.substr(0, dot));
  if (!reading.token) {
    add(TokenFault::malformed, reading.faults);
    return reading;
  }
  const Token& token = *reading.token;
  if (!rules_.same(*mac, mac_of(text.substr(0, dot)))) add(TokenFault::forged, reading.faults);
  if (token.kind != kind) add(TokenFault::misplaced, reading.faults);
  if (token.expires <= now) add(TokenFault::expired, reading.faults);
  if (kind == TokenKind::ticket && token.address != address)
    add(TokenFault::elsewhere, reading.faults);
  if (spent_.contains(token.id)) add(TokenFault::used, reading.faults);
  return reading;
}

void Signer::spend(const Token& token, std::chrono::sys_seconds now) {
  std::erase_if(spent_, [&](const auto& each) { return each.second <= now; });
  spent_.insert_or_assign(token.id, token.expires);
}

}  // namespace wsconform
