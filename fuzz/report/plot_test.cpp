#include "fuzz/report/plot.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>
#include <string>
#include <vector>

namespace wsconform::plot_test {
namespace {

using testing::HasSubstr;
using testing::Not;

std::vector<double> heights_of_names(const std::string& drawn) {
  const std::regex name("<text x=\"646\" y=\"([0-9.]+)\"");
  std::vector<double> heights;
  for (auto each = std::sregex_iterator(drawn.begin(), drawn.end(), name);
       each != std::sregex_iterator(); ++each)
    heights.push_back(std::stod((*each)[1]));
  return heights;
}

TEST(Plot, DrawsTheLastPointAtTheEndAndTheMostAtTheTop) {
  const std::string drawn = plot("edges", {{"", {{0, 10}, {2, 30}}}});
  EXPECT_THAT(drawn, HasSubstr("edges: up to 30 in 2 s"));
  EXPECT_THAT(drawn, HasSubstr("0.0,148.0 640.0,28.0"));
}

TEST(Plot, NamesNoLineThatHasNoName) {
  EXPECT_THAT(heights_of_names(plot("edges", {{"", {{0, 10}, {2, 30}}}})), testing::IsEmpty());
}

TEST(Plot, PutsANameBesideTheEndOfItsLine) {
  const std::string drawn = plot("edges", {{"<low>", {{0, 0}, {2, 10}}}, {"high", {{2, 20}}}});
  EXPECT_THAT(heights_of_names(drawn), testing::ElementsAre(32, 122));
  EXPECT_THAT(drawn, HasSubstr(">high</text>"));
  EXPECT_THAT(drawn, HasSubstr(">&lt;low&gt;</text>"));
  EXPECT_THAT(drawn, Not(HasSubstr("<low>")));
}

TEST(Plot, PutsNoNameInTheWayOfAnother) {
  std::vector<PlotLine> lines;
  for (int n = 0; n < 30; ++n) lines.push_back({"line", {{0, 0}, {1, n < 2 ? 100.0 : 0}}});
  const std::vector<double> heights = heights_of_names(plot("edges", lines));
  ASSERT_EQ(heights.size(), lines.size());
  for (std::size_t n = 1; n < heights.size(); ++n) EXPECT_GE(heights[n] - heights[n - 1], 14);
  EXPECT_GT(heights.front(), 0);
}

TEST(Plot, DrawsWhatIsZeroAtTheBottom) {
  const std::string drawn = plot("edges", {{"", {{0, 0}, {2, 0}}}});
  EXPECT_THAT(drawn, HasSubstr("edges: up to 0 in 2 s"));
  EXPECT_THAT(drawn, HasSubstr("0.0,208.0 640.0,208.0"));
}

TEST(Plot, DrawsNothingOfNoPoints) {
  EXPECT_THAT(plot("edges", {}), HasSubstr("edges: up to 0 in 0 s"));
  EXPECT_THAT(plot("edges", {{"one", {}}}), HasSubstr("edges: up to 0 in 0 s"));
}

}  // namespace
}  // namespace wsconform::plot_test
