#include "proof/transcript.h"

#include <algorithm>
#include <cassert>
#include <span>
#include <utility>

namespace wsconform {
namespace {

class WrittenTarget : public MemoryTarget {
 public:
  WrittenTarget(std::unique_ptr<MemoryTarget> target, std::size_t number, Transcript& transcript)
      : target_(std::move(target)), number_(number), transcript_(transcript) {}

  void receive(std::span<std::uint8_t> bytes) override {
    transcript_.write(number_, Transcript::Received{Bytes(bytes.begin(), bytes.end())});
    target_->receive(bytes);
  }
  void receive_end() override {
    transcript_.write(number_, Transcript::ReceivedEnd{});
    target_->receive_end();
  }
  void tick(Instant now) override {
    transcript_.write(number_, Transcript::Ticked{now});
    target_->tick(now);
  }
  std::optional<Instant> next_deadline() const override {
    const std::optional<Instant> at = target_->next_deadline();
    transcript_.write(number_, Transcript::Deadline{at});
    return at;
  }
  Bytes take_output() override {
    Bytes output = target_->take_output();
    transcript_.write(number_, Transcript::Output{output});
    return output;
  }
  bool wants_close() const override {
    const bool wants = target_->wants_close();
    transcript_.write(number_, Transcript::WantsClose{wants});
    return wants;
  }

 private:
  std::unique_ptr<MemoryTarget> target_;
  std::size_t number_ = 0;
  Transcript& transcript_;
};

// Tells others what one was told; false: they say something else. Each lives until the end, as in a
// run.
class Retelling {
 public:
  explicit Retelling(const Transcript::NewTarget& targets) : new_target_(targets) {}

  bool operator()(const Transcript::Of& line) {
    current_ = line.target;
    return true;
  }
  bool operator()(const Transcript::Made& made) {
    current_ = targets_.size();
    targets_.push_back(new_target_(made.at));
    return true;
  }
  bool operator()(const Transcript::Received& received) {
    Bytes bytes = received.bytes;
    target().receive(bytes);
    return true;
  }
  bool operator()(const Transcript::ReceivedEnd&) {
    target().receive_end();
    return true;
  }
  bool operator()(const Transcript::Ticked& ticked) {
    target().tick(ticked.at);
    return true;
  }
  bool operator()(const Transcript::Deadline& deadline) {
    return target().next_deadline() == deadline.at;
  }
  bool operator()(const Transcript::Output& output) {
    return target().take_output() == output.bytes;
  }
  bool operator()(const Transcript::WantsClose& close) {
    return target().wants_close() == close.wants;
  }

 private:
  MemoryTarget& target() { return *targets_[current_]; }

  const Transcript::NewTarget& new_target_;
  std::vector<std::unique_ptr<MemoryTarget>> targets_;
  std::size_t current_ = 0;
};

struct SizeOf {
  std::size_t operator()(const Transcript::Received& received) const {
    return received.bytes.size();
  }
  std::size_t operator()(const Transcript::Output& output) const { return output.bytes.size(); }
  template <typename Line>
  std::size_t operator()(const Line&) const {
    return 0;
  }
};

}  // namespace

Transcript::NewTarget Transcript::written_for(NewTarget targets, std::size_t most) {
  room_ = most;
  return [this, targets = std::move(targets)](Instant now) {
    of_ = made_++;
    write(Made{now});
    return std::make_unique<WrittenTarget>(targets(now), of_, *this);
  };
}

bool Transcript::is_followed_by(const NewTarget& targets) const {
  assert(whole_);
  Retelling retelling(targets);
  return std::ranges::all_of(lines_, [&](const Line& line) { return std::visit(retelling, line); });
}

void Transcript::write(std::size_t target, Line line) {
  if (std::exchange(of_, target) != target) write(Of{target});
  write(std::move(line));
}

void Transcript::write(Line line) {
  const std::size_t size = sizeof(Line) + std::visit(SizeOf{}, line);
  whole_ = whole_ && size <= room_;
  if (!whole_) {
    lines_ = {};
    return;
  }
  room_ -= size;
  lines_.push_back(std::move(line));
}

}  // namespace wsconform
