// A stage whose target is a table: what becomes of each case is written down, and time passes only
// where something waits. For tests.
#pragma once

#include <algorithm>
#include <chrono>
#include <functional>
#include <iterator>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "runner/casebook/case.h"
#include "runner/conversation/ruling.h"
#include "runner/suite/stage.h"
#include "runner/suite/stop_sign.h"

namespace wsconform {

// What becomes of a case that is played, and of the target by it.
struct Fate {
  enum class Then { lives, dies, hangs };

  Verdict verdict = Verdict::pass;
  Then then = Then::lives;
  bool silent = false;                    // nothing came, until the deadline
  bool at_rest = false;                   // and the target had nothing to do
  bool silent_behind_101 = false;         // before it, a 101 had come
  bool ended = false;                     // the target ended TCP
  bool cut_off = false;                   // without a Close
  bool reset = false;                     // by a reset
  bool upgraded = true;                   // a 101 came
  bool unreached = false;                 // no TCP
  std::optional<HandshakeFault> fault{};  // of its 101
  bool time_leaps = false;                // judged by times out of proportion
  double handshake_ms = 2;                // until the 101
  bool gave_up = false;                   // 408, after a minute
  bool begun = false;                     // a response, not whole
};
inline constexpr Fate passes{};
inline constexpr Fate fails{.verdict = Verdict::fail};
inline constexpr Fate kills{.verdict = Verdict::fail, .then = Fate::Then::dies};
inline constexpr Fate hangs_it{.verdict = Verdict::fail, .then = Fate::Then::hangs, .silent = true};
inline constexpr Fate stays_silent{.verdict = Verdict::fail, .silent = true};
inline constexpr Fate passes_by_an_end{.ended = true};
inline constexpr Fate is_torn{
    .verdict = Verdict::fail, .ended = true, .cut_off = true, .reset = true};
inline constexpr Fate is_refused{.verdict = Verdict::error, .upgraded = false, .unreached = true};

class ScriptedStage : public Stage, private OwnProcess {
 public:
  // The table: by the case's id what becomes of it when it is played for the first time, the
  // second, ...; the last goes on. What is not in it passes.
  std::map<std::string, std::vector<Fate>> fates{};
  bool ours = true;                      // the target is a process of ours
  bool starts_again = true;              // that comes up when it is started
  Duration lingers{};                    // once it died, and holds no socket any more
  std::size_t starts_listening = 0;      // so many tries to connect after each start fail
  std::optional<Duration> comes_back{};  // of somebody else's: so long after it died
  std::size_t serves = 1000;  // connections at once; a case beside more of them stays silent
  std::optional<std::string> lets_nobody_in{};  // why, where one logs in
  std::size_t address_count = 1;
  std::size_t reached_at = 0;  // the only address that takes connections
  std::optional<bool> listens_itself = true;
  Duration listens_itself_after{};  // it was started
  bool port_taken = false;
  int held_for = 0;  // so many starts fail, for old connections hold the port; another port is free
  bool port_is_fixed = true;
  int moves = 0;                                 // to another port
  std::function<ProcessUsage(Instant)> usage{};  // absent: cannot be looked at
  TargetProfile target{};
  StopSign stop{};
  std::function<void(const Task&)> on_start{};  // before each case
  std::function<void()> on_revive{};            // before each start

  // What happened.
  std::vector<std::string> played{};  // ids, in the order they began; without the probe's
  std::size_t most_at_once = 0;
  int starts = 0;
  int peaks_forgotten = 0;
  std::vector<TargetProfile> profiles{};  // that orders had in place of ours

  Instant began() const { return {}; }
  void advance(Duration time) { now_ += time; }
  void die() { state_ = Fate::Then::dies, died_ = now_; }

