#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "core/base64.h"
#include "core/deflate.h"
#include "server-under-test/tested_server.h"

namespace wsconform::server_chat_test {
namespace {

using namespace std::chrono_literals;
using tested::Client;
using testing::HasSubstr;
using enum Opcode;

std::chrono::sys_seconds clock() {
  return {};
}

// A server with a chat at /chat and at each path below it, and one at /known that asks
// who its members are.
class AChat : public tested::ServerTest {
 protected:
  static ServerOptions options() {
    AuthenticationOptions known{.key = std::string(32, 'k')};
    for (const char* user : {"ann", "bob"})
      known.accounts.add(user, hash_password("sesame", {.log_n = 4, .r = 1}, "saltsalt"));
    ServerOptions options;
    options.echo.site = std::make_shared<Site>(
        clock,
        std::vector<Resource>{
            {.below = true},
            {.path = "/chat", .below = true, .service = Service::chat},
            {.path = "/known", .service = Service::chat, .guard = {.basic = true}}},
        std::make_shared<Authentication>(std::move(known), clock));
    return options;
  }
  void begin(ServerOptions options = AChat::options()) { port_ = start(std::move(options)); }
  std::unique_ptr<Client> enter(const std::string& room, const std::string& field = "X: y") const {
    auto client = std::make_unique<Client>(port_);
    std::string request = request_and(field);
    EXPECT_EQ(client->open(request.replace(request.find("/chat"), 5, room)), 101);
    return client;
  }
  std::unique_ptr<Client> enter_as(const std::string& user) const {
    return enter("/known", "Authorization: Basic " + base64_encode(user + ":sesame"));
  }
  std::string ask(const std::string& path) const {
    Client client(port_);
    client.send(bytes_of("GET " + path + " HTTP/1.1\r\nHost: h\r\n\r\n"));
    return client.rest();
  }

