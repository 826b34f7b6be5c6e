#include "fuzz/report/plot.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <ranges>

#include "core/visible_text.h"

namespace wsconform {
namespace {

// In pixels.
constexpr double width = 640;       // of the picture without the names
constexpr double names = 170;       // beside it
constexpr double top = 28;          // under the title
constexpr double least_high = 180;  // without the title
constexpr double line_high = 14;    // of a name

struct Extent {
  double last = 0;  // seconds
  double most = 0;
  double high = least_high;
};

Extent extent_of(const std::vector<PlotLine>& lines) {
  Extent extent;
  extent.high = std::max(least_high, static_cast<double>(lines.size()) * line_high);
  for (const PlotLine& each : lines) {
    for (const PlotPoint& point : each.points) {
      extent.last = std::max(extent.last, point.seconds);
      extent.most = std::max(extent.most, point.value);
    }
  }
  return extent;
}

double part_of(double value, double whole) {
  return whole > 0 ? value / whole : 0;
}

double height_of(const PlotPoint& point, const Extent& extent) {
  return top + extent.high * (1 - part_of(point.value, extent.most));
}

// Neighbours differ. Mixed with the colour of text, it can be read on a light ground and on a dark
// one.
std::string coloured(const char* property, std::size_t n) {
  const std::string colour = fmt::format("hsl({} 80% 45%)", n * 137 % 360);
  return fmt::format("{0}=\"{1}\" style=\"{0}:color-mix(in srgb,{1} 70%,currentColor)\"", property,
                     colour);
}

std::string drawn(const PlotLine& line, std::size_t n, const Extent& extent) {
  std::string points;
  for (const PlotPoint& each : line.points)
    points += fmt::format("{:.1f},{:.1f} ", part_of(each.seconds, extent.last) * width,
                          height_of(each, extent));
  return fmt::format(
      "<polyline fill=\"none\" {} stroke-width=\"1.5\" points=\"{}\"><title>{}</title>"
      "</polyline>",
      coloured("stroke", n), points, in_markup(visible(line.name)));
}

struct Name {
  std::size_t line = 0;
  double y = 0;
};

// As near to the ends of the lines as they can stand one below another.
std::vector<Name> placed_names(const std::vector<PlotLine>& lines, const Extent& extent) {
  std::vector<Name> placed;
  for (std::size_t n = 0; n < lines.size(); ++n)
    if (!lines[n].name.empty() && !lines[n].points.empty())
      placed.push_back({n, height_of(lines[n].points.back(), extent)});
  std::ranges::sort(placed, {}, &Name::y);
  constexpr double descent = 4;
  double lowest = top + extent.high - descent;
  for (Name& each : placed | std::views::reverse) {
    each.y = std::min(each.y, lowest);
    lowest = each.y - line_high;
  }
  return placed;
}

}  // namespace

std::string plot(const std::string& title, const std::vector<PlotLine>& lines) {
  const Extent extent = extent_of(lines);
  const std::string safe_title = in_markup(visible(title));
  const std::vector<Name> placed = placed_names(lines, extent);
  const double bottom = top + extent.high;
  std::string svg = fmt::format(
      "<svg viewBox=\"0 0 {0} {1}\" width=\"{0}\" role=\"img\" aria-label=\"{2}\">"
      "<text x=\"4\" y=\"16\" fill=\"currentColor\" font-size=\"13\">{2}: up to {3:.0f} in {4:.0f} "
      "s</text><line x1=\"0\" y1=\"{5}\" x2=\"{6}\" y2=\"{5}\" stroke=\"currentColor\" "
      "stroke-width=\"1\"/>",
      width + (placed.empty() ? 0 : names), bottom + 2, safe_title, extent.most, extent.last,
      bottom, width);
  for (std::size_t n = 0; n < lines.size(); ++n) svg += drawn(lines[n], n, extent);
  for (const Name& each : placed)
    svg += fmt::format("<text x=\"{}\" y=\"{:.1f}\" {} font-size=\"12\">{}</text>", width + 6,
                       each.y + 4, coloured("fill", each.line),
                       in_markup(visible(lines[each.line].name)));
  return svg + "</svg>\n";
}

}  // namespace wsconform
