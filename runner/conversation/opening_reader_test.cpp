#include "runner/conversation/opening_reader.h"

#include <gtest/gtest.h>

#include <utility>

#include "core/for_each_split.h"
#include "core/tested_connection.h"
#include "runner/conversation/offence_words.h"

namespace wsconform::opening_reader_test {
namespace {

using tested::joined;
using tested::Lines;

const Bytes upgrade = to_bytes("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n");

struct ObservationLine {
  std::string operator()(const SawRequest& saw) const { return "request " + saw.head.start_line; }
  std::string operator()(const SawResponse& saw) const {
    return "response " + std::to_string(saw.status) + (saw.body.empty() ? "" : " " + saw.body);
  }
  std::string operator()(const SawInterim& saw) const {
    return "interim " + std::to_string(saw.status);
  }
  std::string operator()(const SawStray& saw) const { return "stray " + std::to_string(saw.size); }
  std::string operator()(const Offence& saw) const { return "offence: " + words_for(saw); }
};

// A reader in the hands of a test: what it observes comes out as lines.
class ObservedOpening {
 public:
  explicit ObservedOpening(Role under_test = Role::server) : reader(under_test, log) {}

  // How many of the bytes were taken.
  std::size_t receive(ByteView bytes) {
    const std::size_t taken = reader.receive(bytes, tested::test_start);
    take();
    return taken;
  }
  std::size_t receive(std::string_view text) { return receive(bytes_of(text)); }
  void receive_end() {
    reader.receive_end(tested::test_start);
    take();
  }
  Lines seen() { return std::exchange(seen_, {}); }

  WireLog log{tested::test_start};
  OpeningReader reader;

 private:
  void take() {
    for (const OpeningObservation& each : reader.take_seen())
      seen_.push_back(std::visit(ObservationLine{}, each));
  }

