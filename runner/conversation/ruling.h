// The verdict of a case while it comes about, with its ground and the reaction that was judged; and
// the result that tells of them.
#pragma once

#include <string>

#include "reports/results/case_result.h"
#include "runner/conversation/ground.h"
#include "runner/conversation/reaction.h"

namespace wsconform {

struct Case;

// What of a result the case itself says; the verdict is still to come.
CaseResult begun_result(const Case& of);

// Gives a result its verdict, and all that tells why: its ground, what came, the cause and the
// reason. What was expected and received belonged to the verdict before, and goes with it.
void rule(CaseResult& result, Verdict verdict, const Ground& ground, const Reaction& judged);

// Begins with a pass. A verdict replaces only a lesser one; once finished, nothing changes it.
class Ruling {
 public:
  explicit Ruling(const Case& of) : result_(begun_result(of)) { result_.verdict = Verdict::pass; }

  // An expectation of how the connection ends is met.
  void met(const Reaction& judged);
  void grade(Verdict verdict, Ground ground, const Reaction& judged);
  // A broken expectation, which counts by the level of the case. What follows may be worse: it
  // ends only what fails.
  void lapse(Ground ground, const Reaction& judged, std::string expected);
  // A broken expectation that ends the case.
  void fail(Ground ground, const Reaction& judged, std::string expected);
  // A fault that is none of the case's own, and ends it: a failure, but where the case only
  // observes.
  void condemn(Ground ground, const Reaction& judged);
  // The case turns out not to be about this target.
  void skip(Ground ground, const Reaction& judged);
  // Told beside the verdict, once.
  void note(std::string_view says);
  // No verdict: an error, and whose.
  void abandon(AtFault at_fault, Ground ground);
  void finish();

  bool finished() const { return finished_; }
  const Ground& ground() const { return ground_; }
  // What is told beside the verdict: times, the wire.
  CaseResult& result() { return result_; }

 private:
  void rule(Verdict verdict, Ground ground, const Reaction& judged);

  CaseResult result_;
  Ground ground_;
  bool finished_ = false;
};

}  // namespace wsconform
