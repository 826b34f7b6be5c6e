// The names that cases may use for what a profile declares of whom its target lets in.
#pragma once

#include <span>
#include <string_view>

namespace wsconform {

// Every NAME of a placeholder {policy.NAME}, those of tickets too.
std::span<const std::string_view> policy_placeholders();

}  // namespace wsconform
