#include "runner/conversation/ruling.h"

#include <utility>

#include "runner/casebook/case.h"
#include "runner/casebook/case_words.h"
#include "runner/conversation/verdict_rules.h"

namespace wsconform {

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

void Ruling::grade(Verdict verdict, std::string reason) {
  if (severity(verdict) <= severity(result_.verdict)) return;
  result_.verdict = verdict;
  result_.reason = std::move(reason);
}

void Ruling::lapse(std::string reason, std::string expected, std::string received) {
  const Verdict verdict = broken_at_level(result_.level);
  if (finished_ || severity(verdict) <= severity(result_.verdict)) return;
  grade(verdict, std::move(reason));
  result_.expected = std::move(expected);
  result_.received = std::move(received);
  if (verdict == Verdict::fail) finish();
}

void Ruling::fail(std::string reason, std::string expected, std::string received) {
  if (finished_) return;
  lapse(std::move(reason), std::move(expected), std::move(received));
  finish();
}

void Ruling::condemn(std::string reason) {
  grade(Verdict::fail, std::move(reason));
  finish();
}

void Ruling::skip(std::string reason) {
  if (finished_) return;
  result_.verdict = Verdict::skipped;
  result_.reason = std::move(reason);
  finished_ = true;
}

void Ruling::abandon(AtFault at_fault, std::string why) {
  result_.verdict = Verdict::error;
  result_.at_fault = at_fault;
  result_.reason = std::move(why);
  finished_ = true;
}

void Ruling::finish() {
  if (result_.level == Level::observe && result_.verdict == Verdict::pass)
    result_.verdict = Verdict::observed;
  if (result_.reason.empty()) result_.reason = "The target did all that the case expects.";
  finished_ = true;
}

}  // namespace wsconform
