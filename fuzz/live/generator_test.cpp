#include "fuzz/live/generator.h"

#include <gtest/gtest.h>

#include <set>

#include "core/permessage_deflate.h"
#include "fuzz/live/frames.h"

namespace wsconform::generator_test {
namespace {

TargetProfile deflating() {
  TargetProfile target;
  target.features = {std::string(permessage_deflate)};
  return target;
}

// So many sessions, of which each is answered alike.
void answer(Generator& generator, int sessions) {
  for (int n = 0; n < sessions; ++n) {
    const LiveSession session = generator.next();
    generator.learn(session, read(session), "open");
  }
}

// One to which many sessions were answered.
const Generator& answered() {
  static const Generator made = [] {
    Generator generator({}, deflating(), 1);
    answer(generator, 3000);
    return generator;
  }();
  return made;
}

std::uint64_t times_at(const Generator& generator, Place place) {
  std::uint64_t all = 0;
  for (const std::uint64_t each : generator.tried().at(static_cast<std::size_t>(place)))
    all += each;
  return all;
}

TEST(Generator, CountsAFaultBehindOurCloseThere) {
  Generator generator({}, deflating(), 1);
  SendFrame close;
  close.opcode = Opcode::close;
  SendFrame reserved;
  reserved.opcode = static_cast<Opcode>(3);
  LiveSession session;
  session.moves = {{close}, {reserved}};
  EXPECT_TRUE(generator.learn(session, read(session), "closed-none"));
  EXPECT_EQ(times_at(generator, Place::closing), 1U);
  EXPECT_EQ(times_at(generator, Place::open), 0U);
}

TEST(Generator, TriesEachRuleAtEachPlaceWhereItCanBeBroken) {
  for (const Fault& fault : faults()) {
    const auto at = [&](Place place) {
      return answered()
          .tried()
          .at(static_cast<std::size_t>(place))
          .at(static_cast<std::size_t>(fault.rule));
    };
    EXPECT_TRUE(fault.in_message || at(Place::open) > 0U) << fault.name;
    if (fault.outside) continue;
    EXPECT_GT(at(Place::in_message) + at(Place::in_compressed_message), 0U) << fault.name;
    EXPECT_TRUE(fault.in_message || at(Place::closing) > 0U) << fault.name;
  }
}

TEST(Generator, PrefersNoPlace) {
  for (const Place place : {Place::open, Place::in_message, Place::closing})
    EXPECT_GT(times_at(answered(), place), 300U) << name_of(place);
}

TEST(Generator, BuildsUponWhatIsNewAndOnThatAlone) {
  Generator generator({}, deflating(), 1);
  const LiveSession session;
  EXPECT_TRUE(generator.learn(session, read(session), "open"));
  EXPECT_FALSE(generator.learn(session, read(session), "open"));
  EXPECT_TRUE(generator.learn(session, read(session), "end"));
  EXPECT_EQ(generator.triples(), 2U);
}

// What a target lacks, and what it does not take, is not sent to it.
TEST(Generator, LeavesOutSeedsThatDoNotSuit) {
  LiveSession needs;
  needs.needs = {"cookies"};
  LiveSession binary;
  SendFrame frame;
  frame.opcode = Opcode::binary;
  binary.moves = {{frame}};
  TargetProfile target;
  target.refuses = {Opcode::binary};
  EXPECT_EQ(Generator({{}, {{needs, binary}, {{}}}}, target, 1).seeds(), 1U);
}

LiveSession of(std::string_view method) {
  LiveSession session;
  session.handshake.method = method;
  return session;
}

TEST(Generator, GivesKnownAttacksBeforeAllOthers) {
  const Seeds seeds{.attacks = {{of("A"), of("A")}, {of("A")}},
                    .others = {{of("B"), of("B"), of("B")}}};
  Generator generator(seeds, {}, 1);
  for (const std::string expected : {"A", "A", "A", "B", "B", "B"}) {
    EXPECT_EQ(generator.attacks(), expected == "A");
    EXPECT_EQ(generator.next().handshake.method, expected);
  }
  EXPECT_FALSE(generator.attacks());
}

TEST(Generator, GivesOneOfEachEntryBeforeTheSecondOfAny) {
  const Seeds seeds{.attacks = {}, .others = {{of("A"), of("A"), of("A")}, {of("B")}, {of("C")}}};
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    Generator generator(seeds, {}, seed);
    std::multiset<std::string> first;
    for (int n = 0; n < 3; ++n) first.insert(generator.next().handshake.method);
    EXPECT_EQ(first, (std::multiset<std::string>{"A", "B", "C"})) << seed;
  }
}

}  // namespace
}  // namespace wsconform::generator_test
