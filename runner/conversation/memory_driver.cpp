#include "runner/conversation/memory_driver.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace wsconform {
namespace {

// One direction's bytes handed over in pieces.
class Cutter {
 public:
  Cutter(std::size_t at, std::size_t chunk) : at_(at), chunk_(chunk) {}

  template <typename Deliver>
  void pass(std::span<std::uint8_t> bytes, const Deliver& deliver) {
    while (!bytes.empty()) {
      std::size_t size = bytes.size();
      if (chunk_ > 0) size = std::min(size, chunk_);
      if (at_ > position_) size = std::min(size, at_ - position_);
      position_ += size;
      deliver(bytes.first(size));
      bytes = bytes.subspan(size);
    }
  }
  std::size_t position() const { return position_; }

 private:
  std::size_t at_ = 0;
  std::size_t chunk_ = 0;
  std::size_t position_ = 0;
};

struct MemoryConnection {
  MemoryConnection(std::unique_ptr<MemoryTarget> endpoint, const StreamCuts& cuts)
      : target(std::move(endpoint)),
        to(cuts.to_target_at, cuts.chunk),
        from(cuts.from_target_at, cuts.chunk) {}

  std::unique_ptr<MemoryTarget> target;
  Cutter to;
  Cutter from;
  Bytes unheard;          // came from the target while another connection was asked for
  bool told_end = false;  // the conversation knows that the target ended TCP
};

class MemoryDriver {
 public:
  using NewTarget = std::function<std::unique_ptr<MemoryTarget>(Instant)>;
  MemoryDriver(Conversation conversation, const NewTarget& new_target, Instant now,
               const StreamCuts& cuts)
      : conversation_(std::move(conversation)), new_target_(new_target), now_(now), cuts_(cuts) {
    open();
  }

  MemoryRun run() {
    while (!conversation_.finished()) {
      if (!act() && !hear()) pass_time();
    }
    Outcome outcome = conversation_.outcome();
    return {conversation_.take_result(), std::move(outcome), connections_.front().to.position(),
            connections_.front().from.position()};
  }

 private:
  void open() {
    current_ = connections_.size();
    connections_.emplace_back(new_target_(now_), cuts_);
    conversation_.connected(now_);
  }
  MemoryConnection& line() { return connections_[current_]; }

  bool act() {
    std::vector<Action> actions = conversation_.take_actions();
    for (Action& action : actions) std::visit([this](auto& each) { carry_out(each); }, action);
    return !actions.empty();
  }
  void carry_out(Write& write) {
    line().to.pass(write.bytes, [&](std::span<std::uint8_t> piece) {
      if (!line().target->wants_close()) line().target->receive(piece);
    });
    conversation_.written(now_);
  }
  void carry_out(const OpenConnection& another) { open_another(another.ends_earlier); }
  void carry_out(const AwaitConnection& another) { open_another(another.ends_earlier); }
  void carry_out(const TakeUp& earlier) {
    current_ = earlier.number;
    conversation_.taken_up(now_);
    Bytes bytes = std::exchange(line().unheard, {});
    hand_over(line(), bytes);
  }
  void carry_out(const EndSending&) { line().target->receive_end(); }
  void carry_out(const AbortConnection&) { line().target->receive_end(); }
  void open_another(bool ends_earlier) {
    if (ends_earlier) line().target->receive_end();
    open();
  }

  bool hear() {
    MemoryConnection& current = line();
    Bytes output = current.target->take_output();
    current.from.pass(output, [&](std::span<std::uint8_t> piece) { hand_over(current, piece); });
    if (current.target->wants_close() && !current.told_end) {
      current.told_end = conversation_.receive_end(StreamEnd::fin, now_);
      return true;
    }
    return !output.empty();
  }

  // What is not taken in waits until the connection is taken up again.
  void hand_over(MemoryConnection& from, ByteView bytes) {
    const std::size_t taken = conversation_.receive(bytes, now_);
    append(from.unheard, bytes.subspan(taken));
  }

  void pass_time() {
    Instant next = conversation_.next_deadline().value_or(now_);
    if (const auto theirs = line().target->next_deadline()) next = std::min(next, *theirs);
    now_ = std::max(next, now_ + std::chrono::milliseconds(1));
    line().target->tick(now_);
    conversation_.tick(now_);
  }

  Conversation conversation_;
  const NewTarget& new_target_;
  Instant now_;
  StreamCuts cuts_;
  std::vector<MemoryConnection> connections_;
  std::size_t current_ = 0;
};

}  // namespace

MemoryRun run_in_memory(Conversation conversation,
                        const std::function<std::unique_ptr<MemoryTarget>(Instant)>& new_target,
                        Instant now, const StreamCuts& cuts) {
  return MemoryDriver(std::move(conversation), new_target, now, cuts).run();
}

}  // namespace wsconform
