// Numbers on the command line, with a range that a person understands.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <limits>
#include <string>

namespace wsconform {

// For CLI::Option::check. What is no whole number in decimal digits, or out of the range, is told
// so: "give a whole number from 1 to 1000".
CLI::Validator whole_number(std::uint64_t least,
                            std::uint64_t most = std::numeric_limits<std::uint64_t>::max());

// Likewise with a decimal point: "give a number of seconds from 0.1 to 60". No infinity, and
// nothing that is not a number.
CLI::Validator number(double least, double most, const std::string& unit);

}  // namespace wsconform
