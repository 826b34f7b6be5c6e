#include "reports/results/results_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <nlohmann/json.hpp>
#include <optional>
#include <ostream>
#include <sstream>
#include <stdexcept>
#include <utility>

#include "core/bytes.h"
#include "core/visible_text.h"
#include "reports/results/causes.h"
#include "reports/results/results_json_writer.h"
#include "reports/results/results_members.h"

namespace wsconform {
namespace {

using Json = nlohmann::ordered_json;

struct ReadError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct Place {
  const Json& json;
  std::string pointer;

  [[noreturn]] void fail(std::string_view why) const {
    throw ReadError(fmt::format("{}: {}", pointer.empty() ? "/" : pointer, why));
  }

  Place member(const char* name) const {
    if (!json.is_object()) fail("expected an object");
    const auto found = json.find(name);
    if (found == json.end()) fail(fmt::format("the member \"{}\" is missing", name));
    return {*found, fmt::format("{}/{}", pointer, name)};
  }

  bool has(const char* name) const { return json.contains(name); }

  const std::string& text() const {
    if (!json.is_string()) fail("expected a string");
    return json.get_ref<const std::string&>();
  }
};

void read(const Place& place, bool& out) {
  if (!place.json.is_boolean()) place.fail("expected true or false");
  out = place.json.get<bool>();
}

template <std::integral Integer>
void read(const Place& place, Integer& out) {
  if (!place.json.is_number_integer()) place.fail("expected a whole number");
  const bool fits = place.json.is_number_unsigned()
                        ? std::in_range<Integer>(place.json.get<std::uint64_t>())
                        : std::in_range<Integer>(place.json.get<std::int64_t>());
  if (!fits) place.fail("the number is out of range");
  out = place.json.get<Integer>();
}

void read(const Place& place, double& out) {
  if (!place.json.is_number()) place.fail("expected a number");
  out = place.json.get<double>();
}

void read(const Place& place, std::string& out) {
  out = place.text();
}

void read(const Place& place, Cause& out) {
  out = cause_with_key(place.text());
}

template <typename Enum>
  requires std::is_enum_v<Enum>
void read(const Place& place, Enum& out) {
  const std::optional<Enum> value = enumerator_named<Enum>(place.text());
  if (!value) place.fail(fmt::format("unknown name \"{}\"", place.text()));
  out = *value;
}

void read(const Place& place, std::vector<std::uint8_t>& out) {
  const std::string& hex = place.text();
  if (hex.size() % 2 != 0) place.fail("expected two hex digits a byte");
  std::optional<Bytes> bytes = from_hex(hex);
  if (!bytes || 2 * bytes->size() != hex.size()) place.fail("expected hex digits");
  out = std::move(*bytes);
}

void read(const Place& place, Digits<std::uint64_t> out) {
  const std::string& text = place.text();
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, out.number);
  if (error != std::errc{} || stop != end) place.fail("expected decimal digits of a 64-bit number");
}

template <typename Struct>
  requires has_members<Struct>
void read(const Place& place, Struct& out);

template <typename Struct>
void read(const Place& place, std::optional<Struct>& out) {
  out.reset();
  if (!place.json.is_null()) read(place, out.emplace());
}

template <typename Element>
void read(const Place& place, std::vector<Element>& out) {
  if (!place.json.is_array()) place.fail("expected an array");
  out.assign(place.json.size(), Element{});
  for (std::size_t i = 0; i < out.size(); ++i) {
    read(Place{place.json[i], fmt::format("{}/{}", place.pointer, i)}, out[i]);
  }
}

template <typename Struct>
  requires has_members<Struct>
void read(const Place& place, Struct& out) {
  each_member(out, [&]<typename Member>(const char* name, Member&& member) {
    if constexpr (may_lack<std::remove_cvref_t<Member>>) {
      if (place.has(name)) read(place.member(name), member.member);
    } else {
      read(place.member(name), member);
    }
  });
}

// The line of a byte of the text, both counted from 1.
std::size_t line_of(std::string_view text, std::size_t byte) {
  const std::string_view before = text.substr(0, byte == 0 ? 0 : byte - 1);
  return 1 + static_cast<std::size_t>(std::ranges::count(before, '\n'));
}

template <typename Struct>
std::expected<Struct, std::string> read_from(std::string_view json, const auto& read_members) {
  try {
    const Json root = Json::parse(json);
    Struct out;
    read_members(Place{root, ""}, out);
    return out;
  } catch (const ReadError& error) {
    return std::unexpected(visible(error.what()));
  } catch (const Json::parse_error& error) {
    return std::unexpected(fmt::format("line {}: not JSON", line_of(json, error.byte)));
  } catch (const Json::out_of_range&) {  // 1e999
    return std::unexpected("a number is larger than any that is read");
  }
}

}  // namespace

void write_json(const Results& results, std::ostream& out) {
  ResultsJsonWriter writer(out);
  writer.value(results);
  writer.finish();
}

void write_json(const CaseResult& result, std::ostream& out) {
  ResultsJsonWriter writer(out);
  writer.value(result);
  writer.finish();
}

std::string to_json(const Results& results) {
  std::ostringstream text;
  write_json(results, text);
  return std::move(text).str();
}

std::expected<Results, std::string> results_from_json(std::string_view json) {
  return read_from<Results>(json, [](const Place& place, Results& results) {
    read(place.member("version"), results.version);
    if (results.version != Results{}.version) {
      place.member("version").fail(
          fmt::format("version {} of the format is not known; this program reads {}",
                      results.version, Results{}.version));
    }
    read(place, results);
  });
}

std::expected<CaseResult, std::string> case_from_json(std::string_view json) {
  return read_from<CaseResult>(json,
                               [](const Place& place, CaseResult& result) { read(place, result); });
}

}  // namespace wsconform
