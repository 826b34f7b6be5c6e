// A JSON text that remembers on which line each of its values stands. What it takes is bounded, so
// that a hostile file costs neither much memory nor much time.
#pragma once

#include <cstddef>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace wsconform {

using Json = nlohmann::ordered_json;  // members keep the order in which they are written

inline constexpr std::size_t max_json_size = 4 * 1024 * 1024;  // bytes
inline constexpr std::size_t max_json_depth = 64;
inline constexpr std::size_t max_json_values = 200'000;
inline constexpr std::size_t max_json_members = 1000;  // of one object

class JsonSource {
 public:
  // Where a value begins; children in the order of the value's own.
  struct Place {
    std::size_t line = 0;
    std::vector<Place> children;
  };

  // `path` is only told in messages. Throws InputError where the text is not JSON, names a member
  // twice in one object or goes past a bound above.
  static JsonSource parse(std::string path, std::string_view text);
  // Reads a file. Throws InputError also where it cannot be read.
  static JsonSource read(const std::filesystem::path& path);

  const std::string& path() const { return path_; }
  const Json& value() const { return value_; }

  // Line of the value at a JSON pointer, or of the nearest value around it that exists.
  std::size_t line_of(std::string_view pointer) const;
  // Throws InputError about the value at a JSON pointer.
  [[noreturn]] void fail(const std::string& pointer, const std::string& message) const;

 private:
  std::string path_;
  Json value_;
  Place place_;
};

// The pointer to a member or an element of the value at `pointer`.
std::string pointer_to(std::string_view pointer, std::string_view member);
std::string pointer_to(std::string_view pointer, std::size_t index);

}  // namespace wsconform
