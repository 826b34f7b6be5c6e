// Cases that are still to be played, by one or by several who take some at a time. Variants of one
// that killed the target are likely to kill it, too: they come behind all others, a few at a time,
// and behind these what a death would only take its silence from. Safe to use from several threads.
#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <limits>
#include <memory>
#include <mutex>
#include <vector>

#include "runner/suite/killers.h"
#include "runner/suite/stage.h"

namespace wsconform {

class TaskPool {
 public:
  static constexpr std::size_t all = std::numeric_limits<std::size_t>::max();

  // So many are given at a time. `changed` is told whenever some come back; empty: nobody.
  explicit TaskPool(const std::vector<Task>& tasks, std::size_t at_a_time = all,
                    std::function<void()> changed = {});

  // Some, in their order; empty: there are no more but variants of killers.
  std::vector<Task> take();
  // A few of one killer, in play as long as this lives.
  struct Variants {
    std::vector<Task> tasks{};
    std::shared_ptr<void> in_play{};
  };
  Variants take_variants();
  bool variants_in_play() const;
  // So many but those.
  std::size_t left() const;
  bool empty() const;

  // They come next, in their order.
  void give_back(const std::vector<Task>& tasks);
  // They come once nothing else is left, or others play variants.
  void put_last(const std::vector<Task>& tasks);
  void add_killer(const Task& killer);
  // Variants of this one do no harm: they are taken as any.
  void acquit(const Task& variant);

 private:
  void put(std::deque<Task>& where, bool in_front, const std::vector<Task>& tasks);
  void set_variants_aside();

  mutable std::mutex mutex_;
  std::size_t at_a_time_ = all;
  std::function<void()> changed_;
  Killers killers_;
  std::deque<Task> tasks_;
  std::deque<Task> variants_;
  std::deque<Task> last_;
  std::shared_ptr<void> in_play_ = std::make_shared<bool>();  // shared with those who play variants
};

}  // namespace wsconform
