// The live fuzzer's sessions and its oracle, held against the reference server in memory: right,
// and with planted defects.
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <ostream>

#include "fuzz/live/finding_case.h"
#include "fuzz/live/frames.h"
#include "fuzz/live/generator.h"
#include "fuzz/live/minimising.h"
#include "fuzz/live/oracle.h"
#include "proof/reference_cases.h"
#include "proof/reference_target.h"
#include "runner/casebook/case.h"
#include "runner/casebook/case_loader.h"
#include "runner/casebook/case_writer.h"
#include "server-under-test/planted_defects.h"

namespace wsconform::live_fuzz_test {
namespace {

const Oracle& oracle() {
  static const Oracle made(reference_cases());
  return made;
}

// What came of it that is not allowed; nullopt: nothing.
std::optional<std::string> found(const LiveSession& session, const Defect* defect = nullptr) {
  const Reading reading = read(session);
  const Case made = oracle().case_of(session, reading, "fuzz/1", true);
  const MemoryRun run = judge_in_memory(made, defect);
  Finished ended;
  ended.result = run.result;
  ended.outcome = run.outcome;
  const auto cause = cause_of(session, reading, ended, true);
  if (!cause) return std::nullopt;
  return name_of(*cause) + ": " + run.result.reason;
}

// A share of all that is generated from a seed.
void expect_nothing_found(std::uint64_t seed, int count) {
  Generator generator(seeds_of(reference_cases()), reference_profile(), seed);
  for (int n = 0; n < count; ++n) {
    const LiveSession session = generator.next();
    const auto cause = found(session);
    EXPECT_EQ(cause, std::nullopt) << "seed " << seed << ", session " << n;
    generator.learn(session, read(session), cause.value_or("allowed"));
  }
}

TEST(LiveFuzz, AllowsAllThatTheReferenceServerDoes) {
  expect_nothing_found(1, 400 / WSCONFORM_ONE_IN);
}

TEST(LiveFuzz, AllowsItOfWhatItGeneratesItself) {
  Generator generator({}, reference_profile(), 2);
  for (int n = 0; n < 600 / WSCONFORM_ONE_IN; ++n) {
    const LiveSession session = generator.next();
    const auto cause = found(session);
    EXPECT_EQ(cause, std::nullopt) << "session " << n;
    generator.learn(session, read(session), "allowed");
  }
}

TEST(LiveFuzz, MakesTheSameSessionsOfTheSameSeed) {
  Generator one({}, reference_profile(), 3);
  Generator other({}, reference_profile(), 3);
  for (int n = 0; n < 100; ++n) EXPECT_EQ(one.next(), other.next());
}

// Whatever is found can be told.
TEST(LiveFuzz, MakesSessionsThatACaseCanSay) {
  Generator generator(seeds_of(reference_cases()), reference_profile(), 5);
  std::vector<Case> made;
  for (int n = 0; n < 4000 / WSCONFORM_ONE_IN; ++n) {
    LiveSession session = generator.next();
    if (n % 4 == 0)
      if (auto smaller = simpler(session); !smaller.empty()) session = smaller[smaller.size() / 2];
    const Reading reading = read(session);
    generator.learn(session, reading, "allowed");
    made.push_back(oracle().case_of(session, reading, "fuzz/s" + std::to_string(n), true));
    made.back().says = says_of(session, reading);
    made.back().because = "It is so.";
  }
  const std::string text = text_of_case_file("Found", "RFC 6455", made);
  const std::vector<Case> again = load_cases_of(JsonSource::parse("found.json", text), "fuzz");
  ASSERT_EQ(again.size(), made.size());
  for (std::size_t n = 0; n < made.size(); ++n) {
    made[n].origin = again[n].origin;
    EXPECT_EQ(again[n], made[n]) << text_of_entry(made[n]);
  }
}

// A target that is the reference server until so many connections were opened to it,
// and then takes none.
class Exhausted : public MemoryTarget {
 public:
  void receive(std::span<std::uint8_t>) override {}
  void receive_end() override {}
  void tick(Instant) override {}
  std::optional<Instant> next_deadline() const override { return std::nullopt; }
  Bytes take_output() override { return {}; }
  bool wants_close() const override { return true; }
};

// What becomes of the case of a finding that takes these sessions, once it was written and read
// again.
CaseResult played_together(std::vector<LiveSession> sessions, int connections) {
  Finding finding;
  finding.cause = {Place::open, "together", "died-late"};
  finding.sessions = std::move(sessions);
  finding.reason = "The target died.";
  const Case written = cases_of(finding, oracle(), true, 1).front();
  const std::string text = text_of_case_file("Found", "RFC 6455", {written});
  const Case read = load_cases_of(JsonSource::parse("found.json", text), written.section).front();
  int opened = 0;
  const auto target = [&](Instant now) -> std::unique_ptr<MemoryTarget> {
    if (++opened > connections) return std::make_unique<Exhausted>();
    return reference_target()(now);
  };
  const Instant begin{std::chrono::hours(1)};
  const TargetProfile profile = fresh_reference_profile();
  Pace pace;
  return run_in_memory(Conversation(read, profile, pace, 1, begin), target, begin).result;
}

// Sessions that end in each way: legal, broken, closed, refused, reset, ended, compressed.
std::vector<LiveSession> one_of_each() {
  std::vector<LiveSession> all(7);
  Random random(1);
  all[0].moves = {{any_message(false, random)}, {any_control(random)}};
  SendFrame reserved;
  reserved.opcode = static_cast<Opcode>(3);
  all[1].moves = {{reserved}};
  all[2].moves = {{any_close(random)}};
  all[3].handshake.drop = {"Sec-WebSocket-Key"};
  all[4].moves = {{any_control(random)}, {ResetStream{}}};
  all[5].moves = {{any_message(false, random)}, {EndStream{}}};
  offer_deflate(all[6]);
  all[6].moves = {{any_message(true, random)}};
  std::ranges::for_each(all, make_whole);
  return all;
}

TEST(LiveFuzz, WritesACaseOfSeveralSessionsThatPlaysThemOneBehindTheOther) {
  const std::vector<LiveSession> sessions = one_of_each();
  // A connection each, one more behind the reset, and at last the one that is to be served.
  const int connections = static_cast<int>(sessions.size()) + 2;
  const CaseResult served = played_together(sessions, connections);
  EXPECT_EQ(served.verdict, Verdict::pass) << served.reason;
  const CaseResult not_served = played_together(sessions, connections - 1);
  EXPECT_EQ(not_served.verdict, Verdict::fail) << not_served.reason;
}

struct Planted {
  const char* id = "";
};
void PrintTo(const Planted& row, std::ostream* out) {
  *out << row.id;
}

class LiveFuzzOfDefect : public testing::TestWithParam<Planted> {};

// Without the cases for seeds.
TEST_P(LiveFuzzOfDefect, IsFoundFromNothing) {
  const Defect* defect = defect_named(GetParam().id);
  ASSERT_NE(defect, nullptr);
  Generator generator({}, reference_profile(), 4);
  for (int n = 0; n < 3000; ++n)
    if (found(generator.next(), defect)) return;
  FAIL() << "not found";
}

INSTANTIATE_TEST_SUITE_P(
    Each, LiveFuzzOfDefect,
    testing::Values(Planted{"ignores-rsv3-without-extension"}, Planted{"ping-in-message-fails"},
                    Planted{"echo-last-byte-changed"}, Planted{"utf8-unfinished-end"},
                    Planted{"deflate-rsv1-on-fragments"}, Planted{"close-takes-2000"},
                    Planted{"length64-low-half"}, Planted{"messages-as-continuation"}));

}  // namespace
}  // namespace wsconform::live_fuzz_test
