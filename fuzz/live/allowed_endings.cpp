#include "fuzz/live/allowed_endings.h"

#include <algorithm>
#include <string>
#include <utility>

#include "core/close_code.h"

namespace wsconform {
namespace {

using Codes = std::vector<std::uint16_t>;

Ending ending(EndingKind kind, Verdict verdict = Verdict::pass, Codes codes = {},
              std::string because = {}) {
  Ending made;
  made.kind = kind;
  made.verdict = verdict;
  made.codes = std::move(codes);
  made.because = std::move(because);
  return made;
}

ViolationSet with(ViolationSet set, Violation violation) {
  return set.set(static_cast<std::size_t>(violation));
}

// That the connection ends is demanded, the code is not (RFC 6455 §7.1.7).
Allowed failed_with(Codes codes) {
  Allowed allowed;
  allowed.endings.endings = {
      ending(EndingKind::failed_connection, Verdict::pass, std::move(codes)),
      ending(EndingKind::failed_connection, Verdict::lenient, {},
             "RFC 6455 §7.1.7 recommends the Close and its code and does not demand them.")};
  return allowed;
}

Allowed just(EndingKind kind, Level level = Level::must) {
  return {
      level, false, {.endings = {ending(kind)}, .plain = kind != EndingKind::failed_connection}};
}

// All that one of them allows, the worse only as far as it is graded.
void allow_too(const Allowed& other, Verdict at_best, std::string because, Allowed& allowed) {
  for (Ending each : other.endings.endings) {
    if (each.verdict == Verdict::pass) {
      each.verdict = at_best;
      each.because = because;
    }
    allowed.endings.endings.push_back(std::move(each));
  }
  allowed.endings.plain = false;
}

Allowed of_legal(bool echoes, const Reading& reading) {
  Allowed allowed;
  allowed.pong = reading.pings;
  allowed.endings = all_answered(echoes);
  return allowed;
}

// The message need not be judged before it ends; and whatever ends the connection before may
// come first (§8.1).
Allowed of_invalid_text(const LiveSession& session, bool echoes) {
  Allowed allowed = failed_with({close_invalid_payload});
  const Reading late = read(session, with({}, Violation::invalid_utf8));
  if (late.broken)
    allow_too(failed_with({rule_of(*late.broken).close_code}), Verdict::pass,
              "The other fault was found first.", allowed);
  else if (late.close)
    allow_too(just(EndingKind::closed), Verdict::pass, "The Close came before the end of the text.",
              allowed);
  else if (late.message_under_way && !late.ended)
    allow_too({.endings = all_answered(echoes)}, Verdict::observed,
              "RFC 6455 §8.1 has a text judged, and lets it come to its end first.", allowed);
  return allowed;
}

// What RFC 7692 §7.2.2 calls for, where no inflater can go on; else who has to notice is open.
Allowed of_malformed_deflate(const Reading& reading, bool echoes) {
  Allowed allowed = failed_with({close_invalid_payload, close_protocol_error});
  if (reading.hopeless) return allowed;
  allowed.level = Level::observe;
  allow_too({.endings = all_answered(echoes)}, Verdict::observed, "It was taken for whole.",
            allowed);
  return allowed;
}

Allowed of_close(const Reading& reading) {
  Allowed allowed;
  std::vector<Ending>& endings = allowed.endings.endings;
  const auto code = reading.close->code;
  if (!code) {
    endings.push_back(ending(EndingKind::closed));
    endings.back().code_absent = true;
  }
  Codes fitting = {close_normal};
  if (code && *code != close_normal && *code != close_mandatory_extension)
    fitting.insert(fitting.begin(), *code);
  if (reading.message_under_way)
    fitting.insert(fitting.end(), {close_protocol_error, close_invalid_payload});
  endings.push_back(ending(EndingKind::closed, Verdict::pass, std::move(fitting)));
  if (code == close_mandatory_extension)
    endings.push_back(
        ending(EndingKind::closed, Verdict::lenient, {*code},
               "RFC 6455 §7.4.1 keeps 1010 to clients, §5.5.1 has codes given back."));
  // Before the next: a code for a fault is one for what came late.
  if (reading.speaks_on)
    endings.push_back(ending(EndingKind::failed_connection, Verdict::lenient, {},
                             "What came late was judged before the Close was answered."));
  endings.push_back(
      ending(EndingKind::closed, Verdict::lenient, {},
             "RFC 6455 §5.5.1 calls it typical, not required, to answer with the code that came."));
  // A target written to the letter of RFC 6455 cannot know what was registered since (§7.4.2).
  if (code && *code > close_internal_error && *code < 3000) allowed.level = Level::should;
  if (reading.ended)
    endings.push_back(ending(EndingKind::end, Verdict::observed, {},
                             "Nobody seemed to be left who could hear an answer."));
  return allowed;
}

Allowed of_what_is_known(const LiveSession& session, const Reading& reading, bool echoes) {
  if (!reading.broken) {
    if (reading.close) return of_close(reading);
    return reading.ended ? just(EndingKind::end, Level::should) : of_legal(echoes, reading);
  }
  if (!reading.whole && reading.broken != Violation::length_high_bit)
    return {.endings = {.endings = {ending(EndingKind::failed_connection)}}};
  switch (*reading.broken) {
    case Violation::invalid_utf8:
      return of_invalid_text(session, echoes);
    case Violation::malformed_deflate:
      return of_malformed_deflate(reading, echoes);
    case Violation::length_not_minimal: {
      Allowed allowed = failed_with({close_protocol_error});
      allow_too(
          allowed_endings(session, read(session, with({}, Violation::length_not_minimal)), echoes),
          Verdict::lenient,
          "The rule of the shortest form binds who sends; the frame was taken all the same.",
          allowed);
      return allowed;
    }
    case Violation::close_code_unassigned: {
      Allowed allowed = failed_with({close_protocol_error});
      allowed.level = Level::should;
      return allowed;
    }
    default:
      return failed_with({rule_of(*reading.broken).close_code});
  }
}

}  // namespace

ExpectEnding all_answered(bool echoes) {
  return just(echoes ? EndingKind::echo : EndingKind::open).endings;
}

ExpectEnding any_answer() {
  Ending answer = ending(EndingKind::response, Verdict::observed);
  // By classes, as a case writes them.
  answer.status.ranges = {{100, 199}, {200, 299}, {300, 399}, {400, 499}, {500, 599}};
  return {.endings = {answer, ending(EndingKind::end, Verdict::observed),
                      ending(EndingKind::silence, Verdict::observed)}};
}

Allowed allowed_endings(const LiveSession& session, const Reading& reading, bool echoes) {
  Allowed allowed = of_what_is_known(session, reading, echoes);
  // Of codes above 4999 the standard says nothing (RFC 6455 §7.4.2).
  if (reading.unassigned_above) allowed.level = Level::observe;
  if (reading.agreement_decides && !reading.hopeless) allowed.level = Level::observe;
  if (reading.octetless) allowed.level = Level::observe;
  return allowed;
}

}  // namespace wsconform
