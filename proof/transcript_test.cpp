#include "proof/transcript.h"

#include <gtest/gtest.h>

#include <string>

namespace wsconform::transcript_test {
namespace {

using std::chrono::seconds;

// How a target behaves; each row below differs from the first in one way.
struct Manner {
  std::string name;
  std::string greeting = "hello";
  std::string reply = "echo";
  std::string last_word = "bye";
  std::string on_tick = "tick";
  bool closes = true;  // once its peer has ended
  std::optional<Duration> waits = seconds(5);
  std::size_t connections = 2;  // that it greets
};
void PrintTo(const Manner& row, std::ostream* out) {
  *out << row.name;
}

class MannerlyTarget : public MemoryTarget {
 public:
  MannerlyTarget(const Manner& manner, bool greets, Instant now)
      : manner_(manner), began_(now), output_(to_bytes(greets ? manner.greeting : "")) {}

  void receive(std::span<std::uint8_t> bytes) override {
    bytes[0] = 0;  // it may change them
    say(manner_.reply);
  }
  void receive_end() override {
    ended_ = true;
    say(manner_.last_word);
  }
  void tick(Instant) override { say(manner_.on_tick); }
  std::optional<Instant> next_deadline() const override {
    return manner_.waits ? std::optional(began_ + *manner_.waits) : std::nullopt;
  }
  Bytes take_output() override { return std::exchange(output_, {}); }
  bool wants_close() const override { return ended_ && manner_.closes; }

 private:
  void say(const std::string& words) {
    const Bytes bytes = to_bytes(words);
    output_.insert(output_.end(), bytes.begin(), bytes.end());
  }

  const Manner& manner_;
  Instant began_;
  Bytes output_;
  bool ended_ = false;
};

Transcript::NewTarget targets_of(const Manner& manner) {
  return [&manner, made = std::size_t{0}](Instant now) mutable {
    return std::make_unique<MannerlyTarget>(manner, made++ < manner.connections, now);
  };
}

// All that a driver can do, on two connections.
void converse(const Transcript::NewTarget& targets) {
  const Instant now{};
  for (int i = 0; i < 2; ++i) {
    const auto target = targets(now);
    Bytes request = to_bytes("request");
    target->take_output();
    target->receive(request);
    target->take_output();
    target->next_deadline();
    target->tick(now + seconds(1));
    target->take_output();
    target->receive_end();
    target->wants_close();
    target->take_output();
  }
}

constexpr std::size_t much = 64 * 1024;

class OtherManner : public testing::TestWithParam<Manner> {};

TEST_P(OtherManner, DoesNotFollowTheTranscript) {
  const Manner manner;
  Transcript transcript;
  converse(transcript.written_for(targets_of(manner), much));
  ASSERT_TRUE(transcript.is_whole());
  EXPECT_FALSE(transcript.is_followed_by(targets_of(GetParam())));
}

INSTANTIATE_TEST_SUITE_P(Each, OtherManner,
                         testing::Values(Manner{.name = "Greeting", .greeting = "hi"},
                                         Manner{.name = "Reply", .reply = "echo!"},
                                         Manner{.name = "LastWord", .last_word = ""},
                                         Manner{.name = "Tick", .on_tick = ""},
                                         Manner{.name = "Close", .closes = false},
                                         Manner{.name = "Deadline", .waits = seconds(6)},
                                         Manner{.name = "NoDeadline", .waits = std::nullopt},
                                         Manner{.name = "SecondConnection", .connections = 1}),
                         [](const auto& row) { return row.param.name; });

TEST(Transcript, IsFollowedByTargetsThatSayTheSameAndMoreThanOnce) {
  const Manner manner;
  Transcript transcript;
  converse(transcript.written_for(targets_of(manner), much));
  EXPECT_TRUE(transcript.is_followed_by(targets_of(manner)));
  EXPECT_TRUE(transcript.is_followed_by(targets_of(manner)));
}

TEST(Transcript, IsNotWholeWhereMoreThanItsMostWasSaid) {
  const Manner talker{.name = {}, .reply = std::string(2 * much, 'x')};
  Transcript transcript;
  converse(transcript.written_for(targets_of(talker), much));
  EXPECT_FALSE(transcript.is_whole());
}

}  // namespace
}  // namespace wsconform::transcript_test
