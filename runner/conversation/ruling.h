// The verdict of a case while it comes about, and the result that tells of it.
#pragma once

#include <string>

#include "reports/results/case_result.h"

namespace wsconform {

struct Case;

// What of a result the case itself says; the verdict is still to come.
CaseResult begun_result(const Case& of);

// Begins with a pass. A verdict replaces only a lesser one; once finished, nothing changes it.
class Ruling {
 public:
  explicit Ruling(const Case& of) : result_(begun_result(of)) { result_.verdict = Verdict::pass; }

  void grade(Verdict verdict, std::string reason);
  // A broken expectation, which counts by the level of the case. What follows may be worse: it ends only what fails.
  void lapse(std::string reason, std::string expected, std::string received);
  // A broken expectation that ends the case.
  void fail(std::string reason, std::string expected, std::string received);
  // A fault that counts whatever the level, and ends the case.
  void condemn(std::string reason);
  // The case turns out not to be about this target.
  void skip(std::string reason);
  // No verdict: an error, and whose.
  void abandon(AtFault at_fault, std::string why);
  void finish();

  bool finished() const { return finished_; }
  Level level() const { return result_.level; }
  // What is told beside the verdict: times, notes, the wire.
  CaseResult& result() { return result_; }

 private:
  CaseResult result_;
  bool finished_ = false;
};

}  // namespace wsconform