  std::uint16_t port_ = 0;
};

TEST_F(AChat, CarriesMessagesToAllWhoAreInTheRoom) {
  begin();
  const auto a = enter("/chat");
  const auto b = enter("/CHAT/");
  const auto other = enter("/chat/garden");
  const auto echo = enter("/echo");
  a->send(masked(text, "Hello"));
  for (Client* each : {a.get(), b.get()}) EXPECT_EQ(each->frames(7), Lines{"text 'Hello'"});
  b->send(joined({masked(binary, "x", false), masked(continuation, "y")}));
  for (Client* each : {a.get(), b.get()}) EXPECT_EQ(each->frames(4), Lines{"binary 'xy'"});
  other->send(masked(text, "Trees"));
  EXPECT_EQ(other->frames(7), Lines{"text 'Trees'"});
  echo->send(masked(text, "alone"));
  EXPECT_EQ(echo->frames(7), Lines{"text 'alone'"});
}

TEST_F(AChat, AnswersACloseBehindWhatWasSaid) {
  begin();
  const auto a = enter("/chat");
  const auto b = enter("/chat");
  a->send(joined({masked(text, "last"), masked(ping, "p"), masked_close(1000)}));
  EXPECT_EQ(a->frames_to_end(), (Lines{"text 'last'", "pong 'p'", "close 1000 ''"}));
  b->send(joined({masked(text, "alone"), masked_close(1000)}));
  EXPECT_EQ(b->frames_to_end(), (Lines{"text 'last'", "text 'alone'", "close 1000 ''"}));
}

TEST_F(AChat, DeflatesForThoseWhoAgreedToIt) {
  begin();
  const auto a = enter("/chat", "Sec-WebSocket-Extensions: permessage-deflate");
  const auto b = enter("/chat");
  const std::string words(1000, 'x');
  b->send(masked(text, words));
  EXPECT_EQ(b->frames(1004), Lines{"text " + tested::quoted(bytes_of(words))});
  Bytes deflated;
  Deflater().deflate(bytes_of(words), deflated);
  Frame frame{header_for(text, deflated.size()), deflated};
  frame.header.rsv1 = true;
  EXPECT_EQ(a->frames(2 + deflated.size()), lines_of_frames(encode(frame)));
  a->send(masked_close(1000));
  EXPECT_EQ(a->frames_to_end(), Lines{"close 1000 ''"});
}

TEST_F(AChat, NamesWhoIsKnown) {
  begin();
  const auto ann = enter_as("ann");
  EXPECT_EQ(ann->frames(10), Lines{"text 'ann came'"});
  const auto bob = enter_as("bob");
  ann->send(masked(text, "Hello"));
  for (Client* each : {ann.get(), bob.get()})
    EXPECT_EQ(each->frames(22), (Lines{"text 'bob came'", "text 'ann: Hello'"}));
  bob->send(masked_close(1000));
  EXPECT_EQ(ann->frames(10), Lines{"text 'bob left'"});
}

TEST_F(AChat, TakesNoMessageThatIsTooLarge) {
  begin();
  const auto a = enter("/chat");
  const auto b = enter("/chat");
  a->send(masked(binary, std::string(max_chat_message + 1, 'x')));
  EXPECT_EQ(a->frames_to_end(), Lines{"close 1009 'A room takes no message so large.'"});
  b->send(masked_close(1000));
  EXPECT_EQ(b->frames_to_end(), Lines{"close 1000 ''"});
}

TEST_F(AChat, HasSoManyRoomsAtMost) {
  ServerOptions few = options();
  few.chat.rooms = 1;
  begin(std::move(few));
  const auto a = enter("/chat");
  Client beyond(port_);
  EXPECT_EQ(beyond.open(request_with("/chat", "/chat/b")), 503);
  EXPECT_THAT(beyond.rest(), HasSubstr("Too many rooms are open."));
  enter("/chat");
}

TEST_F(AChat, TellsItsMembersThatTheServerGoesAwayBehindWhatWasSaid) {
  begin();
  const auto a = enter("/chat");
  a->send(masked(text, "last"));
  EXPECT_EQ(a->frames(6), Lines{"text 'last'"});
  shut_down();
  a->send(masked_close(1001));
  EXPECT_EQ(a->frames_to_end(), Lines{"close 1001 'the server goes away'"});
  a->end();
  wait_for_its_end();
}

TEST_F(AChat, IsSeenInStatusAndMetrics) {
  begin();
  const auto a = enter("/chat/garden");
  const auto b = enter("/chat/garden");
  a->send(masked(text, "Hello"));
  b->frames(7);
  const std::string metrics = ask("/metrics");
  for (const char* line :
       {"wsconform_rooms 1\n", "wsconform_room_members 2\n", "wsconform_room_messages_total 1\n"})
    EXPECT_THAT(metrics, HasSubstr(line));
  EXPECT_THAT(metrics, testing::Not(HasSubstr("garden")));
  EXPECT_THAT(ask("/chat/garden"), HasSubstr("A room of a chat is served here"));
}

// Two in a room, one of whom reads nothing while the other says more than is kept for it.
class ASlowReader : public AChat {
 protected:
  // What comes last to the slow one.
  std::string last_to_the_slow(ServerOptions options) {
    begin(std::move(options));
    const auto slow = enter("/chat");
    const auto quick = enter("/chat");
    const std::string words(256 * 1024, 'x');
    const Lines once{"binary " + tested::quoted(bytes_of(words))};
    for (int i = 0; i < 100; ++i) {
      quick->send(masked(binary, words));
      EXPECT_EQ(quick->frames(words.size() + 10), once);
    }
    slow->send(masked_close(1008));
    const Lines lines = slow->frames_to_end();
    for (std::size_t i = 0; i + 1 < lines.size(); ++i) EXPECT_EQ(lines[i], once[0]);
    return lines.empty() ? "nothing" : lines.back();
  }
};

TEST_F(ASlowReader, IsClosedAndTheOthersHearAll) {
  ServerOptions impatient = options();
  impatient.chat = {.backlog = 600 * 1024, .patience = 10ms};
  EXPECT_EQ(last_to_the_slow(std::move(impatient)),
            "close 1008 'The room's messages are read too slowly.'");
}

TEST_F(ASlowReader, IsClosedWhereThereIsNoMemoryForItsRoom) {
  ServerOptions small = options();
  small.max_memory = 4 * 1024 * 1024;
  small.chat.backlog = SIZE_MAX;
  EXPECT_EQ(last_to_the_slow(std::move(small)), "close 1013 'The server has no memory left.'");
}

// A reader that is slow for a while only loses nothing: whoever speaks waits for it.
TEST_F(AChat, WaitsForWhoIsBehindForAWhile) {
  ServerOptions patient = options();
  patient.chat = {.backlog = 600 * 1024, .patience = 1h};
  begin(std::move(patient));
  const auto slow = enter("/chat");
  const auto quick = enter("/chat");
  const std::string words(256 * 1024, 'x');
  constexpr int times = 100;
  std::thread speaker([&] {
    for (int i = 0; i < times; ++i) quick->send(masked(binary, words));
    quick->send(masked_close(1000));
  });
  std::thread reader([&] { EXPECT_EQ(quick->frames_to_end().size(), times + 1U); });
  for (int i = 0; i < times; ++i) EXPECT_EQ(slow->frames(words.size() + 10).size(), 1U);
  speaker.join();
  reader.join();
}

}  // namespace
}  // namespace wsconform::server_chat_test
