#include "runner/input/json_source.h"

#include <algorithm>
#include <cassert>
#include <iterator>

#include "core/ascii.h"
#include "runner/input/input_error.h"
#include "runner/input/text_file.h"

namespace wsconform {
namespace {

struct Position {
  std::size_t line = 1;
  bool after_line_feed = false;
};

// Walks the text for the parser and keeps count of the lines.
class CountingIterator {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  CountingIterator(const char* at, Position* position) : at_(at), position_(position) {}

  const char& operator*() const { return *at_; }
  CountingIterator& operator++() {
    position_->after_line_feed = *at_ == '\n';
    if (position_->after_line_feed) ++position_->line;
    ++at_;
    return *this;
  }
  CountingIterator operator++(int) {
    CountingIterator before = *this;
    ++*this;
    return before;
  }
  bool operator==(const CountingIterator& other) const { return at_ == other.at_; }
  bool operator!=(const CountingIterator& other) const { return at_ != other.at_; }

 private:
  const char* at_ = nullptr;
  Position* position_ = nullptr;
};

std::string without_prefix(std::string_view what) {
  constexpr std::string_view column = ", column ";
  if (const auto at = what.find(column); at != what.npos)
    if (const auto colon = what.find(": ", at); colon != what.npos) what.remove_prefix(colon + 2);
  if (what.starts_with("[json"))
    if (const auto end = what.find("] "); end != what.npos) what.remove_prefix(end + 2);
  constexpr std::size_t enough = 160;
  return "is not JSON: " + std::string(what.substr(0, enough));
}

// Receives the parser's events and builds the values beside their places.
class Builder {
 public:
  using number_integer_t = Json::number_integer_t;
  using number_unsigned_t = Json::number_unsigned_t;
  using number_float_t = Json::number_float_t;
  using string_t = Json::string_t;
  using binary_t = Json::binary_t;

  Builder(Json& value, JsonSource::Place& place, const Position& position)
      : value_(value), place_(place), position_(position) {}

  bool null() { return add(nullptr); }
  bool boolean(bool value) { return add(value); }
  bool number_integer(number_integer_t value) { return add(value); }
  bool number_unsigned(number_unsigned_t value) { return add(value); }
  bool number_float(number_float_t value, const string_t&) { return add(value); }
  bool string(string_t& value) { return add(std::move(value)); }
  bool binary(binary_t&) { return false; }
  bool start_object(std::size_t) { return add(Json::object()) && open(); }
  bool start_array(std::size_t) { return add(Json::array()) && open(); }
  bool end_object() { return close(); }
  bool end_array() { return close(); }

  bool key(string_t& name) {
    if (open_.back().value->contains(name))
      return stop("names the member \"" + name + "\" twice in one object");
    if (open_.back().value->size() == max_json_members)
      return stop("has an object with too many members");
    open_.back().key = std::move(name);
    return true;
  }

  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception& error) {
    return stop(without_prefix(error.what()));
  }

  const std::string& fault() const { return fault_; }
  std::size_t fault_line() const { return fault_line_; }

 private:
  struct Open {
    Json* value = nullptr;
    JsonSource::Place* place = nullptr;
    std::string key;
  };

  // A number is read to the character after it, which may be the line's end.
  std::size_t line() const { return position_.line - (position_.after_line_feed ? 1 : 0); }

  bool stop(std::string fault) {
    fault_ = std::move(fault);
    fault_line_ = line();
    return false;
  }

  bool add(Json value) {
    if (++values_ > max_json_values) return stop("holds too many values");
    latest_ = {&value_, &place_, {}};
    if (!open_.empty()) {
      Open& around = open_.back();
      latest_.place = &around.place->children.emplace_back();
      if (around.value->is_array()) {
        around.value->push_back(nullptr);
        latest_.value = &around.value->back();
      } else {
        latest_.value = &(*around.value)[around.key];
      }
    }
    *latest_.value = std::move(value);
    latest_.place->line = line();
    return true;
  }

  bool open() {
    if (open_.size() == max_json_depth) return stop("is nested too deeply");
    open_.push_back(latest_);
    return true;
  }

  bool close() {
    open_.pop_back();
    return true;
  }

  Json& value_;
  JsonSource::Place& place_;
  const Position& position_;
  std::vector<Open> open_;
  Open latest_;
  std::size_t values_ = 0;
  std::string fault_;
  std::size_t fault_line_ = 0;
};

// Index of the child that one part of a pointer names.
std::optional<std::size_t> child_named(const Json& value, const std::string& part) {
  if (value.is_object()) {
    const auto found = value.find(part);
    if (found == value.end()) return std::nullopt;
    return static_cast<std::size_t>(std::distance(value.begin(), found));
  }
  if (!value.is_array() || part.empty() || part.size() > 9 || !std::ranges::all_of(part, is_digit))
    return std::nullopt;
  const std::size_t index = std::stoul(part);
  return index < value.size() ? std::optional(index) : std::nullopt;
}

std::string unescaped(std::string_view part) {
  std::string text;
  for (std::size_t i = 0; i < part.size(); ++i) {
    if (part[i] != '~' || i + 1 == part.size()) {
      text += part[i];
    } else {
      text += part[++i] == '1' ? '/' : '~';
    }
  }
  return text;
}

}  // namespace

JsonSource JsonSource::parse(std::string path, std::string_view text) {
  if (text.size() > max_json_size) throw InputError(std::move(path), 0, "", "is too large");
  JsonSource source;
  source.path_ = std::move(path);
  Position position;
  Builder builder(source.value_, source.place_, position);
  // NOLINTBEGIN(bugprone-suspicious-stringview-data-usage): the iterators stop at the end.
  const CountingIterator begin(text.data(), &position);
  const CountingIterator end(text.data() + text.size(), &position);
  // NOLINTEND(bugprone-suspicious-stringview-data-usage)
  if (!Json::sax_parse(begin, end, &builder))
    throw InputError(source.path_, builder.fault_line(), "", builder.fault());
  return source;
}

JsonSource JsonSource::read(const std::filesystem::path& path) {
  return parse(path.string(), read_text_file(path, max_json_size));
}

std::size_t JsonSource::line_of(std::string_view pointer) const {
  assert(pointer.empty() || pointer.starts_with('/'));
  const Json* value = &value_;
  const Place* place = &place_;
  while (!pointer.empty()) {
    pointer.remove_prefix(1);
    const auto part = pointer.substr(0, pointer.find('/'));
    pointer.remove_prefix(part.size());
    const auto index = child_named(*value, unescaped(part));
    if (!index) break;
    value = &*std::next(value->begin(), static_cast<std::ptrdiff_t>(*index));
    place = &place->children[*index];
  }
  return place->line;
}

void JsonSource::fail(const std::string& pointer, const std::string& message) const {
  throw InputError(path_, line_of(pointer), pointer, message);
}

std::string pointer_to(std::string_view pointer, std::string_view member) {
  std::string whole(pointer);
  whole += '/';
  for (const char c : member) {
    if (c == '~') {
      whole += "~0";
    } else if (c == '/') {
      whole += "~1";
    } else {
      whole += c;
    }
  }
  return whole;
}

std::string pointer_to(std::string_view pointer, std::size_t index) {
  return std::string(pointer) + "/" + std::to_string(index);
}

}  // namespace wsconform
