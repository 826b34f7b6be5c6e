// The variants of one entry of a case file: every combination of its `each` values, put into its
// texts.
#pragma once

#include <cstddef>
#include <functional>
#include <string>

#include "runner/input/json_source.h"
#include "runner/target/target_policy.h"

namespace wsconform {

inline constexpr std::size_t max_variants = 10'000;  // of one entry
// What all variants of a file may take together, in bytes of text and values.
inline constexpr std::size_t max_expansion = 64 * 1024 * 1024;

struct Variant {
  std::string name;  // "text-65536"; "" where there is no `each`
  Json value;        // the entry without `each`
};

// Calls `visit` with every variant of the entry at `pointer`, an object, the last `each` value
// changing fastest. The variant lives as long as that call. `left` is what the expansion may still
// take, in bytes, and is counted down.
//
// {name} stands for a value, or a row's name; {row.member} for a member of a row. A text that is
// one placeholder becomes the value, inside a longer text it is printed. {host} {port} {path}
// {open-path} {key} {n} and {policy.NAME} (runner/target/target_policy.h) stay for the runner;
// {limit.NAME} is a limit that the target declares, or some number where it declares none. Any
// other placeholder throws InputError, as does a value without a name that fits an id. What is put
// in is not looked into again.
void for_each_variant(const JsonSource& source, const std::string& pointer,
                      const DeclaredLimits& limits, std::size_t& left,
                      const std::function<void(const Variant&)>& visit);

// Whether an entry without `each` that holds the text gives a case that holds it: every placeholder
// in it, if any, stays for the runner.
bool stays_when_expanded(std::string_view text);

// Letters, digits and . _ + - after a first letter or digit: what a part of an id is made of.
bool is_slug(std::string_view text);

}  // namespace wsconform
