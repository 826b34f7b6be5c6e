#include "fuzz/live/live_session.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <ranges>
#include <utility>

#include "core/permessage_deflate.h"
#include "reports/results/case_result.h"
#include "runner/casebook/case.h"

namespace wsconform {
namespace {

// Parts a case into its connections.
class Parting {
 public:
  explicit Parting(const Case& made) : made_(made) { begin(made.opens); }

  void operator()(const SendRequest& request) {
    if (opened_) return give_up();  // a second request is not what a session has
    opened_ = true;
    session_.handshake = request;
  }
  void operator()(const Reconnect& next) {
    end();
    begin(next.handshake);
    first_ = false;
    if (next.plain) give_up();
  }
  void operator()(const TurnTo&) { in_turn_ = true; }
  void operator()(const ExpectProportion&) { give_up(); }
  void operator()(const ExpectFrame&) { awaits_ = true; }
  void operator()(const ExpectEnding& answer) { expect(answer, true); }
  void operator()(const ExpectResponse& answer) { expect(answer, true); }
  void operator()(const ExpectRefusal& answer) { expect(answer, true); }
  void operator()(const SendFrame& frame) {
    size_ += frame.payload.size() * frame.times;
    in_turn_ = in_turn_ || !frame.heard_by.empty();
    move(frame);
  }
  void operator()(const SendBytes& bytes) {
    size_ += bytes.payload.size();
    move(bytes);
  }
  void operator()(const auto& end) { move(end); }

  std::vector<LiveSession> sessions() {
    end();
    return in_turn_ || size_ > max_seed_size ? std::vector<LiveSession>{} : std::move(sessions_);
  }

 private:
  void begin(bool implied) {
    session_ = {};
    session_.needs = made_.needs;
    session_.agreement = made_.agreement;
    if (implied) session_.handshake = made_.handshake;
    opened_ = implied;
    fits_ = true;
    awaits_ = false;
  }
  void end() {
    if (opened_ && fits_) sessions_.push_back(std::exchange(session_, {}));
  }
  void give_up() { fits_ = false; }
  void move(Act act) {
    if (!opened_) return give_up();
    session_.moves.push_back({std::move(act), std::exchange(awaits_, false)});
  }
  // Of the answer to a request that a step sends, where nothing stands between; else
  // the oracle knows. What a later connection demands may follow from those before it: a cookie
  // that was logged out, a ticket that was used.
  void expect(Expectation answer, bool due) {
    const bool about_opening =
        opened_ && !made_.opens && session_.moves.empty() && !session_.demand;
    if (about_opening && !first_)
      give_up();
    else if (about_opening)
      session_.demand = Demand{std::move(answer), made_.level, made_.because, made_.requirements};
    else
      awaits_ = due;
  }

  const Case& made_;
  std::vector<LiveSession> sessions_;
  LiveSession session_;
  std::uint64_t size_ = 0;
  bool opened_ = false;
  bool first_ = true;
  bool fits_ = true;
  bool awaits_ = false;
  bool in_turn_ = false;  // its connections hear each other, and none of them is a case alone
};

}  // namespace

bool deflates(const LiveSession& session) {
  return std::ranges::find(session.needs, permessage_deflate) != session.needs.end();
}

void offer_deflate(LiveSession& session) {
  session.handshake.set.push_back(
      {"Sec-WebSocket-Extensions", {"permessage-deflate; client_max_window_bits"}});
  session.needs.emplace_back(permessage_deflate);
}

void make_writable(LiveSession& session) {
  for (Move& move : session.moves) {
    auto* frame = std::get_if<SendFrame>(&move.act);
    if (frame == nullptr) continue;
    if (frame->opcode != Opcode::text && frame->opcode != Opcode::binary) frame->deflate.reset();
    std::uint64_t left = frame->payload.size();
    const auto beyond = std::ranges::find_if(frame->fragments, [&left](std::uint64_t size) {
      if (size > left) return true;
      left -= size;
      return false;
    });
    frame->fragments.erase(beyond, frame->fragments.end());
  }
}

std::vector<LiveSession> sessions_of(const Case& made) {
  Parting parting(made);
  for (const Step& step : made.steps) visit_step(parting, step);
  return parting.sessions();
}

Seeds seeds_of(const std::vector<Case>& cases) {
  std::map<std::string, std::vector<LiveSession>, std::less<>> attacks;
  std::map<std::string, std::vector<LiveSession>, std::less<>> others;
  for (const Case& each : cases) {
    const bool suits = std::ranges::find(each.sides, Role::server) != each.sides.end();
    if (!suits || each.full_only || each.patience > 1) continue;
    auto& entries = each.section.starts_with("security/") ? attacks : others;
    std::ranges::move(
        sessions_of(each),
        std::back_inserter(entries[std::string(without_variant(each.id, each.section))]));
  }
  Seeds seeds;
  std::ranges::move(std::views::values(attacks), std::back_inserter(seeds.attacks));
  std::ranges::move(std::views::values(others), std::back_inserter(seeds.others));
  return seeds;
}

}  // namespace wsconform
