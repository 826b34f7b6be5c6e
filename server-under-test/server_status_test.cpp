#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "server-under-test/tested_server.h"

namespace wsconform::server_status_test {
namespace {

using nlohmann::json;
using tested::Client;
using testing::HasSubstr;
using testing::StartsWith;
using enum Opcode;

// What a server tells of itself and of its clients.
class ServerStatusTest : public tested::ServerTest {
 protected:
  void SetUp() override { port_ = start(options_); }
  std::string ask(const std::string& path) const {
    Client client(port_);
    client.send(bytes_of("GET " + path + " HTTP/1.1\r\nHost: h\r\n\r\n"));
    return client.rest();
  }
  json status() const {
    const std::string answer = ask("/status.json");
    return json::parse(answer.substr(answer.find("\r\n\r\n")));
  }

  ServerOptions options_;
  std::uint16_t port_ = 0;
};

TEST_F(ServerStatusTest, TellsOfAClientWhatItSaidAndAgreedOn) {
  Client client(port_);
  client.open(request_with("GET /chat", "GET /a?ticket=secret"));
  client.send(joined({masked(text, "Hello"), masked(binary, "12345678")}));
  client.frames(17);
  const json known = status();
  ASSERT_EQ(known["page"].size(), 1U);
  const json& row = known["page"][0];
  EXPECT_EQ(row["address"], "127.0.0.1");
  EXPECT_EQ(row["path"], "/a");
  EXPECT_EQ(row["extension"], "");
  EXPECT_EQ(row["received"], json::parse(R"({ "messages": 2, "bytes": 13 })"));
  EXPECT_EQ(row["sent"], row["received"]);
  EXPECT_EQ(known["since-start"]["sent"], row["sent"]);
  EXPECT_EQ(known["clients"], 1);
}

TEST_F(ServerStatusTest, TellsTheExtensionAsItWasAgreed) {
  Client client(port_);
  client.open(request_and("Sec-WebSocket-Extensions: permessage-deflate"));
  EXPECT_EQ(status()["page"][0]["extension"], "permessage-deflate");
}

TEST_F(ServerStatusTest, CountsWhatIsOverToo) {
  Client client(port_);
  client.open();
  client.send(joined({masked(text, "Hello"), masked_close(1001)}));
  client.rest();
  ask("/healthz");
  client.end();
  json since_start;
  do {
    since_start = status()["since-start"];
  } while (!since_start["closes"].contains("1001"));
  EXPECT_EQ(since_start["answers"]["101"], 1);
  EXPECT_EQ(since_start["received"]["bytes"], 5);
  EXPECT_GE(since_start["answers"]["200"], 1);
}

TEST_F(ServerStatusTest, IsThereForMetricsAndHealthToo) {
  EXPECT_THAT(ask("/status"), HasSubstr("Nobody is connected."));
  EXPECT_THAT(ask("/metrics"), HasSubstr("\nwsconform_clients 0\n"));
  EXPECT_THAT(ask("/healthz"), StartsWith("HTTP/1.1 200"));
}

TEST_F(ServerStatusTest, LeavesAPathWhereTheSiteServesSomethingElse) {
  ServerOptions options;
  options.echo.site = std::make_shared<Site>([] { return std::chrono::sys_seconds(); });
  options.echo.site->add({.path = "/metrics", .service = Service::page, .page = [](auto&) {
                            return content("text/plain", "mine");
                          }});
  boost::asio::io_context context;
  Server server(context, options);
  server.start();
  EXPECT_EQ(options.echo.site->answer({.method = "GET", .target = "/metrics"}).body, "mine");
  EXPECT_THAT(options.echo.site->answer({.method = "GET", .target = "/healthz"}).body, "ok\n");
}

// Its page has a button for each.
class AnAdministrator : public ServerStatusTest {
 protected:
  void SetUp() override {
    const auto clock = [] { return std::chrono::sys_seconds(); };
    AuthenticationOptions known{.key = std::string(32, 'k')};
    known.accounts.add("ann", hash_password("sesame", {.log_n = 4, .r = 1}, "saltsalt"));
    options_.echo.site = std::make_shared<Site>(
        clock, std::vector<Resource>{{.path = "/chat", .guard = {.basic = true}}, {.below = true}},
        std::make_shared<Authentication>(std::move(known), clock));
    ServerStatusTest::SetUp();
  }
};

TEST_F(AnAdministrator, ClosesAClient) {
  Client client(port_);
  client.open(request_with("/chat", "/"));
  Client administrator(port_);
  const std::string form = "id=1&user=ann&password=sesame";
  administrator.send(bytes_of("POST /status/close HTTP/1.1\r\nHost: h\r\nContent-Length: " +
                              std::to_string(form.size()) + "\r\n\r\n" + form));
  EXPECT_THAT(administrator.rest(), StartsWith("HTTP/1.1 303"));
  client.send(masked_close(1008));
  EXPECT_EQ(client.frames_to_end(), tested::Lines{"close 1008 'closed by an administrator'"});
}

// New options of a server that runs.
TEST_F(ServerStatusTest, HoldForWhoComesThen) {
  Client before(port_);
  before.open();
  ServerOptions options;
  options.max_connections = 1;
  options.echo.site = std::make_shared<Site>([] { return std::chrono::sys_seconds(); },
                                             std::vector<Resource>{{.path = "/new"}});
  in_its_thread([&](Server& server) {
    server.use(options);
    return true;
  });
  before.send(masked(text, "still"));
  EXPECT_EQ(before.frames(7), tested::Lines{"text 'still'"});
  Client elsewhere(port_);
  EXPECT_EQ(elsewhere.open(), 404);
  Client beyond(port_);
  EXPECT_EQ(beyond.open(request_with("/chat", "/new")), 503);
  EXPECT_EQ(status()["max-clients"], 1);
}

TEST_F(AnAdministrator, SeesUsersShownOutWhoHaveNoPasswordAnyMore) {
  const auto clock = [] { return std::chrono::sys_seconds(); };
  AuthenticationOptions known{.key = std::string(32, 'k')};
  known.accounts.add("bob", hash_password("sesame", {.log_n = 4, .r = 1}, "saltsalt"));
  Client client(port_);
  ASSERT_EQ(client.open(request_and("Authorization: Basic YW5uOnNlc2FtZQ==")), 101);
  ServerOptions options;
  options.echo.site =
      std::make_shared<Site>(clock, std::vector<Resource>{{.below = true}},
                             std::make_shared<Authentication>(std::move(known), clock));
  in_its_thread([&](Server& server) {
    server.use(options);
    return true;
  });
  client.send(masked_close(1008));
  EXPECT_EQ(client.frames_to_end(),
            tested::Lines{"close 1008 'the user has no password any more'"});
}

}  // namespace
}  // namespace wsconform::server_status_test
