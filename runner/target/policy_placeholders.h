// The names that cases may use for what a profile declares of whom its target lets in.
#pragma once

#include <span>
#include <string_view>

namespace wsconform {

// Every NAME of a placeholder {policy.NAME}, those of tickets too.
std::span<const std::string_view> policy_placeholders();
// Whether it stands for something that lets in, or nearly, and is no report's business.
bool is_credential(std::string_view placeholder);
// What stands before it in a request: "Basic " or "=".
std::string_view before_credential(std::string_view placeholder);

}  // namespace wsconform
