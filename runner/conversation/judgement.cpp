#include "runner/conversation/judgement.h"

#include <cassert>

#include "core/close_code.h"
#include "core/phrase.h"
#include "runner/casebook/case.h"
#include "runner/casebook/case_words.h"
#include "runner/conversation/ending.h"
#include "runner/conversation/verdict_rules.h"
#include "runner/conversation/verdict_words.h"

namespace wsconform {
namespace {

// A server that ends TCP with bytes of ours unread sends a reset, which destroys what it still had
// to say (RFC 9112 §9.6): a response that one cut off counts as none.
void judge_no_response(const ExpectRefusal& step, const Reaction& reaction, Ruling& ruling) {
  const bool torn = reaction.opening_begun && *reaction.end == StreamEnd::reset;
  if (reaction.opening_begun && !torn)
    return ruling.fail(ground::EndedInResponse{}, reaction, phrase_for(step));
  if (step.end_without_response == Verdict::fail)
    return ruling.fail(ground::EndedWithoutResponse{}, reaction, phrase_for(step));
  if (torn)
    ruling.grade(step.end_without_response, ground::RefusedByTornResponse{}, reaction);
  else
    ruling.grade(step.end_without_response, ground::RefusedByEnd{}, reaction);
}

// A field that is there has to be right; one that is missing is told of in the case
// that is about it.
void judge_fields_of_refusal(const ExpectRefusal& step, const Reaction& reaction, Ruling& ruling) {
  const SawResponse& response = *reaction.response;
  const auto missing = [&](const Ground& ground, bool matters) {
    if (matters) return ruling.fail(ground, reaction, phrase_for(step));
    ruling.note(words_for(ground, reaction));
  };
  for (const FieldCheck& check : step.fields) {
    const auto fault = field_fault(check, response.head);
    if (fault && fault->there) ruling.fail(*fault, reaction, words(check));
    if (fault && !fault->there) missing(*fault, !step.may_be_missing);
  }
  const bool about_companion = !step.may_be_missing && step.fields.empty();
  if (const auto fault = companion_fault(response.status, response.head))
    missing(*fault, about_companion);
  if (about_companion && !demands_companion(response.status))
    ruling.grade(Verdict::observed, ground::CompanionNotDemanded{}, reaction);
}

// An illegal Close was read like a legal one: its code, or 1000, is the answer to it
// (RFC 6455 §5.5.1), where the fault fails the connection (§7.1.7).
bool gives_back(const Reaction& reaction) {
  if (!reaction.illegal_close || !reaction.close || !reaction.close->code) return false;
  const std::uint16_t code = *reaction.close->code;
  return code == close_normal || code == *reaction.illegal_close;
}

// The code in answer to a Close is one for a fault (RFC 6455 §7.4.1), and there was none.
bool calls_illegal(const Reaction& reaction) {
  const bool named =
      reaction.close->code == close_protocol_error || reaction.close->code == close_invalid_payload;
  return named && !reaction.refusable;
}

}  // namespace

void judge_response(const ExpectResponse& step, const Case& made, const Reaction& reaction,
                    Ruling& ruling) {
  assert(reaction.response);
  const HttpHead& head = reaction.response->head;
  if (!step.status.has(reaction.response->status))
    return judge_instead(phrase_for(step), reaction, ruling);
  for (const FieldCheck& check : step.fields)
    if (const auto fault = field_fault(check, head))
      return ruling.fail(*fault, reaction, words(check));
  if (const auto fault = subprotocol_fault(step, head))
    return ruling.fail(*fault, reaction, phrase_for(step));
  if (const auto why = other_agreement(made, reaction.deflate); why && reaction.upgraded)
    ruling.skip(*why, reaction);
}

void judge_refusal(const ExpectRefusal& step, const Reaction& reaction, Ruling& ruling) {
  assert(reaction.response || reaction.end);
  if (!reaction.response) return judge_no_response(step, reaction, ruling);
  const SawResponse& response = *reaction.response;
  const std::string expected = phrase_for(step);
  if (response.status == 101) return ruling.lapse(ground::Accepted{}, reaction, expected);
  if (reaction.stray > 0) return ruling.fail(ground::ServedBehindRefusal{}, reaction, expected);
  if (response.status == 0) return ruling.fail(ground::StatusLineMalformed{}, reaction, expected);
  ruling.met(reaction);
  const bool right = step.status.has(response.status);
  if (!right && !step.tolerated.has(response.status))
    return ruling.fail(ground::WrongStatus{}, reaction, expected);
  if (!right) ruling.grade(Verdict::lenient, ground::OtherStatus{step.status}, reaction);
  judge_fields_of_refusal(step, reaction, ruling);
}

void judge_ending(const ExpectEnding& step, const std::string& expected, const Reaction& reaction,
                  Ruling& ruling) {
  assert(!step.endings.empty());
  const Ending* ending = fitting(step.endings, reaction);
  const bool by_response = reaction.status && any_of_kind(step.endings, EndingKind::response);
  if (ending == nullptr) {
    if (!refused_as_too_big(reaction))
      return ruling.fail(ground::NoEndingFitted{by_response}, reaction, expected);
    ruling.grade(Verdict::observed, ground::TooBig{}, reaction);
    return ruling.finish();
  }
  if (ending->kind == EndingKind::failed_connection && ending->verdict == Verdict::lenient &&
      gives_back(reaction))
    return ruling.fail(ground::AnsweredIllegalClose{}, reaction, expected);
  if (ending->kind == EndingKind::closed && ending->verdict == Verdict::lenient &&
      calls_illegal(reaction))
    return ruling.fail(ground::CalledCloseIllegal{}, reaction, expected);
  // What "echo" and "open" are met by may well come back.
  const bool ends =
      ending->kind == EndingKind::failed_connection || ending->kind == EndingKind::closed;
  if (ends && reaction.echoes_beside > 0)
    ruling.note(words_for_echoes_beside(reaction.echoes_beside));
  const ground::EndingFitted fitted{ending->because, by_response};
  if (ending->verdict == Verdict::fail) return ruling.fail(fitted, reaction, expected);
  ruling.met(reaction);
  ruling.grade(ending->verdict, fitted, reaction);
  if (reaction.behind_close) ruling.grade(Verdict::lenient, ground::SpokeBehindClose{}, reaction);
}

void judge_instead(const std::string& expected, const Reaction& reaction, Ruling& ruling) {
  if (!refused_as_too_big(reaction)) return ruling.fail(ground::Instead{}, reaction, expected);
  ruling.grade(Verdict::observed, ground::TooBig{}, reaction);
  ruling.finish();
}

void judge_silence(const Cue& cue, Duration waited, const Reaction& reaction, Ruling& ruling) {
  if (traits_of(cue).is_ending)
    return ruling.fail(ground::NoEndingInTime{waited}, reaction, words_for_awaited(cue));
  ruling.fail(ground::Hung{waited}, reaction, words_for_awaited(cue));
}

}  // namespace wsconform
