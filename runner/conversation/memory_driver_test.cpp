#include "runner/conversation/memory_driver.h"

#include <gtest/gtest.h>

#include "core/connection.h"
#include "core/tested_connection.h"
#include "runner/casebook/cases_from_text.h"

namespace wsconform::memory_driver_test {
namespace {

// What the targets of a run went through.
struct Record {
  std::size_t targets = 0;
  std::vector<std::size_t> pieces;  // bytes of each receive
  int ends = 0;
};

// An echo server of a few lines.
class EchoTarget : public MemoryTarget {
 public:
  EchoTarget(Record& record, Instant now) : record_(record), connection_({}, now) {
    ++record_.targets;
  }

  void receive(std::span<std::uint8_t> bytes) override {
    record_.pieces.push_back(bytes.size());
    connection_.receive(bytes);
    for (const Event& event : connection_.take_events()) {
      const auto* message = std::get_if<MessageReceived>(&event);
      if (message != nullptr) connection_.send_message(message->opcode, message->payload);
    }
  }
  void receive_end() override {
    ++record_.ends;
    connection_.receive_end();
  }
  void tick(Instant now) override { connection_.tick(now); }
  std::optional<Instant> next_deadline() const override { return connection_.next_deadline(); }
  Bytes take_output() override { return connection_.take_output(); }
  bool wants_close() const override { return connection_.wants_close(); }

 private:
  Record& record_;
  Connection connection_;
};

// Says nothing, and ends TCP so long after its beginning; zero: never.
class SilentTarget : public MemoryTarget {
 public:
  SilentTarget(Instant now, Duration life) {
    if (life > Duration::zero()) ends_ = now + life;
  }

  void receive(std::span<std::uint8_t>) override { EXPECT_FALSE(wants_close()); }
  void receive_end() override {}
  void tick(Instant now) override { over_ = ends_ && now >= *ends_; }
  std::optional<Instant> next_deadline() const override { return over_ ? std::nullopt : ends_; }
  Bytes take_output() override { return {}; }
  bool wants_close() const override { return over_; }

 private:
  std::optional<Instant> ends_;
  bool over_ = false;
};

class MemoryDriverTest : public testing::Test {
 protected:
  using NewTarget = std::function<std::unique_ptr<MemoryTarget>(Instant)>;

  MemoryDriverTest() { target_.address.host = "example.org"; }

  MemoryRun run(std::string_view steps, const NewTarget& new_target, const StreamCuts& cuts = {}) {
    const Case each = cases_from(entry_text(steps)).front();
    Pace pace;
    return run_in_memory(Conversation(each, target_, pace, 1, tested::test_start), new_target,
                         tested::test_start, cuts);
  }
  MemoryRun run_echo(std::string_view steps, const StreamCuts& cuts = {}) {
    record_ = {};
    const auto echo = [this](Instant now) { return std::make_unique<EchoTarget>(record_, now); };
    return run(steps, echo, cuts);
  }
  MemoryRun run_silent(std::string_view steps, Duration life = {}) {
    return run(steps, [life](Instant now) { return std::make_unique<SilentTarget>(now, life); });
  }

  TargetProfile target_;
  Record record_;
};

constexpr std::string_view echo = R"({"send": "text", "payload": "Hello"}, {"expect": "echo"})";

TEST_F(MemoryDriverTest, CarriesAConversationToItsEnd) {
  const MemoryRun ran = run_echo(echo);
  EXPECT_EQ(ran.result.verdict, Verdict::pass) << ran.result.reason;
  EXPECT_GT(ran.sent, 150U);
  EXPECT_GT(ran.received, 100U);
}

TEST_F(MemoryDriverTest, CutsTheStreamToTheTargetWhereItIsTold) {
  run_echo(echo);
  const std::size_t whole = record_.pieces.at(0);
  EXPECT_EQ(run_echo(echo, {.to_target_at = 10}).result.verdict, Verdict::pass);
  EXPECT_EQ(record_.pieces.at(0), 10U);
  EXPECT_EQ(record_.pieces.at(1), whole - 10);
}

TEST_F(MemoryDriverTest, CutsTheStreamFromTheTargetAnywhereWithTheSameVerdict) {
  const std::size_t received = run_echo(echo).received;
  for (std::size_t at = 1; at < received; ++at) {
    ASSERT_EQ(run_echo(echo, {.from_target_at = at}).result.verdict, Verdict::pass) << at;
  }
}

TEST_F(MemoryDriverTest, HandsOverSmallPieces) {
  const MemoryRun ran = run_echo(echo, {.chunk = 7});
  EXPECT_EQ(ran.result.verdict, Verdict::pass);
  for (const std::size_t size : record_.pieces) EXPECT_LE(size, 7U);
}

TEST_F(MemoryDriverTest, GivesEveryConnectionATargetOfItsOwn) {
  const MemoryRun ran = run_echo(R"({"expect": "open"}, {"connect": "again"}, {"expect": "open"})");
  EXPECT_EQ(ran.result.verdict, Verdict::pass) << ran.result.reason;
  EXPECT_EQ(record_.targets, 2U);
}

TEST_F(MemoryDriverTest, TellsTheTargetThatOurDirectionEnded) {
  const MemoryRun ran = run_echo(R"({"end": "send"}, {"expect": "end"})");
  EXPECT_EQ(ran.result.verdict, Verdict::pass) << ran.result.reason;
  EXPECT_EQ(record_.ends, 1);
}

TEST_F(MemoryDriverTest, LetsTimePassWhereNothingElseHappens) {
  const MemoryRun ran = run_silent(echo);
  EXPECT_EQ(ran.result.verdict, Verdict::fail);
  EXPECT_EQ(ran.result.reason, "Nothing came within 2.0 s: the connection hung.");
}

TEST_F(MemoryDriverTest, LetsTheDeadlinesOfTheTargetPassToo) {
  const MemoryRun ran =
      run_silent(R"({"request": {"finished": false}}, {"expect": "refusal", "end": "pass"})",
                 std::chrono::milliseconds(1500));
  EXPECT_EQ(ran.result.verdict, Verdict::pass) << ran.result.reason;
  EXPECT_EQ(ran.result.wire.back().says, "The target ended TCP");
  EXPECT_EQ(ran.result.wire.back().at_ms, 1500.0);
}

}  // namespace
}  // namespace wsconform::memory_driver_test
