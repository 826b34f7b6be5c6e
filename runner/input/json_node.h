// A value of a file while it is read: the JSON and where it stands. The file keeps its schema, so
// each question below is asked of a value of the kind that it is about: anything else is our own
// mistake.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "runner/input/json_source.h"

namespace wsconform {

// What is shared by all that is read from one file.
struct JsonReading {
  const JsonSource& source;
  std::size_t text_left = 64 * 1024 * 1024;  // bytes that texts may still take once built
};

// Lives as long as the value and the reading.
class JsonNode {
 public:
  JsonNode(const Json& value, JsonReading& reading, std::string pointer)
      : value_(&value), reading_(&reading), pointer_(std::move(pointer)) {}

  const Json& value() const { return *value_; }
  JsonReading& reading() const { return *reading_; }
  const std::string& pointer() const { return pointer_; }

  bool has(const char* member) const { return value_->contains(member); }
  // A member that is there.
  JsonNode operator[](const char* member) const;
  std::vector<JsonNode> elements() const;
  // The members of an object, in order.
  std::vector<std::pair<std::string, JsonNode>> members() const;

  bool is(std::string_view text) const;
  std::string text() const;
  // A member that is a text; "" where it is absent.
  std::string text_at(const char* member) const;
  std::vector<std::string> texts_at(const char* member) const;
  bool flag_at(const char* member, bool otherwise) const;
  // Throws InputError where the number is negative.
  std::uint64_t count() const;
  std::uint64_t count_at(const char* member, std::uint64_t otherwise) const;

  // Throws InputError about this value.
  [[noreturn]] void fail(const std::string& message) const {
    reading_->source.fail(pointer_, message);
  }

 private:
  const Json* value_ = nullptr;
  JsonReading* reading_ = nullptr;
  std::string pointer_;
};

}  // namespace wsconform