  Played play(Order order) override {
    if (stopped()) return {.not_begun = std::move(order.tasks)};
    if (order.profile) profiles.push_back(*order.profile);
    overlooked_ = order.profile ? order.profile->overlooked : target.overlooked;
    Played result;
    std::vector<Running> running;
    std::size_t next = 0;
    for (;;) {
      while (running.size() < places(order, running)) {
        if (next == order.tasks.size() && order.more) {
          const std::vector<Task> some = order.more();
          if (some.empty()) order.more = nullptr;
          order.tasks.insert(order.tasks.end(), some.begin(), some.end());
        }
        if (next == order.tasks.size()) break;
        running.push_back(begin(order.tasks[next++], order.beside));
      }
      most_at_once = std::max(most_at_once, running.size());
      if (running.empty()) break;
      if (may_be_left(order, running) && next == order.tasks.size()) {
        for (const Running& each : running) result.waiting.push_back(each.task);
        std::ranges::move(std::exchange(running, {}), std::back_inserter(left_));
        break;
      }
      const auto first = std::ranges::min_element(
          running, {}, [this](const Running& each) { return end_of(each); });
      result.finished.push_back(finish(*first, order.awaits_rest));
      running.erase(first);
      if (stopped() || (order.ends && order.ends(result.finished))) break;
    }
    for (const Running& each : running) result.given_up.push_back(each.task);
    result.not_begun.assign(order.tasks.begin() + static_cast<std::ptrdiff_t>(next),
                            order.tasks.end());
    return result;
  }

  Played finish_waiting() override {
    Played result;
    for (const Running& each : std::exchange(left_, {})) {
      if (stopped())
        result.given_up.push_back(each.task);
      else
        result.finished.push_back(finish(each, true));
    }
    return result;
  }

  bool listens() override {
    if (comes_back && state_ == Fate::Then::dies && now_ >= died_ + *comes_back)
      state_ = Fate::Then::lives;
    if (state_ == Fate::Then::dies) return false;
    if (not_yet_ > 0) {
      --not_yet_;
      return false;
    }
    address_ = reached_at;
    return true;
  }
  std::size_t addresses() const override { return address_count; }
  std::size_t address() const override { return address_; }
  void move_to(std::size_t address) override { address_ = address; }
  std::optional<std::string> login_fault() override { return lets_nobody_in; }

  OwnProcess* process() override { return ours ? this : nullptr; }
  bool change_port() override {
    if (port_is_fixed) return false;
    ++moves;
    held_for = 0;
    return true;
  }
  std::optional<ProcessLook> look() override {
    if (!usage || state_ == Fate::Then::dies) return std::nullopt;
    return ProcessLook{100 + starts, usage(now_)};
  }
  void forget_peak() override { ++peaks_forgotten; }

  Instant now() const override { return now_; }
  void wait_until(Instant then) override { now_ = std::max(now_, then); }
  bool stopped() const override { return stop.raised(); }
  const TargetProfile& profile() const override { return target; }
  Pace& pace() override { return pace_; }

 private:
  struct Running {
    Task task;
    Fate fate;
    Instant began;
  };

  void start() override {
    if (on_revive) on_revive();
    ++starts;
    started_ = now_;
    not_yet_ = starts_listening;
    state_ = starts_again && held_for == 0 ? Fate::Then::lives : Fate::Then::dies;
    if (held_for > 0) --held_for;
  }
  bool started() const override { return starts > 0; }
  bool running() override {
    return state_ != Fate::Then::dies || (lingers > Duration::zero() && now_ < died_ + lingers);
  }
  bool exits_within(Duration time) override {
    if (running()) now_ += time;
    return !running();
  }
  std::string last_exit() const override { return "exit code 7"; }
  std::string error_output() const override { return "its last words"; }
  void forget_error_output() override {}
  std::optional<bool> listens() const override {
    if (now_ < started_ + listens_itself_after) return false;
    return listens_itself;
  }
  bool port_is_taken() const override { return port_taken; }
  bool port_is_held() const override { return held_for > 0; }

  Running begin(const Task& task, std::size_t beside) {
    if (on_start) on_start(task);
    const std::string& id = task.to_run->id;
    if (!id.starts_with("probe/")) played.push_back(id);
    Fate fate = next_fate(id);
    if (beside >= serves) fate = stays_silent;
    if (address_ != reached_at || state_ == Fate::Then::dies) fate = is_refused;
    if (fate.then == Fate::Then::hangs) state_ = Fate::Then::hangs;
    return {task, fate, now_};
  }

  Fate next_fate(const std::string& id) {
    const auto row = fates.find(id);
    if (row == fates.end() || row->second.empty()) return passes;
    const std::size_t time = times_[id]++;
    return row->second[std::min(time, row->second.size() - 1)];
  }

