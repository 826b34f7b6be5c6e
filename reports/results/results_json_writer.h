// What results_json writes results with: each struct as an object of its members, in their order.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <iterator>
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

// Lays out as nlohmann's dump(1) does, but holds no tree of the whole.
class ResultsJsonWriter {
 public:
  // The stream outlives it; what becomes of it is the caller's to look at.
  explicit ResultsJsonWriter(std::ostream& out) : out_(out) {}

  // Ends the text with a line feed.
  void finish() {
    put("\n");
    flush();
  }

  void value(std::nullptr_t) { put("null"); }
  void value(bool value) { put(value ? "true" : "false"); }
  void value(std::integral auto value) { fmt::format_to(std::back_inserter(text_), "{}", value); }
  // JSON has no infinity and no NaN.
  void value(double value) { put(nlohmann::json(std::isfinite(value) ? value : 0.0).dump()); }
  void value(std::string_view value) {
    if (std::ranges::all_of(value, needs_no_escape)) {
      put("\"");
      put(value);
      put("\"");
    } else {
      put(nlohmann::json(valid_utf8(value)).dump());
    }
  }
  void value(const std::string& value) { this->value(std::string_view(value)); }
  template <typename Enum>
    requires std::is_enum_v<Enum>
  void value(Enum value) {
    this->value(name_of(value));
  }
  void value(const Cause& cause) { value(key_of(cause)); }
  void value(const std::vector<std::uint8_t>& bytes) {
    put("\"");
    put(to_hex(bytes));
    put("\"");
  }
  void value(Digits<const std::uint64_t> value) {
    fmt::format_to(std::back_inserter(text_), "\"{}\"", value.number);
  }
  template <typename Member>
  void value(const MayLack<Member>& of) {
    value(of.member);
  }
  template <typename Element>
  void value(const std::vector<Element>& values) {
    begin("[");
    for (const Element& each : values) {
      item();
      value(each);
    }
    end("]");
  }
  template <typename Struct>
  void value(const std::optional<Struct>& of) {
    of ? value(*of) : value(nullptr);
  }
  template <typename Struct>
    requires has_members<Struct>
  void value(const Struct& of) {
    begin("{");
    each_member(of, [&](const char* name, const auto& each) { member(name, each); });
    end("}");
  }
  void value(const Results& results) {
    begin("{");
    each_member(results, [&](std::string_view name, const auto& each) {
      if (name == "stop") member("stopped", results.stop ? words(*results.stop) : std::string());
      if (name == "cases") {
        member("summary", Summary{results});
        member("causes", Causes{results});
      }
      member(name, each);
    });
    end("}");
  }

 private:
  struct Summary {
    const Results& of;
  };
  struct Causes {
    const Results& of;
  };

  void value(Summary summary) {
    begin("{");
    member("cases", summary.of.cases.size());
    for (const auto& [verdict, count] : count_verdicts(summary.of.cases))
      member(name_of(verdict), count);
    member("unexpected", count_unexpected(summary.of));
    end("}");
  }
  void value(Causes causes) {
    begin("[");
    for (const CauseGroup& group : causes_of(causes.of)) {
      item();
      value(group, words_for(group, causes.of));
    }
    end("]");
  }
  void value(const CauseGroup& group, const CauseWords& told) {
    begin("{");
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
    end("}");
  }
  void member(std::string_view name, const auto& of) {
    item();
    put("\"");
    put(name);
    put("\": ");
    value(of);
  }
  void begin(std::string_view bracket) {
    put(bracket);
    ++depth_;
    empty_ = true;
  }
  void item() {
    if (!empty_) put(",");
    empty_ = false;
    new_line();
  }
  void end(std::string_view bracket) {
    --depth_;
    if (!empty_) new_line();
    empty_ = false;
    put(bracket);
  }
  void new_line() {
    put("\n");
    put(std::string_view(indent).substr(0, depth_));
  }
  static bool needs_no_escape(char c) { return c >= ' ' && c <= '~' && c != '"' && c != '\\'; }
  void put(std::string_view text) {
    constexpr std::size_t most_held = 64 * 1024;
    if (text_.size() > most_held) flush();
    text_ += text;
  }
  void flush() {
    out_ << text_;
    text_.clear();
  }

  static constexpr char indent[] = "          ";  // deeper than the deepest of Results

  std::ostream& out_;
  std::string text_;  // that did not go out yet
  std::size_t depth_ = 0;
  bool empty_ = true;  // the innermost object or array, so far
};

}  // namespace wsconform
