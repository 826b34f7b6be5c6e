#include "runner/target/secrets.h"

#include <algorithm>
#include <array>
#include <optional>
#include <ranges>
#include <utility>

#include "core/ascii.h"
#include "core/base64.h"
#include "core/phrase.h"

namespace wsconform {
namespace {

constexpr auto harmless_fields = std::to_array<std::string_view>(
    {"origin", "host", "user-agent", "accept", "accept-encoding", "accept-language",
     "cache-control", "pragma", "connection", "upgrade", "sec-websocket-version",
     "sec-websocket-extensions", "x-forwarded-proto", "x-forwarded-host"});

constexpr auto secret_words =
    std::to_array<std::string_view>({"token", "ticket", "key", "auth", "pass", "pwd", "secret",
                                     "sig", "sess", "sid", "jwt", "cred"});

bool is_harmless(std::string_view field) {
  return std::ranges::find(harmless_fields, in_lower_case(field)) != harmless_fields.end();
}

bool lets_in(std::string_view parameter) {
  const std::string name = in_lower_case(parameter);
  return std::ranges::any_of(secret_words,
                             [&](std::string_view word) { return name.contains(word); });
}

bool has_scheme(std::string_view field) {
  return equals_ignoring_case(field, "Authorization") ||
         equals_ignoring_case(field, "Proxy-Authorization");
}

struct Pair {
  std::string_view name;
  std::string_view value;
};

std::optional<Pair> pair_of(std::string_view text) {
  const std::size_t equals = text.find('=');
  if (equals == text.npos) return std::nullopt;
  return Pair{trim(text.substr(0, equals)), trim(text.substr(equals + 1))};
}

// The pairs of "a=b&c=d" behind the '?' of a target.
std::vector<Pair> parameters_of(std::string_view target) {
  std::vector<Pair> pairs;
  const std::size_t query = target.find('?');
  if (query == target.npos) return pairs;
  for (const auto part : target.substr(query + 1) | std::views::split('&'))
    if (const auto pair = pair_of(std::string_view(part))) pairs.push_back(*pair);
  return pairs;
}

// As `quoted` shows it, without the quotes.
std::string as_quoted(std::string_view value) {
  const std::string text = quoted(bytes_of(value), value.size());
  return text.substr(1, text.size() - 2);
}

// How many bytes at the end of `text` are the beginning of `value`, and enough to tell.
std::size_t cut_off(std::string_view text, std::string_view value) {
  constexpr std::size_t telling = 4;
  for (std::size_t size = std::min(text.size(), value.size() - 1); size >= telling; --size)
    if (text.ends_with(value.substr(0, size))) return size;
  return 0;
}

// `end`: where the text may be cut off.
void blot(std::span<char> text, std::size_t end, std::string_view before, std::string_view value) {
  const std::string_view whole(text.data(), text.size());
  const std::string pattern = std::string(before).append(value);
  for (std::size_t at = whole.find(pattern); at != whole.npos;
       at = whole.find(pattern, at + pattern.size()))
    std::ranges::fill(text.subspan(at + before.size(), value.size()), '*');
  if (value.size() < Secrets::long_enough || end == whole.npos) return;
  const std::size_t size = cut_off(whole.substr(0, end), value);
  std::ranges::fill(text.subspan(end - size, size), '*');
}

}  // namespace

void Secrets::add(std::string_view value, std::string_view before) {
  if (value.empty() || most_ == 0) return;
  add_text(value, before);
  if (const std::string shown = as_quoted(value); shown != value) add_text(shown, before);
}

void Secrets::add_text(std::string_view value, std::string_view before) {
  if (value.size() >= long_enough) before = {};
  const auto is_it = [&](const Secret& each) {
    return each.value == value && each.before == before;
  };
  if (const auto found = std::ranges::find_if(known_, is_it); found != known_.end()) {
    found->number = ++added_;
    return;
  }
  if (known_.size() == most_) known_.erase(std::ranges::min_element(known_, {}, &Secret::number));
  const auto place = std::ranges::find_if(
      known_, [&](const Secret& each) { return each.value.size() < value.size(); });
  known_.insert(place, {std::string(before), std::string(value), ++added_});
}

void Secrets::add_field(const FieldLine& field) {
  if (is_harmless(field.name)) return;
  if (equals_ignoring_case(field.name, "Cookie")) {
    for (const auto part : std::string_view(field.value) | std::views::split(';'))
      if (const auto pair = pair_of(std::string_view(part)))
        add(pair->value, std::string(pair->name) + '=');
    return;
  }
  std::string_view value = field.value;
  if (const std::size_t space = value.find(' '); has_scheme(field.name) && space != value.npos) {
    const std::string_view scheme = value.substr(0, space);
    value = trim(value.substr(space));
    if (equals_ignoring_case(scheme, "Basic"))
      if (const auto plain = base64_decode(value)) add(*plain, ": ");
  }
  const std::size_t before = field.raw.size() - std::min(field.raw.size(), value.size());
  add(value, std::string_view(field.raw).substr(0, before));
}

void Secrets::add_set_cookie(std::string_view value) {
  if (const auto pair = pair_of(value.substr(0, value.find(';'))))
    add(pair->value, std::string(pair->name) + '=');
}

void Secrets::add_query(std::string_view target) {
  for (const Pair& each : parameters_of(target))
    if (lets_in(each.name)) add(each.value, std::string(each.name) + '=');
}

void Secrets::hide(std::string& text) const {
  constexpr std::string_view cut_mark = "\" ...";  // of `quoted`
  for (const Secret& each : known_) blot(text, text.find(cut_mark), each.before, each.value);
}

void Secrets::hide(std::span<std::uint8_t> bytes) const {
  for (const Secret& each : known_)
    blot({reinterpret_cast<char*>(bytes.data()), bytes.size()}, bytes.size(), each.before,
         each.value);
}

std::string shown_field(const FieldLine& field) {
  if (is_harmless(field.name)) return field.raw;
  return field.name + ": " + std::string(hidden_value);
}

std::string shown_url(std::string_view url) {
  std::string shown(url.substr(0, url.find('?')));
  char separator = '?';
  if (shown.size() == url.size()) return shown;
  for (const auto part : url.substr(shown.size() + 1) | std::views::split('&')) {
    const std::string_view text(part);
    const auto pair = pair_of(text);
    shown += std::exchange(separator, '&');
    shown += pair && lets_in(pair->name)
                 ? std::string(text.substr(0, text.find('='))) + '=' + std::string(hidden_value)
                 : std::string(text);
  }
  return shown;
}

}  // namespace wsconform
