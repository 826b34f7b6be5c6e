// What results_json writes results with: each struct as an object of its members, in their order.
#pragma once

#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "core/bytes.h"
#include "core/visible_text.h"
#include "reports/results/cause_words.h"
#include "reports/results/causes.h"
#include "reports/results/results_members.h"

namespace wsconform {

// Lays out as nlohmann's dump(1) does, which writes the values, but holds no tree of the whole.
class ResultsJsonWriter {
 public:
  // The stream outlives it; what becomes of it is the caller's to look at.
  explicit ResultsJsonWriter(std::ostream& out) : out_(out) {}

  void value(std::nullptr_t value) { out_ << nlohmann::ordered_json(value); }
  void value(bool value) { out_ << nlohmann::ordered_json(value); }
  void value(std::integral auto value) { out_ << nlohmann::ordered_json(value); }
  // JSON has no infinity and no NaN.
  void value(double value) { out_ << nlohmann::ordered_json(std::isfinite(value) ? value : 0.0); }
  void value(const std::string& value) { out_ << nlohmann::ordered_json(valid_utf8(value)); }
  template <typename Enum>
    requires std::is_enum_v<Enum>
  void value(Enum value) {
    out_ << nlohmann::ordered_json(name_of(value));
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
  struct Summary {
    const Results& of;
  };
  struct Causes {
    const Results& of;
  };

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

}  // namespace wsconform
