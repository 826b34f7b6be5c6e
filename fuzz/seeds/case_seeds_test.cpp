#include "fuzz/seeds/case_seeds.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/frame_decoder.h"
#include "fuzz/frame_stream_property.h"
#include "fuzz/handshake_request_property.h"
#include "runner/casebook/cases_from_text.h"

namespace wsconform::case_seeds_test {
namespace {

using testing::ElementsAre;
using testing::Field;
using testing::IsEmpty;
using testing::StartsWith;

constexpr std::string_view expect = R"(, {"expect": "open"})";

std::vector<Case> case_that(const std::string& steps) {
  return cases_from(entry_text(steps + std::string(expect)));
}

auto named(const std::string& name) {
  return Field(&Seed::name, name);
}

std::string stream_of(const Seed& seed) {
  return std::string(text_of(seed.bytes).substr(2));
}

TEST(FrameStreamSeeds, AreTheFramesOfTheFirstConnection) {
  const auto seeds = frame_stream_seeds(case_that(
      R"({"send": "text", "payload": "Hello"}, {"send": "ping"}, {"connect": "again"}, {"send": "pong"})"));
  ASSERT_THAT(seeds, ElementsAre(named("s.1.a"), named("s.1.a.narrow"), named("s.1.a.to-client"),
                                 named("s.1.a.to-client.narrow")));
  std::vector<FrameDecoder::Item> items;
  FrameDecoder().feed(read_frame_stream(seeds.front().bytes).bytes, items);
  ASSERT_EQ(items.size(), 2);
  EXPECT_EQ(text_of(items[0].frame.payload), "Hello");
  EXPECT_EQ(items[1].frame.header.opcode, Opcode::ping);
  EXPECT_EQ(read_frame_stream(seeds.front().bytes).receiver, Role::server);
}

TEST(FrameStreamSeeds, AreMaskedForAServerAndNotForAClient) {
  const auto seeds = frame_stream_seeds(case_that(R"({"send": "ping"})"));
  ASSERT_THAT(seeds, ElementsAre(named("s.1.a"), named("s.1.a.narrow"), named("s.1.a.to-client"),
                                 named("s.1.a.to-client.narrow")));
  EXPECT_EQ(read_frame_stream(seeds[2].bytes).receiver, Role::client);
  EXPECT_EQ(stream_of(seeds[2]), std::string("\x89\x00", 2));
  for (const Seed& seed : seeds) EXPECT_EQ(breach_of_frame_stream(seed.bytes), std::nullopt);
}

TEST(FrameStreamSeeds, ComeOnceAndLeaveOutWhatIsLong) {
  auto cases = case_that(R"({"send": "ping"})");
  cases.push_back(cases.front());
  EXPECT_EQ(frame_stream_seeds(cases).size(), 4);
  EXPECT_THAT(frame_stream_seeds(case_that(R"({"send": "ping", "times": 5000})")), IsEmpty());
  EXPECT_THAT(frame_stream_seeds(case_that(
                  R"({"send": "binary", "payload": {"repeat": "a", "times": 100000000}})")),
              IsEmpty());
}

TEST(HandshakeRequestSeeds, AreTheRequestsOfTheCases) {
  const auto usual = handshake_request_seeds(case_that(R"({"send": "ping"})"));
  ASSERT_EQ(usual.size(), 2);
  EXPECT_THAT(stream_of(usual.front()), StartsWith("GET / HTTP/1.1\r\nHost: localhost\r\n"));
  for (const Seed& seed : usual) EXPECT_EQ(breach_of_handshake_request(seed.bytes), std::nullopt);
  const auto own = handshake_request_seeds(case_that(R"({"request": {"method": "POST"}})"));
  EXPECT_THAT(stream_of(own.at(0)), StartsWith("POST / HTTP/1.1\r\n"));
}

TEST(WriteSeeds, MakesAFileOfEach) {
  const std::filesystem::path folder = testing::TempDir() + "/wsconform_seeds";
  std::filesystem::remove_all(folder);
  write_seeds(folder / "target", {{"a", {1, 2, 0}}, {"b", {}}});
  EXPECT_EQ(std::filesystem::file_size(folder / "target/a"), 3);
  EXPECT_EQ(std::filesystem::file_size(folder / "target/b"), 0);
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace wsconform::case_seeds_test