  // One that only waits leaves its place to another.
  static std::size_t places(const Order& order, const std::vector<Running>& running) {
    const auto waiting =
        std::ranges::count_if(running, [](const Running& each) { return each.fate.silent; });
    return order.jobs + std::min(static_cast<std::size_t>(waiting), order.waiting);
  }

  Instant end_of(const Running& each) const {
    if (each.fate.unreached || state_ == Fate::Then::dies) return now_;
    const bool silent = each.fate.silent || state_ == Fate::Then::hangs;
    if (!silent) return each.began + std::chrono::milliseconds(1);
    return each.began + from_seconds(in_seconds(pace_.patience()) * each.task.to_run->patience);
  }

  bool may_be_left(const Order& order, const std::vector<Running>& running) const {
    return order.leaves_waiting && usage && state_ == Fate::Then::lives &&
           running.size() <= order.waiting &&
           std::ranges::all_of(running, [](const Running& each) { return each.fate.silent; });
  }

  Finished finish(const Running& each, bool awaits_rest) {
    now_ = std::max(now_, end_of(each));
    Fate fate = each.fate;
    const bool dead_before = state_ == Fate::Then::dies;
    if (fate.then == Fate::Then::dies) die();
    if (state_ == Fate::Then::dies && !fate.unreached)
      fate = {.verdict = Verdict::fail, .ended = true, .cut_off = true};
    if (state_ == Fate::Then::hangs) fate = stays_silent;
    if (!fate.silent && !fate.unreached && !dead_before) pace_.heard(now_);
    Finished ended;
    ended.task = each.task;
    ended.result = begun_result(*each.task.to_run);
    ended.result.repetition = each.task.repetition;
    ended.result.verdict = fate.verdict;
    ended.result.reason = fate.unreached ? "It was not reached." : "As the table has it.";
    ended.result.total_ms = fate.silent ? in_milliseconds(pace_.patience()) : fate.handshake_ms + 1;
    if (fate.gave_up) ended.result.total_ms = 60'000;
    ended.result.handshake_ms = fate.upgraded ? fate.handshake_ms : 0;
    if (fate.unreached) ended.result.at_fault = AtFault::target_unreachable;
    tell_reaction(fate, ended);
    ended.silence_stands = awaits_rest && fate.silent && fate.at_rest;
    ended.at = now_;
    return ended;
  }

  void tell_reaction(const Fate& fate, Finished& ended) const {
    Reaction& reaction = ended.outcome.reaction;
    ended.outcome.timed_out = fate.silent;
    if (fate.gave_up) reaction.status = 408;
    if (fate.silent && fate.silent_behind_101) reaction.status = 101;
    if (fate.time_leaps) ended.outcome.ground = ground::TimeLeaps{};
    reaction.upgraded =
        fate.upgraded && !fate.unreached && (!fate.silent || fate.silent_behind_101);
    reaction.open = reaction.upgraded && fate.verdict == Verdict::pass && !fate.ended;
    if (fate.ended) reaction.end = fate.reset ? StreamEnd::reset : StreamEnd::fin;
    if (fate.ended && !fate.cut_off) reaction.close = SawClose{1000, {}};
    reaction.opening_begun = fate.begun;
    if (fate.begun) reaction.beginning = to_bytes("HTTP/1.1 101");
    if (fate.fault && !overlooked_[static_cast<std::size_t>(*fate.fault)])
      reaction.offence = IllegalOpening{*fate.fault, Role::server};
    if (fate.silent || fate.unreached) return;
    reaction.head =
        parse_head(fate.upgraded ? "HTTP/1.1 101 Switching Protocols\r\nServer: table\r\n\r\n"
                                 : "HTTP/1.1 404 Not Found\r\nServer: table\r\n\r\n");
  }

  Pace pace_{std::chrono::seconds(2)};
  Instant now_{std::chrono::hours(1)};
  Instant died_{};
  Instant started_{};
  Fate::Then state_ = Fate::Then::lives;
  HandshakeFaultSet overlooked_;
  std::size_t not_yet_ = 0;
  std::size_t address_ = 0;
  std::map<std::string, std::size_t> times_;
  std::vector<Running> left_;
};

}  // namespace wsconform
