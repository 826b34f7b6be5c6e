#include "reports/html_data.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include <map>
#include <nlohmann/json.hpp>
#include <random>

#include "core/base64.h"
#include "reports/html_names.h"
#include "reports/results/sample_results.h"

namespace wsconform::html_data_test {
namespace {

using nlohmann::json;
using testing::HasSubstr;

json unpacked(const std::string& text) {
  const std::string bytes = base64_decode(text).value();
  std::string out(8 * 1024 * 1024, '\0');
  auto size = static_cast<uLongf>(out.size());
  EXPECT_EQ(uncompress(reinterpret_cast<Bytef*>(out.data()), &size,
                       reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()),
            Z_OK);
  out.resize(size);
  return json::parse(out);
}

std::map<std::string, json> blocks_of(const PackedResults& packed) {
  std::map<std::string, json> blocks;
  for (const PackedBlock& each : packed.blocks) blocks[each.name] = unpacked(each.text);
  return blocks;
}

enum Member {
  id,
  section,
  verdict,
  level,
  says,
  reason,
  cause,
  unexpected,
  repetition,
  autobahn,
  requirements,
  took,
  block,
  place
};

TEST(Pack, GivesBackWhatItPacked) {
  EXPECT_EQ(unpacked(packed(R"({"a": [1, 2]})")), json::parse(R"({"a": [1, 2]})"));
}

TEST(Pack, HasAnIndexOfEveryCaseInTheOrderOfTheResults) {
  const Results results = sample_results();
  const json index = blocks_of(pack(results, nullptr))["index"];
  ASSERT_EQ(index["cases"].size(), results.cases.size());
  for (std::size_t i = 0; i < results.cases.size(); ++i)
    EXPECT_EQ(index["cases"][i][id], results.cases[i].id);
  const json& failed = index["cases"][5];
  EXPECT_EQ(failed[verdict], "fail");
  EXPECT_EQ(index["causes"][failed[cause].get<std::size_t>()]["key"],
            "control-frame-too-long:accepted");
  EXPECT_EQ(index["sections"][failed[section].get<std::size_t>()]["heading"],
            "RFC 6455 §5.5 control frames");
  EXPECT_EQ(index["requirements"][failed[requirements][0].get<std::size_t>()]["id"],
            "rfc6455/5.5-control-payload-125");
  EXPECT_EQ(index["cases"][4][cause], -1);
  EXPECT_EQ(index["command"], results.target.again);
}

TEST(Pack, HoldsTheDetailsOfACaseWhereTheIndexSays) {
  auto blocks = blocks_of(pack(sample_results(), nullptr));
  const json failed = blocks["index"]["cases"][5];
  const json details = blocks["details-" + std::to_string(failed[block].get<int>())]
                             [failed[place].get<std::size_t>()];
  EXPECT_EQ(details["received"], "Pong, 126 bytes");
  EXPECT_EQ(details["wire"][3]["direction"], "sent");
  EXPECT_EQ(details["wire"][3]["frame"], true);
  EXPECT_EQ(details["wire"][4]["violation"], "control-frame-too-long");
  EXPECT_EQ(base64_decode(details["wire"][3]["bytes"].get<std::string>())->substr(0, 2),
            "\x89\xfe");
}

TEST(Pack, CutsALongWireLogAndSaysSo) {
  Results results = sample_results();
  results.cases = {results.cases[5]};
  const WireEntry entry = results.cases[0].wire[3];
  results.cases[0].wire.assign(500, entry);
  const json details = blocks_of(pack(results, nullptr))["details-0"][0];
  EXPECT_LT(details["wire"].size(), 200U);
  EXPECT_EQ(details["wire"].size() + details["left_out"].get<std::size_t>(), 500U);
}

TEST(Pack, LaysTheVerdictsOfAnotherRunBeside) {
  Results other = sample_results();
  other.target.name = "before";
  const json beside = blocks_of(pack(sample_results(), &other))["index"]["other"];
  EXPECT_EQ(beside["name"], "before");
  EXPECT_EQ(beside["verdicts"].size(), other.cases.size() - 1) << "repetitions are left out";
  EXPECT_EQ(blocks_of(pack(other, nullptr))["index"]["other"], nullptr);
}

// Nothing in it can be made smaller.
Results noise(std::size_t cases, std::size_t bytes_of_a_case) {
  std::mt19937 random(1);
  Results results;
  results.cases.resize(cases);
  for (std::size_t i = 0; i < cases; ++i) {
    CaseResult& each = results.cases[i];
    each.id = "s/case-" + std::to_string(i);
    each.verdict = i % 2 == 0 ? Verdict::pass : Verdict::fail;
    WireEntry entry;
    for (std::size_t n = 0; n < 192; ++n)
      entry.bytes.push_back(static_cast<std::uint8_t>(random()));
    entry.size = entry.bytes.size();
    each.wire.assign(bytes_of_a_case / 192, entry);
    for (WireEntry& one : each.wire)
      for (std::uint8_t& byte : one.bytes) byte = static_cast<std::uint8_t>(random());
  }
  return results;
}

TEST(Pack, StaysInItsBoundsAndKeepsWhatIsMostWorthALook) {
  const PackedResults made = pack(noise(500, 20'000), nullptr);
  std::size_t size = 0;
  for (const PackedBlock& each : made.blocks) size += each.text.size();
  EXPECT_LT(size, most_packed_index + most_packed_details);
  EXPECT_GT(size, most_packed_details / 2);
  const json index = unpacked(made.blocks.back().text);
  EXPECT_GE(index["cases"][1][block].get<int>(), 0) << "a fail";
  EXPECT_EQ(index["cases"][498][block], -1) << "a pass";
}

TEST(Pack, LeavesOutCasesThatNotEvenTheIndexHasRoomFor) {
  Results results;
  results.cases.resize(9'000);
  for (CaseResult& each : results.cases) each.reason = std::string(5000, 'x');
  const PackedResults made = pack(results, nullptr);
  EXPECT_GT(made.left_out, 0U);
  EXPECT_EQ(unpacked(made.blocks.back().text)["cases"].size() + made.left_out, 9'000U);
}

TEST(HeadingOf, CitesStandardsAsTheyAreCited) {
  EXPECT_EQ(heading_of("rfc6455/5.5-control-frames"), "RFC 6455 §5.5 control frames");
  EXPECT_EQ(heading_of("rfc7692"), "RFC 7692");
  EXPECT_EQ(heading_of("security/floods"), "security/floods");
}

}  // namespace
}  // namespace wsconform::html_data_test