  Lines seen_;
};

struct Row {
  std::string_view name;
  Bytes stream;
  Lines seen;
};
void PrintTo(const Row& row, std::ostream* out) {
  *out << row.name;
}

class OpeningOfAServer : public testing::TestWithParam<Row> {};

TEST_P(OpeningOfAServer, IsObservedTheSameHoweverItIsCut) {
  for_each_split(GetParam().stream, [](const std::vector<ByteView>& pieces) {
    ObservedOpening target;
    for (const ByteView piece : pieces) target.receive(piece);
    ASSERT_EQ(target.seen(), GetParam().seen) << "in " << pieces.size() << " pieces";
  });
}

const Row rows[] = {
    {"Upgrade", upgrade, {"response 101"}},
    {"UpgradeWithoutAReason",
     to_bytes("HTTP/1.1 101\r\nUpgrade: websocket\r\n\r\n"),
     {"response 101"}},
    {"RefusalWithoutAReason",
     to_bytes("HTTP/1.1 400\r\nContent-Length: 0\r\n\r\n"),
     {"response 0"}},
    {"NoStatusLine", to_bytes("hello\r\n\r\n"), {}},
    {"Refusal",
     to_bytes("HTTP/1.1 400 Bad Request\r\nContent-Length: 2\r\n\r\nno"),
     {"response 400 no"}},
    {"RefusalWithoutBody",
     to_bytes("HTTP/1.1 426 Upgrade Required\r\nContent-Length: 0\r\n\r\n"),
     {"response 426"}},
    {"RefusalInChunks",
     to_bytes("HTTP/1.1 400 B\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nno\r\n0\r\n\r\n"),
     {"response 400 no"}},
    {"InterimResponseBefore",
     joined({to_bytes("HTTP/1.1 100 Continue\r\n\r\n"), upgrade}),
     {"interim 100", "response 101"}},
    {"BodyThatCannotBeToldApart",
     to_bytes("HTTP/1.1 400 B\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nn"),
     {"offence: The target sent a response whose body has no recognisable end (RFC 9112 §6, "
      "§7.1)"}},
};
INSTANTIATE_TEST_SUITE_P(Of, OpeningOfAServer, testing::ValuesIn(rows),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(OpeningReader, LeavesWhatComesBehindA101) {
  ObservedOpening target;
  const Bytes wire = joined({upgrade, to_bytes("frames")});
  EXPECT_EQ(target.receive(wire), upgrade.size());
  EXPECT_TRUE(target.reader.upgraded());
}

TEST(OpeningReader, CompletesABodyThatTheEndOfTheStreamDelimits) {
  ObservedOpening target;
  target.receive("HTTP/1.1 400 Bad Request\r\n\r\nno");
  EXPECT_EQ(target.seen(), Lines{});
  target.receive_end();
  EXPECT_EQ(target.seen(), Lines{"response 400 no"});
}

TEST(OpeningReader, DoesNotCompleteABodyThatEndsTooEarly) {
  ObservedOpening target;
  target.receive("HTTP/1.1 400 Bad Request\r\nContent-Length: 3\r\n\r\nno");
  target.receive_end();
  EXPECT_EQ(target.seen(), Lines{});
  EXPECT_TRUE(target.reader.begun());
}

TEST(OpeningReader, KnowsThatAResponseToHeadHasNoBody) {
  ObservedOpening target;
  target.reader.sent_method("HEAD");
  target.receive("HTTP/1.1 405 No\r\nContent-Length: 3\r\n\r\n");
  EXPECT_EQ(target.seen(), Lines{"response 405"});
}

TEST(OpeningReader, SeesBytesAfterARefusal) {
  ObservedOpening target;
  target.receive("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\nHTTP");
  target.receive("/1.1");
  EXPECT_EQ(target.seen(), (Lines{"response 400", "stray 4", "stray 4"}));
}

TEST(OpeningReader, GivesEachHeadOnceThoughItsBodyNeverEnds) {
  ObservedOpening target;
  target.receive("HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\n");
  EXPECT_EQ(target.reader.take_head()->start_line, "HTTP/1.1 103 Early Hints");
  EXPECT_FALSE(target.reader.take_head());
  target.receive("Content-Length: 9\r\n\r\nbegun");
  EXPECT_EQ(target.reader.take_head()->start_line, "HTTP/1.1 200 OK");
  EXPECT_FALSE(target.reader.take_head());
}

TEST(OpeningReader, KnowsThatAResponseHasBegun) {
  ObservedOpening target;
  EXPECT_FALSE(target.reader.begun());
  target.receive("H");
  EXPECT_TRUE(target.reader.begun());
}

TEST(OpeningReader, BoundsTheHeadThatItTakes) {
  ObservedOpening target;
  target.receive("HTTP/1.1 400 B\r\n");
  for (int i = 0; i < 70; ++i) target.receive(std::string(1000, 'a'));
  EXPECT_EQ(target.seen().front(),
            "offence: The target sent more than 65536 bytes of a response head");
  EXPECT_FALSE(target.reader.upgraded());
}

constexpr std::string_view request = "GET / HTTP/1.1\r\nHost: example.org\r\n\r\n";

TEST(OpeningReader, ReadsTheRequestOfAClientHoweverItIsCut) {
  for_each_split(bytes_of(request), [](const std::vector<ByteView>& pieces) {
    ObservedOpening target(Role::client);
    for (const ByteView piece : pieces) target.receive(piece);
    ASSERT_EQ(target.seen(), Lines{"request GET / HTTP/1.1"})
        << "in " << pieces.size() << " pieces";
  });
}

TEST(OpeningReader, TakesWhatAClientSendsForFramesOnceItWasAccepted) {
  ObservedOpening target(Role::client);
  target.receive(std::string(request) + "early");
  EXPECT_EQ(target.seen(), (Lines{"request GET / HTTP/1.1", "stray 5"}));
  EXPECT_FALSE(target.reader.upgraded());
  target.reader.accepted();
  EXPECT_TRUE(target.reader.upgraded());
  EXPECT_EQ(target.receive("frames"), 0U);
}

TEST(OpeningReader, BoundsTheHeadOfAClient) {
  ObservedOpening target(Role::client);
  target.receive("GET / HTTP/1.1\r\n");
  for (int i = 0; i < 70; ++i) target.receive(std::string(1000, 'a'));
  EXPECT_EQ(target.seen().front(),
            "offence: The target sent more than 65536 bytes of a request head");
}

}  // namespace
}  // namespace wsconform::opening_reader_test
