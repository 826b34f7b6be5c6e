#include "runner/suite/limit_search.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <bit>
#include <limits>

namespace wsconform {
namespace {

constexpr std::uint64_t growth = 4;
constexpr int most_silences = 2;  // each costs a deadline

// The number strictly between that ends in the most zero bits: the middle, or near it, where
// both ends are round.
std::uint64_t roundest_between(std::uint64_t low, std::uint64_t high) {
  for (int shift = 63; shift > 0; --shift) {
    const std::uint64_t candidate = ((high - 1) >> shift) << shift;
    if (candidate > low) return candidate;
  }
  return high - 1;
}

std::uint64_t roundest_decimal_between(std::uint64_t low, std::uint64_t high) {
  for (std::uint64_t power = 10'000'000'000; power > 1; power /= 10) {
    const std::uint64_t candidate = (high - 1) / power * power;
    if (candidate > low) return candidate;
  }
  return roundest_between(low, high);
}

bool is_round(std::uint64_t size) {
  std::uint64_t digits = size;
  while (digits >= 10 && digits % 10 == 0) digits /= 10;
  return std::has_single_bit(size) || (size >= 100 && digits < 10);
}

}  // namespace

LimitSearch::LimitSearch(SearchRange range) : range_(range) {
  range_.most = std::max(range_.least, range_.most);
  next_ = range_.least;
}

void LimitSearch::learn(const SizeOutcome& outcome) {
  if (!next_) return;
  const std::uint64_t size = *next_;
  spent_ += size;
  switch (outcome.kind) {
    case SizeOutcome::Kind::taken:
      return took(size);
    case SizeOutcome::Kind::silent:
      ++silences_;
      [[fallthrough]];
    case SizeOutcome::Kind::refused:
      return refuse(size, outcome.answer);
    case SizeOutcome::Kind::died:
      found_.died = true;
      found_.refused = size;
      found_.answers = {outcome.answer};
      next_.reset();
      return;
    case SizeOutcome::Kind::unclear:
      return stop(outcome.answer);
  }
}

void LimitSearch::stop(const std::string& why) {
  if (!next_) return;
  found_.stopped = why;
  next_.reset();
}

void LimitSearch::took(std::uint64_t size) {
  if (phase_ == Phase::confirming_refused) return unsharp();
  found_.taken = size;
  advance();
}

void LimitSearch::refuse(std::uint64_t size, const std::string& answer) {
  std::erase(found_.answers, answer);
  found_.answers.insert(found_.answers.begin(), answer);
  if (phase_ == Phase::confirming_taken) return unsharp();
  found_.refused = size;
  if (!found_.taken) {  // not even the least
    next_.reset();
    return;
  }
  advance();
}

void LimitSearch::advance() {
  if (phase_ == Phase::confirming_taken) {
    phase_ = Phase::confirming_refused;
    return propose(*found_.refused);
  }
  if (phase_ == Phase::confirming_refused) return next_.reset();
  if (found_.refused) {
    phase_ = Phase::narrowing;
    return narrow();
  }
  if (*found_.taken == range_.most) return next_.reset();
  propose(*found_.taken > range_.most / growth ? range_.most : *found_.taken * growth);
}

void LimitSearch::narrow() {
  const std::uint64_t low = *found_.taken;
  const std::uint64_t high = *found_.refused;
  if (low + 1 == high) return confirm();
  if (silences_ >= most_silences)
    return stop("each try beyond the limit is met by silence, and costs a deadline");
  if (neighbour_of_ != low && is_round(low)) {
    neighbour_of_ = low;
    return propose(low + 1);
  }
  if (neighbour_of_ != high && is_round(high)) {
    neighbour_of_ = high;
    return propose(high - 1);
  }
  const bool between_powers = std::bit_floor(low) == std::bit_floor(high - 1);
  if (between_powers && !decimal_tried_) {
    decimal_tried_ = true;
    return propose(roundest_decimal_between(low, high));
  }
  propose(roundest_between(low, high));
}

void LimitSearch::confirm() {
  if (silences_ >= most_silences || spent_ + 2 * *found_.refused > range_.budget) {
    next_.reset();
    return;
  }
  phase_ = Phase::confirming_taken;
  propose(*found_.taken);
}

void LimitSearch::propose(std::uint64_t size) {
  next_ = size;
  if (phase_ == Phase::narrowing && spent_ + size > range_.budget)
    stop("a closer search would cost more data than it is given");
}

void LimitSearch::unsharp() {
  found_.sharp = false;
  next_.reset();
}

std::string words(const LimitFound& found, const std::string& unit) {
  std::string text;
  const std::uint64_t taken = found.taken.value_or(0);
  if (!found.taken) {
    text = found.refused ? fmt::format("none found: even {} {}", *found.refused, unit)
                         : std::string("not found");
  } else if (!found.refused) {
    text = fmt::format("at least {} {}", taken, unit);
    if (found.stopped.empty()) text += ": no limit was met";
  } else if (!found.sharp) {
    text = fmt::format("about {} {}; it varies from try to try", taken, unit);
  } else if (!found.exact()) {
    text = fmt::format("between {} and {} {}", taken, *found.refused - 1, unit);
  } else {
    text = fmt::format("{} {}", taken, unit);
  }
  if (found.died) text += fmt::format("; the target died of {}", *found.refused);
  const std::string_view before = found.died ? ":" : found.taken ? "; beyond:" : " get:";
  if (!found.answers.empty())
    text += fmt::format("{} {}", before, fmt::join(found.answers, ", or "));
  if (!found.stopped.empty()) text += "; the search ended early: " + found.stopped;
  return text;
}

}  // namespace wsconform
