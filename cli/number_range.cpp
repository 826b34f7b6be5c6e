#include "cli/number_range.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <optional>
#include <string_view>

namespace wsconform {
namespace {

template <typename Number>
std::optional<Number> parsed(std::string_view text) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

CLI::Validator whole_number(std::uint64_t least, std::uint64_t most) {
  const bool bounded = most != std::numeric_limits<std::uint64_t>::max();
  const std::string wanted = bounded ? fmt::format("give a whole number from {} to {}", least, most)
                                     : fmt::format("give a whole number, at least {}", least);
  return {[=](std::string& text) {
            const auto value = parsed<std::uint64_t>(text);
            return value && *value >= least && *value <= most ? "" : wanted + ", not " + text;
          },
          ""};
}

CLI::Validator number(double least, double most, const std::string& unit) {
  const std::string wanted = fmt::format("give a number of {} from {} to {}", unit, least, most);
  return {[=](std::string& text) {
            const auto value = parsed<double>(text);
            const bool fits = value && std::isfinite(*value) && *value >= least && *value <= most;
            return fits ? "" : wanted + ", not " + text;
          },
          ""};
}

}  // namespace wsconform
