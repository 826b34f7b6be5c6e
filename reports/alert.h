// What a machine that watches code shows of a run: an alert for each cause that counts, with a
// place in the user's tree.
#pragma once

#include <string>
#include <vector>

#include "reports/results/cause_words.h"
#include "reports/results/causes.h"

namespace wsconform {

struct CaseResult;
struct Results;

struct Alert {
  CauseGroup group;
  CauseWords words;
  std::string key;
  bool expected = false;     // each of its cases that fails is known to
  std::string known_reason;  // and why: of the first
};

// The worst first. Causes that are lenient at worst are left out.
std::vector<Alert> alerts_of(const Results& results);

// A file of the user's tree that stands for the target, relative, with slashes: the profile that
// describes it, or where that would be. Alerts are shown at its first line.
std::string place_of_target(const Results& results);

// "7 cases fail, simplest rfc6455/5.5-control-frames/ping-126: REASON", made visible.
std::string evidence_of(const Alert& alert);

}  // namespace wsconform
