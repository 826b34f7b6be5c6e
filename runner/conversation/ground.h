// Why a verdict is what it is, as a value. Its sentence is made from it, and from the Reaction that
// was judged, in verdict_words.h and nowhere else; whoever decides by a ground asks for its kind.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "core/instant.h"
#include "runner/casebook/expectation.h"
#include "runner/conversation/offence.h"

namespace wsconform {
namespace ground {

// Each kind of ground has a name that never changes. What the reaction says already, a status or a
// size, it does not repeat.

struct AllMet {
  static constexpr std::string_view name = "all-met";
};
struct Offended {
  static constexpr std::string_view name = "offence";
  Offence offence{};
};

// How the connection ended, among the endings of the case.
struct EndingFitted {  // one that the case grades lower than a pass
  static constexpr std::string_view name = "ending-fitted";
  std::string because{};     // of the case
  bool by_response = false;  // the response decided, not what followed it
};
struct NoEndingFitted {
  static constexpr std::string_view name = "no-ending-fitted";
  bool by_response = false;
};
struct NoEndingInTime {
  static constexpr std::string_view name = "no-ending-in-time";
  Duration waited{};
};
struct CalledCloseIllegal {  // with a code for faults, in answer to a Close that has none
  static constexpr std::string_view name = "called-close-illegal";
};
struct AnsweredIllegalClose {  // a Close that breaks a rule, as if it were legal
  static constexpr std::string_view name = "answered-illegal-close";
};
struct SpokeBehindClose {  // pointless, yet not forbidden; what it was is in the reaction
  static constexpr std::string_view name = "spoke-behind-close";
};

// What was awaited did not come.
struct Instead {  // something else came
  static constexpr std::string_view name = "instead";
};
struct Hung {  // nothing came
  static constexpr std::string_view name = "hung";
  Duration waited{};
};
struct TooBig {  // the largest message was refused by a limit of the target's (RFC 6455 §10.4)
  static constexpr std::string_view name = "too-big";
};
struct NotCompressed {
  static constexpr std::string_view name = "not-compressed";
};
struct TimeLeaps {
  static constexpr std::string_view name = "time-leaps";
  double whole_ms = 0;
  double quarter_ms = 0;
  double harmless_ms = 0;
};

// A response, and a refusal.
struct EndedInResponse {
  static constexpr std::string_view name = "ended-in-response";
};
struct EndedWithoutResponse {
  static constexpr std::string_view name = "ended-without-response";
};
struct RefusedByEnd {
  static constexpr std::string_view name = "refused-by-end";
};
struct RefusedByTornResponse {  // a reset cut it off
  static constexpr std::string_view name = "refused-by-torn-response";
};
struct Accepted {  // though it had to be refused
  static constexpr std::string_view name = "accepted";
};
struct ServedBehindRefusal {
  static constexpr std::string_view name = "served-behind-refusal";
};
struct StatusLineMalformed {
  static constexpr std::string_view name = "status-line-malformed";
};
struct WrongStatus {
  static constexpr std::string_view name = "wrong-status";
};
struct OtherStatus {  // it refuses, and says less well why
  static constexpr std::string_view name = "other-status";
  StatusSet wanted{};
};
struct FieldFault {
  static constexpr std::string_view name = "field-fault";
  FieldCheck check{};
  bool there = false;   // the response has the field
  std::string value{};  // its lines combined
};
struct CompanionMissing {  // a field that HTTP demands beside the status
  static constexpr std::string_view name = "companion-missing";
  std::string_view field{};
};
struct CompanionNotDemanded {  // by the status that came, and the case is about such a field
  static constexpr std::string_view name = "companion-not-demanded";
};
struct OtherSubprotocol {
  static constexpr std::string_view name = "other-subprotocol";
  std::string selected{};  // "": none
  std::string wanted{};    // "": none
};

// The case turns out not to be about this target.
struct NothingAgreed {  // on permessage-deflate
  static constexpr std::string_view name = "nothing-agreed";
};
struct OtherAgreement {
  static constexpr std::string_view name = "other-agreement";
  std::string_view parameter{};
};
struct NothingSeen {  // it neither echoes nor answers Pings
  static constexpr std::string_view name = "nothing-seen";
};

// What became of the target, whatever came on the connection.
struct TargetDied {
  static constexpr std::string_view name = "target-died";
  std::string how{};  // "exit code 1"; "": nobody knows
};
struct TargetHung {
  static constexpr std::string_view name = "target-hung";
  std::string how{};  // "it no longer answers"
};
struct MemoryGrew {
  static constexpr std::string_view name = "memory-beyond-what-was-sent";
  std::uint64_t grown = 0;  // bytes
  std::uint64_t sent = 0;   // bytes
};
struct Spins {
  static constexpr std::string_view name = "busy-without-connections";
  Duration busy{};  // so long already
};

// No verdict.
struct NeedLacking {
  static constexpr std::string_view name = "need-lacking";
  std::string need{};  // a feature: "echo"
};
struct NotJudged {  // the target was gone
  static constexpr std::string_view name = "not-judged";
  enum class When { not_begun, under_way, to_be_played_alone, variant_of_a_killer };
  When when = When::not_begun;
};
struct NotReached {
  static constexpr std::string_view name = "not-reached";
  std::string why{};  // of the system
};
struct NotConnected {
  static constexpr std::string_view name = "not-connected";
  Duration waited{};
};
struct OutOfTickets {
  static constexpr std::string_view name = "out-of-tickets";
};
struct GivenUp {  // by whoever plays it
  static constexpr std::string_view name = "given-up";
  std::string why{};  // a sentence
};

}  // namespace ground

using Ground = std::variant<
    ground::AllMet, ground::Offended, ground::EndingFitted, ground::NoEndingFitted,
    ground::NoEndingInTime, ground::AnsweredIllegalClose, ground::CalledCloseIllegal,
    ground::SpokeBehindClose, ground::Instead, ground::Hung, ground::TooBig, ground::NotCompressed,
    ground::TimeLeaps, ground::EndedInResponse, ground::EndedWithoutResponse, ground::RefusedByEnd,
    ground::RefusedByTornResponse, ground::Accepted, ground::ServedBehindRefusal,
    ground::StatusLineMalformed, ground::WrongStatus, ground::OtherStatus, ground::FieldFault,
    ground::CompanionMissing, ground::CompanionNotDemanded, ground::OtherSubprotocol,
    ground::NothingAgreed, ground::OtherAgreement, ground::NothingSeen, ground::TargetDied,
    ground::TargetHung, ground::MemoryGrew, ground::Spins, ground::NeedLacking, ground::NotJudged,
    ground::NotReached, ground::NotConnected, ground::OutOfTickets, ground::GivenUp>;

template <typename Kind>
bool is(const Ground& ground) {
  return std::holds_alternative<Kind>(ground);
}
// The kind's; of an offence, the rule's: "offence" alone says little.
std::string_view name_of(const Ground& ground);

}  // namespace wsconform
