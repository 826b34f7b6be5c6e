#include "runner/conversation/ruling.h"

#include <algorithm>
#include <utility>

#include "runner/casebook/case.h"
#include "runner/casebook/case_words.h"
#include "runner/conversation/cause_finder.h"
#include "runner/conversation/verdict_rules.h"
#include "runner/conversation/verdict_words.h"

namespace wsconform {
namespace {

// Of grounds that no connection is judged by: what became of the target, or nothing.
struct NameOfWhatCame {
  const Reaction& judged;

  std::string operator()(const ground::TargetDied&) const { return std::string(came_dead); }
  std::string operator()(const ground::TargetHung&) const { return std::string(came_hung); }
  std::string operator()(const ground::MemoryGrew&) const { return ""; }
  std::string operator()(const ground::Spins&) const { return ""; }
  std::string operator()(const ground::NeedLacking&) const { return ""; }
  std::string operator()(const ground::NotJudged&) const { return ""; }
  std::string operator()(const ground::NotReached&) const { return ""; }
  std::string operator()(const ground::NotConnected&) const { return ""; }
  std::string operator()(const ground::OutOfTickets&) const { return ""; }
  std::string operator()(const ground::GivenUp&) const { return ""; }
  template <typename Kind>
  std::string operator()(const Kind&) const {
    return name_of(judged);
  }
};

}  // namespace

CaseResult begun_result(const Case& of) {
  CaseResult result;
  result.id = of.id;
  result.section = of.section;
  result.says = of.says;
  result.level = of.level;
  result.because = of.because;
  result.requirements = of.requirements;
  result.autobahn = of.autobahn;
  result.script = script_words(of);
  return result;
}

void rule(CaseResult& result, Verdict verdict, const Ground& ground, const Reaction& judged) {
  result.verdict = verdict;
  result.ground = name_of(ground);
  result.came = std::visit(NameOfWhatCame{judged}, ground);
  result.reason = words_for(ground, judged);
  result.cause = has_cause(verdict) ? cause_of(result, ground, judged) : Cause{};
  result.expected.clear();
  result.received.clear();
}

void Ruling::rule(Verdict verdict, Ground ground, const Reaction& judged) {
  ground_ = std::move(ground);
  wsconform::rule(result_, verdict, ground_, judged);
}

void Ruling::met(const Reaction& judged) {
  if (is<ground::AllMet>(ground_)) result_.came = name_of(judged);
}

void Ruling::grade(Verdict verdict, Ground ground, const Reaction& judged) {
  if (severity(verdict) <= severity(result_.verdict)) return;
  rule(verdict, std::move(ground), judged);
}

void Ruling::lapse(Ground ground, const Reaction& judged, std::string expected) {
  const Verdict verdict = broken_at_level(result_.level);
  if (finished_ || severity(verdict) <= severity(result_.verdict)) return;
  grade(verdict, std::move(ground), judged);
  result_.expected = std::move(expected);
  result_.received = words_for_received(ground_, judged);
  if (verdict == Verdict::fail) finish();
}

void Ruling::fail(Ground ground, const Reaction& judged, std::string expected) {
  if (finished_) return;
  lapse(std::move(ground), judged, std::move(expected));
  finish();
}

void Ruling::condemn(Ground ground, const Reaction& judged) {
  const bool only_observes = result_.level == Level::observe;
  grade(only_observes ? Verdict::observed : Verdict::fail, std::move(ground), judged);
  finish();
}

void Ruling::skip(Ground ground, const Reaction& judged) {
  if (finished_) return;
  rule(Verdict::skipped, std::move(ground), judged);
  finished_ = true;
}

void Ruling::note(std::string_view says) {
  std::vector<std::string>& notes = result_.notes;
  if (std::ranges::find(notes, says) == notes.end()) notes.emplace_back(says);
}

void Ruling::abandon(AtFault at_fault, Ground ground) {
  result_.at_fault = at_fault;
  rule(Verdict::error, std::move(ground), {});
  finished_ = true;
}

void Ruling::finish() {
  if (result_.level == Level::observe && result_.verdict == Verdict::pass)
    result_.verdict = Verdict::observed;
  if (is<ground::AllMet>(ground_)) {
    result_.ground = name_of(ground_);
    result_.reason = words_for(ground_, {});
  }
  finished_ = true;
}

}  // namespace wsconform
