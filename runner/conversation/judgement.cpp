#include "runner/conversation/judgement.h"

#include <fmt/format.h>

#include <utility>

#include "core/phrase.h"
#include "runner/casebook/case.h"
#include "runner/casebook/case_words.h"
#include "runner/conversation/verdict_rules.h"
#include "runner/conversation/wire_log.h"

namespace wsconform {
namespace {

std::string start_line_of(const Exchange& exchange) {
  return quoted(bytes_of(exchange.response()->head.start_line));
}

// A server that ends TCP with bytes of ours unread sends a reset, which destroys what it still had to say (RFC 9112 §9.6): a
// response that one cut off counts as none.
void judge_no_response(const ExpectRefusal& step, const Exchange& exchange, Ruling& ruling) {
  const std::string ended = words_for(reaction_of(exchange));
  const bool cut_off = exchange.response_begun() && *exchange.end() == StreamEnd::reset;
  if (exchange.response_begun() && !cut_off)
    return ruling.fail("TCP ended in the middle of the response.", words(step), ended);
  if (step.end_without_response == Verdict::fail)
    return ruling.fail("TCP ended without a response.", words(step), ended);
  ruling.grade(step.end_without_response,
               cut_off ? "The request was refused by a response that a reset cut off."
                       : "The request was refused by the end of TCP, without a response.");
}

void judge_hung(const std::string& expected, std::string_view waited, const Exchange& exchange,
                Ruling& ruling) {
  const std::string_view begun =
      exchange.response_begun() && !exchange.response() ? "A response that did not end" : "Nothing";
  ruling.fail(fmt::format("{} came {}: the connection hung.", begun, waited), expected,
              "Silence, with TCP open");
}

}  // namespace

void judge_response(const ExpectResponse& step, const Case& made, const Exchange& exchange,
                    Ruling& ruling) {
  const SawResponse& response = *exchange.response();
  if (!step.status.has(response.status)) return judge_instead(words(step), exchange, ruling);
  for (const FieldCheck& check : step.fields)
    if (const auto fault = field_fault(check, response.head))
      return ruling.fail(*fault, words(check), start_line_of(exchange));
  if (const auto fault = subprotocol_fault(step, response.head))
    return ruling.fail(*fault, words(step), start_line_of(exchange));
  if (const auto why = other_agreement(made, exchange.deflate()); why && exchange.upgraded())
    ruling.skip(*why);
}

void judge_refusal(const ExpectRefusal& step, const Exchange& exchange, Ruling& ruling) {
  if (!exchange.response()) return judge_no_response(step, exchange, ruling);
  const SawResponse& response = *exchange.response();
  const std::string expected = words(step);
  const std::string came = start_line_of(exchange);
  if (response.status == 101)
    return ruling.lapse("The handshake was accepted, though it had to be refused.", expected, came);
  if (exchange.stray() > 0)
    return ruling.fail(
        fmt::format("{} more bytes followed the refusal: something behind it was served.",
                    exchange.stray()),
        expected, came);
  if (response.status == 0)
    return ruling.fail("The status line of the response is malformed (RFC 9112 §4).", expected,
                       came);
  const bool right = step.status.has(response.status);
  if (!right && !step.tolerated.has(response.status))
    return ruling.fail(
        fmt::format("Status {} does not refuse this request rightly.", response.status), expected,
        came);
  if (!right)
    ruling.grade(Verdict::lenient,
                 fmt::format("Refused with status {}, where {} says what is wrong.",
                             response.status, words(step.status)));
  for (const FieldCheck& check : step.fields)
    if (const auto fault = field_fault(check, response.head))
      ruling.grade(Verdict::lenient, *fault);
  if (const auto fault = companion_fault(response.status, response.head))
    ruling.grade(Verdict::lenient, *fault);
}

void judge_ending(const ExpectEnding& step, const Reaction& reaction, const Exchange& exchange,
                  Ruling& ruling) {
  const Ending* ending = fitting(step.endings, reaction);
  const bool responded = reaction.status && any_of_kind(step.endings, EndingKind::response);
  const std::string came =
      responded ? fmt::format("A response with status {}", *reaction.status) : words_for(reaction);
  if (ending == nullptr) {
    if (!refused_as_too_big(exchange)) return ruling.fail(came + '.', words(step), came);
    ruling.grade(Verdict::observed, too_big_reason(exchange));
    return ruling.finish();
  }
  if (ending->verdict == Verdict::fail)
    return ruling.fail(came + ": " + ending->because, words(step), came);
  if (ending->verdict != Verdict::pass)
    ruling.grade(ending->verdict, came + ": " + ending->because);
  if (exchange.behind_close()) ruling.grade(Verdict::lenient, *exchange.behind_close());
}

void judge_instead(const std::string& expected, const Exchange& exchange, Ruling& ruling) {
  if (refused_as_too_big(exchange)) {
    ruling.grade(Verdict::observed, too_big_reason(exchange));
    return ruling.finish();
  }
  const bool responded = exchange.response() && !exchange.upgraded();
  const std::string came =
      responded ? "The response " + start_line_of(exchange) : words_for(reaction_of(exchange));
  ruling.fail(came + " came instead.", expected, came);
}

void judge_silence(const Expectation& step, std::string_view waited, const Exchange& exchange,
                   Ruling& ruling) {
  if (const auto* ending = std::get_if<ExpectEnding>(&step)) {
    const std::string came = words_for(reaction_of(exchange));
    return ruling.fail(fmt::format("{} {}.", came, waited), words(*ending), came);
  }
  judge_hung(words(step), waited, exchange, ruling);
}

void judge_unanswered_trial(std::string_view waited, const Exchange& exchange, Ruling& ruling) {
  judge_hung("Expect: any answer, and take its time.", waited, exchange, ruling);
}

}  // namespace wsconform
