// What the rows of the table of defects are made of.
#pragma once

#include <concepts>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/close_payload.h"
#include "core/frame.h"
#include "core/handshake.h"
#include "core/violation.h"
#include "server-under-test/defect.h"

namespace wsconform {

using FrameHook = std::function<Frames(Scene&, Frame)>;
using AnswerHook = std::function<void(Scene&, Answer&)>;

// The rows of several tables, in their order.
std::vector<Defect> rows_of(std::initializer_list<std::vector<Defect> (*)()> tables);

// Against a recommendation, or where a server may not look: lenient is all that it deserves.
Defect at_most_lenient(Defect defect);

// Replaces the payload; length and its form follow.
void set_payload(Frame& frame, Bytes payload);
Frame frame_of(Opcode opcode, Bytes payload);
Frame close_frame(std::uint16_t code, std::string_view reason = {});
// The frame in a list: passed on; an empty list: swallowed.
Frames only(Frame frame);
Frames both(Frame first, Frame second);

constexpr bool is_message(Opcode opcode) {
  return opcode == Opcode::text || opcode == Opcode::binary || opcode == Opcode::continuation;
}

// A hook for the frames that `concerns` picks; others pass. `act` is either an edit in place,
// void(Scene&, Frame&), after which an altered payload gets its right length, or
// Frames(Scene&, Frame).
template <typename Act>
FrameHook when(bool (*concerns)(const Frame&), Act act) {
  return [concerns, act](Scene& scene, Frame frame) -> Frames {
    if (!concerns(frame)) return only(std::move(frame));
    if constexpr (std::is_void_v<std::invoke_result_t<Act, Scene&, Frame&>>) {
      const std::size_t size = frame.payload.size();
      act(scene, frame);
      if (frame.payload.size() != size) set_payload(frame, std::move(frame.payload));
      return only(std::move(frame));
    } else {
      return act(scene, std::move(frame));
    }
  };
}

template <typename Act>
FrameHook messages(Act act) {
  return when([](const Frame& frame) { return is_message(frame.header.opcode); }, std::move(act));
}
template <Opcode opcode, typename Act>
FrameHook frames_of(Act act) {
  return when([](const Frame& frame) { return frame.header.opcode == opcode; }, std::move(act));
}
template <typename Act>
FrameHook pongs(Act act) {
  return frames_of<Opcode::pong>(std::move(act));
}
template <typename Act>
FrameHook pings(Act act) {
  return frames_of<Opcode::ping>(std::move(act));
}
template <typename Act>
FrameHook closes(Act act) {
  return frames_of<Opcode::close>(std::move(act));
}
template <typename Act>
FrameHook every_frame(Act act) {
  return when([](const Frame&) { return true; }, std::move(act));
}

// `act` on 101s, or on refusals of the status (0: on all).
AnswerHook on_101(AnswerHook act);
AnswerHook on_refusal(AnswerHook act, int status = 0);
int status_of(const Answer& answer);

// Edits of a head. Names compare without regard to case.
void drop_field(HttpHead& head, std::string_view name);
void set_field(HttpHead& head, std::string_view name, std::string_view value);  // or appends
std::string value_of(const HttpHead& head, std::string_view name);  // "" where there is none
// Of several lines of the name only the first, or the last.
void keep_one(HttpHead& head, std::string_view name, bool first);

// A row about who is let in: the decision is made by what `act` leaves.
Defect judging(std::string id, std::string says, void (*act)(AccessPolicy&, HttpHead&));

// A row of the site's flows: the server sees the request as `act` leaves it.
Defect seeing(std::string id, std::string says, void (*act)(HttpHead&));
// The request is for "/", where a WebSocket is open to all.
void go_to_root(HttpHead& request);

// Options with rules or handshake faults that are not enforced.
std::function<void(ConnectionOptions&)> tolerating(std::initializer_list<Violation> rules);
std::function<void(ConnectionOptions&)> forgiving(std::initializer_list<HandshakeFault> faults);

// An incoming hook that judges a text message by its fragments when it is whole, where the endpoint
// itself does not: a message that `valid` rejects fails the connection with 1007.
FrameHook judging_texts(bool (*valid)(const Frames& fragments));

}  // namespace wsconform
