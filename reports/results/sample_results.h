// Results made by hand for the tests of the reports: every verdict, every kind of wire entry, and
// what a hostile target would send to break a report.
#pragma once

#include "reports/results/results.h"

namespace wsconform {

// A small run, the same every time. Every member of every struct differs from its default
// somewhere.
Results sample_results();

// A run of that many cases, each with a wire log of the usual length: for size and speed.
Results large_results(std::size_t cases);

}  // namespace wsconform
