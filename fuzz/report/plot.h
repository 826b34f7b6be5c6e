// Pictures of how values grew: an <svg> element each, of the look of the page around it, without a
// script.
#pragma once

#include <string>
#include <vector>

namespace wsconform {

struct PlotPoint {
  double seconds = 0;
  double value = 0;
};

struct PlotLine {
  std::string name;               // "" where it is the only one
  std::vector<PlotPoint> points;  // by time
};

// All lines over one time, from 0 up to the most of any; each has its name beside its end, and no
// two names stand in each other's place. `title`: what the values are.
std::string plot(const std::string& title, const std::vector<PlotLine>& lines);

}  // namespace wsconform
