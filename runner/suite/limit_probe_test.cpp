#include "runner/suite/limit_probe.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "core/close_payload.h"
#include "core/http_head.h"
#include "runner/casebook/case.h"
#include "runner/conversation/offence_words.h"
#include "runner/conversation/request_writer.h"

namespace wsconform::limit_probe_test {
namespace {

using Kind = SizeOutcome::Kind;

constexpr std::string_view key = "dGhlIHNhbXBsZSBub25jZQ==";

const LimitedQuantity& quantity(std::string_view name) {
  return *std::ranges::find(limited_quantities(), name, &LimitedQuantity::name);
}

TargetProfile profile(std::string path = "/chat") {
  TargetProfile target;
  target.address.host = "127.0.0.1";
  target.address.port = 9001;
  target.address.path = std::move(path);
  return target;
}

std::string head_of(std::string_view name, std::uint64_t size, const TargetProfile& target) {
  return write_request(quantity(name).sized(size, target).handshake, target, key).head;
}

const SendFrame& sent(const Case& made) {
  return *as<SendFrame>(made.steps.front());
}

TEST(LimitedQuantities, HaveNamesOfTheirOwnAndRangesThatGrow) {
  std::set<std::string_view> names;
  for (const LimitedQuantity& each : limited_quantities()) {
    EXPECT_TRUE(names.insert(each.name).second) << each.name;
    EXPECT_LT(each.least, each.most) << each.name;
    EXPECT_LT(each.most, each.most_full) << each.name;
    EXPECT_GE(range_of(each, true).budget, range_of(each, false).budget) << each.name;
  }
}

TEST(SizedCase, HasAMessageOfExactlyThatSize) {
  for (const char* name :
       {"largest text message", "largest binary message", "largest fragmented message"})
    EXPECT_EQ(sent(quantity(name).sized(65537, profile())).payload.size(), 65537U) << name;
  EXPECT_EQ(sent(quantity("largest binary message").sized(1, profile())).opcode, Opcode::binary);
}

TEST(SizedCase, CutsAMessageIntoSoManyFragments) {
  const Case made = quantity("most fragments in a message").sized(1000, profile());
  EXPECT_EQ(sent(made).payload.size(), 1000U);
  EXPECT_EQ(sent(made).fragment_size, 1U);
}

TEST(SizedCase, CountsTheFormThatTheTargetTakesTextsIn) {
  TargetProfile target = profile();
  target.message = MessageForm::parse(R"({"say": {payload-as-json}})");
  for (const char* name :
       {"largest text message", "largest fragmented message", "most fragments in a message"}) {
    const Payload payload = sent(quantity(name).sized(16'384, target)).payload;
    EXPECT_EQ(target.message->filled(payload.build(), true, true).size(), 16'384U) << name;
    EXPECT_EQ(sent(quantity(name).sized(3, target)).payload.size(), 0U) << name;
  }
  EXPECT_EQ(sent(quantity("largest binary message").sized(99, target)).payload.size(), 99U);
}

TEST(SizedCase, SendsSoManyPings) {
  const Case made = quantity("most Pings in a row").sized(77, profile());
  EXPECT_EQ(sent(made).times, 77U);
  EXPECT_EQ(sent(made).opcode, Opcode::ping);
}

TEST(SizedCase, HasARequestHeadOfExactlyThatSize) {
  for (const std::uint64_t size : {1024UL, 4095UL, 4256UL, 8192UL, 8193UL, 12'345UL, 262'144UL}) {
    const std::string head = head_of("largest request head", size, profile());
    EXPECT_EQ(head.size(), size);
    EXPECT_TRUE(parse_head(head).anomalies.empty());
  }
}

TEST(SizedCase, HasSoManyHeaderFields) {
  for (const std::uint64_t count : {16UL, 100UL, 101UL})
    EXPECT_EQ(parse_head(head_of("most header fields", count, profile())).fields.size(), count);
}

TEST(SizedCase, HasAFieldLineOfExactlyThatSize) {
  const HttpHead head = parse_head(head_of("longest header field", 8190, profile()));
  EXPECT_EQ(head.fields.back().raw.size(), 8190U);
}

TEST(SizedCase, HasARequestTargetOfExactlyThatSizeOnTheSamePath) {
  for (const char* path : {"/chat", "/chat?room=1"}) {
    const TargetProfile target = profile(path);
    const HttpHead head = parse_head(head_of("longest request target", 2000, target));
    const std::string line = head.start_line;
    EXPECT_THAT(line, testing::StartsWith(std::string("GET ") + path));
    EXPECT_EQ(line.size(), std::string("GET  HTTP/1.1").size() + 2000);
    EXPECT_EQ(std::ranges::count(line, '?'), 1);
  }
}

Finished judged(Verdict verdict, Reaction reaction = {}) {
  Finished ended;
  ended.result.verdict = verdict;
  ended.outcome.reaction = std::move(reaction);
  return ended;
}

SizeOutcome outcome(const Finished& ended) {
  return outcome_of(ended, Secrets());
}

Reaction closed() {
  Reaction reaction;
  reaction.upgraded = true;
  reaction.close = SawClose{1008, encode_close_payload(1008)};
  reaction.end = StreamEnd::fin;
  return reaction;
}

Reaction refused(std::string start_line) {
  Reaction reaction;
  reaction.status = 431;
  reaction.response.emplace();
  reaction.response->status = 431;
  reaction.response->head.start_line = std::move(start_line);
  reaction.end = StreamEnd::fin;
  return reaction;
}

Reaction open_without_echo() {
  Reaction reaction;
  reaction.upgraded = true;
  reaction.open = true;
  return reaction;
}

TEST(OutcomeOf, IsTakenWhereTheCasePasses) {
  EXPECT_EQ(outcome(judged(Verdict::pass)).kind, Kind::taken);
}

TEST(OutcomeOf, TellsHowTheTargetRefused) {
  const SizeOutcome refusal = outcome(judged(Verdict::fail, closed()));
  EXPECT_EQ(refusal.kind, Kind::refused);
  EXPECT_EQ(refusal.answer, "Close 1008 (policy violation), then the end of TCP");
  EXPECT_EQ(outcome(judged(Verdict::observed)).answer, "Close 1009");
  EXPECT_EQ(outcome(judged(Verdict::fail, refused("HTTP/1.1 431 No"))).answer,
            "\"HTTP/1.1 431 No\"");
  Reaction cut;
  cut.upgraded = true;
  cut.end = StreamEnd::reset;
  EXPECT_EQ(outcome(judged(Verdict::fail, cut)).answer, "a reset of TCP without a Close");
  Finished changed = judged(Verdict::fail, open_without_echo());
  changed.outcome.ground = ground::Offended{PongToRequest{}};
  EXPECT_EQ(outcome(changed).answer, words_for(Offence(PongToRequest{})));
}

TEST(OutcomeOf, TellsSilenceFromAMessageThatIsSwallowed) {
  Finished silent = judged(Verdict::fail);
  silent.outcome.timed_out = true;
  EXPECT_EQ(outcome(silent).kind, Kind::silent);
  EXPECT_EQ(outcome(silent).answer, "silence");
  Finished swallowed = judged(Verdict::fail, open_without_echo());
  swallowed.outcome.timed_out = true;
  EXPECT_EQ(outcome(swallowed).answer, "the message does not come back, though a Ping is answered");
}

TEST(OutcomeOf, TellsNoSecret) {
  Reaction reaction = closed();
  reaction.close->payload = encode_close_payload(1008, "no sesame-open");
  Secrets secrets;
  secrets.add("sesame-open", "");
  EXPECT_EQ(outcome_of(judged(Verdict::fail, reaction), secrets).answer.find("sesame"),
            std::string::npos);
}

TEST(OutcomeOf, IsUnclearWhereNoVerdictWasReached) {
  Finished stopped = judged(Verdict::error);
  stopped.result.reason = "The run was stopped.";
  EXPECT_EQ(outcome(stopped).kind, Kind::unclear);
  EXPECT_EQ(outcome(stopped).answer, "The run was stopped");
}

}  // namespace
}  // namespace wsconform::limit_probe_test
