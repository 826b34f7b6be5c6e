#include "reports/results/results_json.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <cstddef>
#include <nlohmann/json.hpp>
#include <optional>
#include <ostream>
#include <sstream>
#include <stdexcept>
#include <utility>

#include "core/bytes.h"
#include "core/visible_text.h"
#include "reports/results/cause_words.h"
#include "reports/results/causes.h"
#include "reports/results/results_members.h"

namespace wsconform {
namespace {

using Json = nlohmann::ordered_json;

// Writing -----------------------------------------------------------------------------------------

struct Summary {
  const Results& of;
};
struct Causes {
  const Results& of;
};

// Lays out as nlohmann's dump(1) does, which writes the values, but holds no tree of the whole.
class Writer {
 public:
  explicit Writer(std::ostream& out) : out_(out) {}

  void value(std::nullptr_t value) { out_ << Json(value); }
  void value(bool value) { out_ << Json(value); }
  void value(std::integral auto value) { out_ << Json(value); }
  // JSON has no infinity and no NaN.
  void value(double value) { out_ << Json(std::isfinite(value) ? value : 0.0); }
  void value(const std::string& value) { out_ << Json(valid_utf8(value)); }
  template <typename Enum>
    requires std::is_enum_v<Enum>
  void value(Enum value) {
    out_ << Json(name_of(value));
  }
  void value(const Cause& cause) { value(key_of(cause)); }
  void value(const std::vector<std::uint8_t>& bytes) { out_ << '"' << to_hex(bytes) << '"'; }
  void value(Digits<const std::uint64_t> value) { out_ << '"' << value.number << '"'; }
  template <typename Member>
  void value(const MayLack<Member>& of) {
    value(of.member);
  }
  template <typename Element>
  void value(const std::vector<Element>& values) {
    begin('[');
    for (const Element& each : values) {
      item();
      value(each);
    }
    end(']');
  }
  template <typename Struct>
  void value(const std::optional<Struct>& of) {
    of ? value(*of) : value(nullptr);
  }
  template <typename Struct>
    requires has_members<Struct>
  void value(const Struct& of) {
    begin('{');
    each_member(of, [&](const char* name, const auto& each) { member(name, each); });
    end('}');
  }
  void value(const Results& results) {
    begin('{');
    each_member(results, [&](std::string_view name, const auto& each) {
      if (name == "stop") member("stopped", results.stop ? words(*results.stop) : std::string());
      if (name == "cases") {
        member("summary", Summary{results});
        member("causes", Causes{results});
      }
      member(name, each);
    });
    end('}');
  }

 private:
  void value(Summary summary) {
    begin('{');
    member("cases", summary.of.cases.size());
    for (const auto& [verdict, count] : count_verdicts(summary.of.cases))
      member(name_of(verdict), count);
    member("unexpected", count_unexpected(summary.of));
    end('}');
  }
  void value(Causes causes) {
    begin('[');
    for (const CauseGroup& group : causes_of(causes.of)) {
      item();
      value(group, words_for(group, causes.of));
    }
    end(']');
  }
  void value(const CauseGroup& group, const CauseWords& told) {
    begin('{');
    member("key", group.cause);
    member("weight", group.weight);
    member("title", told.title);
    member("rule", told.rule);
    member("section", told.section);
    member("url", told.url);
    member("why", told.why);
    member("change", told.change);
    member("fail", group.fails);
    member("lenient", group.lenient);
    member("error", group.errors);
    member("unexpected", group.unexpected);
    member("simplest", group.simplest->id);
    end('}');
  }
  void member(std::string_view name, const auto& of) {
    item();
    out_ << '"' << name << "\": ";
    value(of);
  }
  void begin(char bracket) {
    out_ << bracket;
    ++depth_;
    empty_ = true;
  }
  void item() {
    if (!empty_) out_ << ',';
    empty_ = false;
    new_line();
  }
  void end(char bracket) {
    --depth_;
    if (!empty_) new_line();
    empty_ = false;
    out_ << bracket;
  }
  void new_line() { out_ << '\n' << std::string_view(indent).substr(0, depth_); }

  static constexpr char indent[] = "          ";  // deeper than the deepest of Results

  std::ostream& out_;
  std::size_t depth_ = 0;
  bool empty_ = true;  // the innermost object or array, so far
};

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

}  // namespace

void write_json(const Results& results, std::ostream& out) {
  Writer(out).value(results);
  out << '\n';
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
    return std::unexpected(visible(error.what()));
  } catch (const Json::parse_error& error) {
    return std::unexpected(visible(fmt::format("/: not JSON: {}", error.what())));
  }
}

}  // namespace wsconform
