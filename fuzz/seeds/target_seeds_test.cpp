#include "fuzz/seeds/target_seeds.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/frame_decoder.h"
#include "fuzz/frame_stream_property.h"
#include "fuzz/handshake_request_property.h"
#include "runner/casebook/case.h"
#include "runner/casebook/cases_from_text.h"

namespace wsconform::target_seeds_test {
namespace {

using testing::ElementsAre;
using testing::Field;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

std::vector<Case> case_that(const std::string& steps, std::string_view more = "") {
  return cases_from(entry_text(steps + R"(, {"expect": "open"})", more));
}

std::vector<Seed> seeds_for(std::string_view target, const std::vector<Case>& cases) {
  for (auto& [name, seeds] : seeds_of(cases)) {
    if (name == target) return seeds;
  }
  return {};
}

auto named(const std::string& name) {
  return Field(&Seed::name, name);
}

std::string stream_of(const Seed& seed) {
  return std::string(text_of(seed.bytes).substr(2));
}

TEST(TargetSeeds, OfFrameStreamAreTheFramesOfTheFirstConnection) {
  const auto seeds = seeds_for(
      "frame_stream",
      case_that(
          R"({"send": "text", "payload": "Hello"}, {"send": "ping"}, {"connect": "again"}, {"send": "pong"})"));
  ASSERT_THAT(seeds, ElementsAre(named("s.1.a"), named("s.1.a.narrow"), named("s.1.a.to-client"),
                                 named("s.1.a.to-client.narrow"), named("s.1.a.decoded")));
  std::vector<FrameDecoder::Item> items;
  FrameDecoder().feed(read_frame_stream(seeds.front().bytes).bytes, items);
  ASSERT_EQ(items.size(), 2);
  EXPECT_EQ(text_of(items[0].frame.payload), "Hello");
  EXPECT_EQ(items[1].frame.header.opcode, Opcode::ping);
  EXPECT_EQ(read_frame_stream(seeds.front().bytes).receiver, Role::server);
}

TEST(TargetSeeds, OfFrameStreamAreMaskedForAServerAndNotForAClient) {
  const auto seeds = seeds_for("frame_stream", case_that(R"({"send": "ping"})"));
  ASSERT_EQ(seeds.size(), 5);
  EXPECT_EQ(read_frame_stream(seeds[2].bytes).receiver, Role::client);
  EXPECT_EQ(stream_of(seeds[2]), std::string("\x89\x00", 2));
  for (const Seed& seed : seeds) EXPECT_EQ(breach_of_frame_stream(seed.bytes), std::nullopt);
}

TEST(TargetSeeds, AreCompressedWhereTheCaseOffersIt) {
  const auto seeds = seeds_for(
      "frame_stream",
      case_that(R"({"send": "text", "payload": "aaaa", "deflate": true})",
                R"("handshake": {"set": {"Sec-WebSocket-Extensions": "permessage-deflate"}})"));
  ASSERT_FALSE(seeds.empty());
  EXPECT_TRUE(read_frame_stream(seeds[0].bytes).deflates);
  EXPECT_EQ(stream_of(seeds[0]).front(), '\xC1');
  for (const Seed& seed : seeds) EXPECT_EQ(breach_of_frame_stream(seed.bytes), std::nullopt);
}

TEST(TargetSeeds, ComeOnceAndLeaveOutWhatIsLong) {
  auto cases = case_that(R"({"send": "ping"})");
  cases.push_back(cases.front());
  EXPECT_EQ(seeds_for("frame_stream", cases).size(), 5);
  EXPECT_THAT(seeds_for("frame_stream", case_that(R"({"send": "ping", "times": 5000})")),
              IsEmpty());
  EXPECT_THAT(
      seeds_for("frame_stream",
                case_that(R"({"send": "binary", "payload": {"repeat": "a", "times": 100000000}})")),
      IsEmpty());
}

TEST(TargetSeeds, OfHandshakeRequestAreTheRequestsOfTheCases) {
  const auto usual = seeds_for("handshake_request", case_that(R"({"send": "ping"})"));
  ASSERT_EQ(usual.size(), 2);
  EXPECT_THAT(stream_of(usual.front()), StartsWith("GET / HTTP/1.1\r\nHost: localhost\r\n"));
  for (const Seed& seed : usual) EXPECT_EQ(breach_of_handshake_request(seed.bytes), std::nullopt);
  const auto own = seeds_for("handshake_request", case_that(R"({"request": {"method": "POST"}})"));
  EXPECT_THAT(stream_of(own.at(0)), StartsWith("POST / HTTP/1.1\r\n"));
}

TEST(TargetSeeds, AreThereForEveryTargetThatTheCasesHaveSomethingFor) {
  const auto cases = case_that(
      R"({"send": "text", "payload": "a", "deflate": true}, {"send": "binary", "payload": "00"}, {"send": "close", "code": 1000})",
      R"("handshake": {"set": {"Sec-WebSocket-Extensions": "permessage-deflate"}})");
  for (const auto& [target, seeds] : seeds_of(cases)) {
    if (target == "message") continue;  // wslay knows no permessage-deflate
    EXPECT_THAT(seeds, Not(IsEmpty())) << target;
  }
  EXPECT_THAT(seeds_for("message", case_that(R"({"send": "ping"})")), Not(IsEmpty()));
}

TEST(WriteSeeds, MakesAFileOfEachAlsoWhereNamesAreTheSame) {
  const std::filesystem::path folder = testing::TempDir() + "/wsconform_seeds";
  std::filesystem::remove_all(folder);
  write_seeds(folder / "target", {{"a", {1, 2, 0}}, {"b", {}}, {"a", {1}}});
  EXPECT_EQ(std::filesystem::file_size(folder / "target/a"), 3);
  EXPECT_EQ(std::filesystem::file_size(folder / "target/b"), 0);
  EXPECT_EQ(std::filesystem::file_size(folder / "target/a-2"), 1);
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace wsconform::target_seeds_test
