// A step of a case: something that we do, or something that the target is to do.
#pragma once

#include <concepts>
#include <utility>
#include <variant>

#include "runner/casebook/act.h"
#include "runner/casebook/expectation.h"

namespace wsconform {

using Step = std::variant<Act, Expectation>;

// The act, or the expectation, that a step is; nullptr: it is another.
template <typename Kind>
const Kind* as(const Step& step) {
  if constexpr (std::constructible_from<Act, Kind>) {
    const auto* act = std::get_if<Act>(&step);
    return act == nullptr ? nullptr : std::get_if<Kind>(act);
  } else {
    const auto* expectation = std::get_if<Expectation>(&step);
    return expectation == nullptr ? nullptr : std::get_if<Kind>(expectation);
  }
}

// Calls the visitor with the act, or with the expectation, itself.
template <typename Visitor>
decltype(auto) visit_step(Visitor&& visitor, const Step& step) {
  return std::visit([&](const auto& kind) { return std::visit(visitor, kind); }, step);
}

}  // namespace wsconform
