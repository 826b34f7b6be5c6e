// The search for the largest size that a target takes, as a machine without target: the next size
// to try goes out, what became of it comes in. Sizes grow fourfold from the least until one is not
// taken; then the gap is halved. Whole powers of two, round decimal numbers and their neighbours
// are tried early, for limits like to stand there. At the end both sides of the limit are tried
// once more: an answer that differs means that the limit is not sharp.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace wsconform {

struct SearchRange {
  std::uint64_t least = 1;  // tried first
  std::uint64_t most = 1;   // nothing beyond is tried
  std::uint64_t budget =
      0;  // of all sizes tried, summed; spent before, the limit stays between two bounds
};

// What became of one size.
struct SizeOutcome {
  enum class Kind { taken, refused, silent, died, unclear };
  Kind kind = Kind::taken;
  std::string answer;  // unless taken: how the target answered, in words
};

struct LimitFound {
  std::optional<std::uint64_t> taken;    // the largest that was taken
  std::optional<std::uint64_t> refused;  // the smallest that was not
  std::vector<std::string> answers;      // to those refused, each once, the smallest size's first
  bool sharp = true;                     // both sides of the limit answered the same twice
  bool died = false;                     // of the size `refused`
  std::string stopped;                   // why the search ended early, or ""

  bool exact() const { return sharp && taken && refused && *taken + 1 == *refused; }
};

// "1048576 bytes; beyond: Close 1009, then the end of TCP", "at least 4194304 bytes: no limit was
// met".
std::string words(const LimitFound& found, const std::string& unit);

class LimitSearch {
 public:
  explicit LimitSearch(SearchRange range);

  // The size to be tried; nullopt once the search is over. The same until learn.
  std::optional<std::uint64_t> next() const { return next_; }
  void learn(const SizeOutcome& outcome);
  // Ends the search with what it has.
  void stop(const std::string& why);
  const LimitFound& found() const { return found_; }

 private:
  enum class Phase { growing, narrowing, confirming_taken, confirming_refused };

  void took(std::uint64_t size);
  void refuse(std::uint64_t size, const std::string& answer);
  void advance();
  void narrow();
  void confirm();
  void propose(std::uint64_t size);
  void unsharp();

  SearchRange range_;
  Phase phase_ = Phase::growing;
  std::optional<std::uint64_t> next_;
  LimitFound found_;
  std::uint64_t spent_ = 0;
  std::uint64_t neighbour_of_ = 0;  // the round number whose neighbour was proposed last
  int silences_ = 0;
  bool decimal_tried_ = false;
};

}  // namespace wsconform
