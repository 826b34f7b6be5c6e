#include "fuzz/live/minimising.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/close_payload.h"

namespace wsconform {
namespace {

using Simplification = bool (*)(SendFrame&);  // false: there was nothing to take away

bool send_once(SendFrame& frame) {
  return std::exchange(frame.times, 1) != 1;
}
bool in_one_frame(SendFrame& frame) {
  const bool parted = !frame.fragments.empty() || frame.fragment_size > 0;
  frame.fragments.clear();
  frame.fragment_size = 0;
  return parted;
}
bool in_two_frames(SendFrame& frame) {
  if (frame.fragments.size() < 2) return false;
  frame.fragments.resize(1);
  return true;
}
bool as_it_is(SendFrame& frame) {
  return std::exchange(frame.deflate, std::nullopt).has_value();
}
bool plainly_deflated(SendFrame& frame) {
  if (!frame.deflate || *frame.deflate == DeflateForm{}) return false;
  frame.deflate = DeflateForm{};
  return true;
}
bool as_last(SendFrame& frame) {
  return !std::exchange(frame.fin, true);
}
bool without_rsv(SendFrame& frame) {
  return std::exchange(frame.rsv, std::uint8_t{0}) != 0;
}
bool in_shortest_form(SendFrame& frame) {
  return std::exchange(frame.length_form, std::nullopt).has_value();
}
bool of_its_length(SendFrame& frame) {
  return std::exchange(frame.declared_length, std::nullopt).has_value();
}
bool freshly_masked(SendFrame& frame) {
  return std::exchange(frame.masking, Masking{}) != Masking{};
}
bool uncut(SendFrame& frame) {
  return std::exchange(frame.cut, Cut{}) != Cut{};
}
// Precondition of a shorter payload: a Close keeps its code.
template <std::uint64_t length>
bool of_length(SendFrame& frame) {
  if (frame.payload.size() <= length) return false;
  if (frame.opcode == Opcode::close) {
    Bytes payload = frame.payload.build();
    if (length < 2 || payload.size() <= 2) return false;
    payload.resize(2);
    frame.payload = Payload(std::move(payload));
    return true;
  }
  frame.payload =
      length == 0 ? Payload{} : Payload({{PayloadPart::Kind::repeated, to_bytes("*"), length}});
  return true;
}
// Its beginning alone, and its end alone: where the bytes themselves matter.
bool first_half(SendFrame& frame) {
  Bytes payload = frame.payload.build();
  if (payload.size() < 4 || payload.size() > 4096 || frame.opcode == Opcode::close) return false;
  payload.resize(payload.size() / 2);
  frame.payload = Payload(std::move(payload));
  return true;
}
bool last_half(SendFrame& frame) {
  const Bytes payload = frame.payload.build();
  if (payload.size() < 4 || payload.size() > 4096 || frame.opcode == Opcode::close) return false;
  frame.payload = Payload(
      Bytes(payload.begin() + static_cast<std::ptrdiff_t>(payload.size() / 2), payload.end()));
  return true;
}

constexpr std::array<Simplification, 18> simplifications = {
    send_once,      in_one_frame,   in_two_frames,    as_it_is,     plainly_deflated, as_last,
    without_rsv,    of_its_length,  in_shortest_form, of_length<0>, of_length<1>,     of_length<2>,
    of_length<125>, of_length<126>, first_half,       last_half,    freshly_masked,   uncut};

void add_without_moves(const LiveSession& session, std::vector<LiveSession>& all) {
  for (std::size_t size = session.moves.size(); size > 0; size /= 2) {
    for (std::size_t at = 0; at + size <= session.moves.size(); at += size) {
      LiveSession made = session;
      const auto first = made.moves.begin() + static_cast<std::ptrdiff_t>(at);
      made.moves.erase(first, first + static_cast<std::ptrdiff_t>(size));
      all.push_back(std::move(made));
    }
  }
}

void add_plainer_opening(const LiveSession& session, std::vector<LiveSession>& all) {
  if (session.demand) return;
  const auto without = [&](auto member) {
    for (std::size_t n = 0; n < (session.handshake.*member).size(); ++n) {
      LiveSession made = session;
      auto& list = made.handshake.*member;
      list.erase(list.begin() + static_cast<std::ptrdiff_t>(n));
      if (!deflates(made)) all.push_back(std::move(made));
    }
  };
  if (session.handshake != SendRequest{}) {
    LiveSession plain = session;
    plain.handshake = {};
    plain.needs.clear();
    plain.agreement = {};
    all.push_back(std::move(plain));
  }
  without(&SendRequest::set);
  without(&SendRequest::drop);
  without(&SendRequest::spell);
  without(&SendRequest::append);
}

void add_plainer_moves(const LiveSession& session, std::vector<LiveSession>& all) {
  for (std::size_t n = 0; n < session.moves.size(); ++n) {
    if (session.moves[n].awaits) {
      LiveSession made = session;
      made.moves[n].awaits = false;
      all.push_back(std::move(made));
    }
    if (!std::holds_alternative<SendFrame>(session.moves[n].act)) continue;
    for (const Simplification simplify : simplifications) {
      LiveSession made = session;
      if (simplify(std::get<SendFrame>(made.moves[n].act))) all.push_back(std::move(made));
    }
  }
}

}  // namespace

std::vector<LiveSession> simpler(const LiveSession& session) {
  std::vector<LiveSession> all;
  add_without_moves(session, all);
  add_plainer_opening(session, all);
  add_plainer_moves(session, all);
  std::ranges::for_each(all, make_writable);
  std::erase(all, session);  // taken back, it is what it was
  return all;
}

LiveSession minimised(LiveSession session, const ShowsStill& shows_still, int most) {
  for (int n = 0; n < most; ++n) {
    std::vector<LiveSession> candidates = simpler(session);
    const std::vector<bool> shows = shows_still(candidates);
    const auto first = std::ranges::find(shows, true);
    if (first == shows.end()) break;
    session = std::move(candidates[static_cast<std::size_t>(first - shows.begin())]);
  }
  return session;
}

std::vector<LiveSession> fewest(std::vector<LiveSession> sessions, const Together& show, int most) {
  for (std::size_t size = (sessions.size() + 1) / 2; size > 0 && sessions.size() > 1;) {
    bool fewer = false;
    for (std::size_t at = 0; at < sessions.size() && sessions.size() > 1 && most > 0;) {
      std::vector<LiveSession> rest = sessions;
      const auto first = rest.begin() + static_cast<std::ptrdiff_t>(at);
      rest.erase(first,
                 rest.begin() + static_cast<std::ptrdiff_t>(std::min(at + size, rest.size())));
      --most;
      if (!rest.empty() && show(rest)) {
        sessions = std::move(rest);
        fewer = true;
      } else {
        at += size;
      }
    }
    if (most <= 0) break;
    if (size == 1 && !fewer) break;
    size = size == 1 ? 1 : (size + 1) / 2;
  }
  return sessions;
}

}  // namespace wsconform
