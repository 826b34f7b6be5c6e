#include "reports/results_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>
#include <ostream>
#include <sstream>
#include <stdexcept>
#include <utility>

#include "reports/results_members.h"
#include "reports/text.h"

namespace wsconform {
namespace {

using Json = nlohmann::ordered_json;

// Writing -----------------------------------------------------------------------------------------

Json written(bool value) {
  return value;
}
Json written(std::integral auto value) {
  return value;
}
Json written(const std::string& value) {
  return valid_utf8(value);
}
Json written(Verdict value) {
  return name_of(value);
}
Json written(AtFault value) {
  return name_of(value);
}
Json written(WireEntry::Direction value) {
  return name_of(value);
}
Json written(WireEntry::Kind value) {
  return name_of(value);
}
Json written(const std::vector<std::uint8_t>& value) {
  return hex_digits(value);
}
Json written(Digits<const std::uint64_t> value) {
  return std::to_string(value.number);
}

// JSON has no infinity and no NaN.
Json written(double value) {
  return std::isfinite(value) ? value : 0.0;
}

template <typename Struct>
  requires has_members<Struct>
Json written(const Struct& value);

template <typename Element>
Json written(const std::vector<Element>& values) {
  Json array = Json::array();
  for (const Element& value : values) array.push_back(written(value));
  return array;
}

template <typename Struct>
  requires has_members<Struct>
Json written(const Struct& value) {
  Json object = Json::object();
  each_member(value, [&](const char* name, const auto& member) { object[name] = written(member); });
  return object;
}

// As dump has it inside of what is `depth` levels deep. A line feed is never part of a JSON string.
void write(std::ostream& out, const Json& json, std::size_t depth) {
  const std::string text = json.dump(1);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t line_end = std::min(text.find('\n', at), text.size() - 1) + 1;
    out << std::string_view(text).substr(at, line_end - at);
    if (text[line_end - 1] == '\n') out << std::string(depth, ' ');
    at = line_end;
  }
}

void write(std::ostream& out, const auto& value, std::size_t depth) {
  write(out, written(value), depth);
}

void write(std::ostream& out, const std::vector<CaseResult>& cases, std::size_t depth) {
  const std::string line = "\n" + std::string(depth + 1, ' ');
  out << '[';
  for (const CaseResult& each : cases) {
    out << (&each == cases.data() ? "" : ",") << line;
    write(out, written(each), depth + 1);
  }
  if (!cases.empty()) out << '\n' << std::string(depth, ' ');
  out << ']';
}

Json summary_of(const Results& results) {
  Json summary{{"cases", results.cases.size()}};
  for (const auto& [verdict, count] : count_verdicts(results.cases))
    summary[name_of(verdict)] = count;
  summary["unexpected"] = count_unexpected(results);
  return summary;
}

// Reading -----------------------------------------------------------------------------------------

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
  out.clear();
  for (auto at = hex.data(); at != hex.data() + hex.size(); at += 2) {
    std::uint8_t byte = 0;
    if (std::from_chars(at, at + 2, byte, 16).ptr != at + 2) place.fail("expected hex digits");
    out.push_back(byte);
  }
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
  each_member(out, [&](const char* name, auto&& member) { read(place.member(name), member); });
}

}  // namespace

void write_json(const Results& results, std::ostream& out) {
  std::string_view before = "{";
  const auto begin_member = [&](std::string_view name) {
    out << std::exchange(before, ",") << "\n \"" << name << "\": ";
  };
  each_member(results, [&](std::string_view name, const auto& member) {
    if (name == "cases") {
      begin_member("summary");
      write(out, summary_of(results), 1);
    }
    begin_member(name);
    write(out, member, 1);
  });
  out << "\n}\n";
}

std::string to_json(const Results& results) {
  std::ostringstream text;
  write_json(results, text);
  return std::move(text).str();
}

std::expected<Results, std::string> results_from_json(std::string_view json) {
  try {
    const Json root = Json::parse(json);
    const Place place{root, ""};
    Results results;
    read(place.member("version"), results.version);
    if (results.version != Results{}.version) {
      place.member("version").fail(
          fmt::format("version {} of the format is not known; this program reads {}",
                      results.version, Results{}.version));
    }
    read(place, results);
    return results;
  } catch (const ReadError& error) {
    return std::unexpected(error.what());
  } catch (const Json::parse_error& error) {
    return std::unexpected(fmt::format("/: not JSON: {}", error.what()));
  }
}

}  // namespace wsconform
