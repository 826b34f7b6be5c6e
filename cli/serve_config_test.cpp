#include "cli/serve_config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ostream>

#include "runner/input/input_error.h"

namespace wsconform::serve_config_test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

ServeSettings read(std::string_view text) {
  ServeSettings settings;
  read_serve_config(JsonSource::parse("folder/serve.json", text), settings);
  return settings;
}

TEST(ReadServeConfig, SetsWhatTheFileNamesAndLeavesTheRest) {
  const ServeSettings settings = read(R"({ "address": "::1", "port": 9443,
    "tls": { "certificate": "c.pem", "key": "/k.pem", "client-ca": "ca.pem" }, "subprotocols": ["chat"], "deflate": false,
    "keep-alive": 30, "limits": { "max-message": 1000 } })");
  EXPECT_EQ(settings.server.address, "::1");
  EXPECT_EQ(settings.server.port, 9443);
  EXPECT_EQ(settings.certificate, "folder/c.pem");
  EXPECT_EQ(settings.key, "/k.pem");
  EXPECT_EQ(settings.client_authorities, "folder/ca.pem");
  EXPECT_THAT(settings.server.echo.policy.subprotocols, ElementsAre("chat"));
  EXPECT_FALSE(settings.server.echo.deflate);
  EXPECT_EQ(settings.keep_alive, 30);
  EXPECT_EQ(settings.server.echo.limits.max_message, 1000U);
  EXPECT_EQ(settings.server.echo.limits.max_frame, ServeSettings().server.echo.limits.max_frame);
}

TEST(ReadServeConfig, HoldsWhatTheOptionsHold) {
  const ServeSettings settings = read(R"({ "tls": { "development": true },
    "limits": { "max-connections": 5, "max-per-address": 2, "max-waiting": 9, "max-memory": 5000000000 },
    "status": { "administrators": ["ann"] },
    "log": { "level": "warning", "form": "json", "access": "a.log", "error": "/e.log" } })");
  EXPECT_EQ(settings.log.level, LogLevel::warning);
  EXPECT_EQ(settings.log.form, LogForm::json);
  EXPECT_EQ(settings.log.access_file, "folder/a.log");
  EXPECT_EQ(settings.log.error_file, "/e.log");
  EXPECT_TRUE(settings.development_tls);
  EXPECT_EQ(settings.server.max_connections, 5U);
  EXPECT_EQ(settings.server.max_per_address, 2U);
  EXPECT_EQ(settings.server.max_waiting, 9U);
  EXPECT_EQ(settings.server.max_memory, 5'000'000'000U);
  EXPECT_TRUE(settings.server.status.served);
  EXPECT_THAT(settings.server.status.administrators, ElementsAre("ann"));
  EXPECT_FALSE(read(R"({ "status": false })").server.status.served);
}

TEST(ReadServeConfig, ReadsResourcesUnderTheirNormalPaths) {
  const auto resources = read(R"({ "resources": {
    "/": {}, "/Chat/": { "below": true, "headers": { "Set-Cookie": ["a=1", "b=2"] } },
    "/old": { "redirect": "wss://elsewhere.example/", "status": 301 } } })")
                             .resources;
  ASSERT_EQ(resources.size(), 3U);
  EXPECT_EQ(resources[1].path, "/chat");
  EXPECT_TRUE(resources[1].below);
  ASSERT_EQ(resources[1].fields.size(), 2U);
  EXPECT_EQ(resources[1].fields[1].raw, "Set-Cookie: b=2");
  EXPECT_EQ(resources[2].service, Service::redirect);
  EXPECT_EQ(resources[2].status, 301);
}

TEST(ReadServeConfig, ReadsChatsAndTheirLimits) {
  const ServeSettings settings = read(R"({ "limits": { "max-rooms": 7, "max-backlog": 4096 },
    "resources": { "/chat": { "chat": true, "below": true }, "/echo": { "chat": false } } })");
  EXPECT_EQ(settings.server.chat.rooms, 7U);
  EXPECT_EQ(settings.server.chat.backlog, 4096U);
  EXPECT_EQ(settings.resources.at(0).service, Service::chat);
  EXPECT_TRUE(settings.resources.at(0).below);
  EXPECT_EQ(settings.resources.at(1).service, Service::echo);
}

TEST(ReadServeConfig, ReadsWhomItLetsIn) {
  const ServeSettings settings =
      read(R"({ "passwords": "users", "attempts": { "most": 3, "seconds": 5 },
    "session": { "cookie": "id", "seconds": 60, "login": "/in", "logout": "/out" },
    "ticket": { "parameter": "t", "seconds": 7, "path": "/tickets" },
    "resources": { "/": { "asks-for": ["session", "ticket"],
      "origins": { "allowed": ["HTTPS://App.example:443", "own"], "required": true } } } })");
  EXPECT_EQ(settings.passwords, "folder/users");
  EXPECT_EQ(settings.authentication.attempts, 3U);
  EXPECT_EQ(settings.authentication.cookie, "id");
  EXPECT_EQ(settings.authentication.logout_path, "/out");
  EXPECT_EQ(settings.authentication.ticket_lifetime, std::chrono::seconds(7));
  const Guard& guard = settings.resources.at(0).guard;
  EXPECT_FALSE(guard.basic);
  EXPECT_TRUE(guard.session && guard.ticket && guard.origin->own && guard.origin->required);
  EXPECT_THAT(guard.origin->allowed, ElementsAre("https://app.example"));
}

struct Wrong {
  const char* name;
  const char* text;
  const char* told;
};
void PrintTo(const Wrong& row, std::ostream* out) {
  *out << row.name;
}

class AWrongServeConfig : public testing::TestWithParam<Wrong> {};

TEST_P(AWrongServeConfig, IsToldWithLineAndPointer) {
  try {
    read(GetParam().text);
    FAIL() << "taken";
  } catch (const InputError& error) {
    EXPECT_THAT(error.what(), HasSubstr(GetParam().told));
  }
}

INSTANTIATE_TEST_SUITE_P(
    Files, AWrongServeConfig,
    testing::Values(
        Wrong{"UnknownMember", "{\n \"ports\": 1 }", "folder/serve.json:1: has an unknown member"},
        Wrong{"PortTooLarge", "{\n \"port\": 65536 }", ":2: /port: "},
        Wrong{"HalfOfTls", R"({ "tls": { "key": "k" } })", "/tls: "},
        Wrong{"TwoWaysToTls",
              R"({ "tls": { "development": true, "certificate": "c", "key": "k" } })", "/tls: "},
        Wrong{"NoBytesOfMemory", R"({ "limits": { "max-memory": 0 } })", "/limits/max-memory: "},
        Wrong{"UnknownStatus", R"({ "status": { "path": "/s" } })", "/status: "},
        Wrong{"ChatThatIsNoWord", "{ \"resources\": {\n \"/\": { \"chat\": \"yes\" } } }",
              "folder/serve.json:2: /resources/~1/chat: "},
        Wrong{"ChatThatRedirects",
              R"({ "resources": { "/": { "redirect": "/a", "chat": true } } })", "/resources/~1: "},
        Wrong{"NoRoom", R"({ "limits": { "max-rooms": 0 } })", "/limits/max-rooms: "},
        Wrong{"NoPath", R"({ "resources": { "chat": {} } })", "/resources/chat: is not a path"},
        Wrong{"PathWithQuery", R"({ "resources": { "/a?b": {} } })", "is not a path"},
        Wrong{"PathTwice", R"({ "resources": { "/a": {}, "/A/": {} } })", "another spelling"},
        Wrong{"UnknownWay", R"({ "resources": { "/": { "asks-for": ["digest"] } } })",
              "/resources/~1/asks-for/0: "},
        Wrong{"OriginWithPath",
              R"({ "resources": { "/": { "origins": { "allowed": ["https://a.example/"] } } } })",
              "/origins/allowed/0: is not an origin"},
        Wrong{"OriginWithoutScheme",
              R"({ "resources": { "/": { "origins": { "allowed": ["a.example"] } } } })",
              "/origins/allowed/0: is not an origin"},
        Wrong{"StatusOfNoRedirect",
              R"({ "resources": { "/": { "redirect": "/a", "status": 300 } } })",
              "/resources/~1/status: "},
        Wrong{"RedirectToNothing", R"({ "resources": { "/": { "redirect": "ftp://a" } } })",
              "/redirect: is neither"},
        Wrong{"HeaderOverTwoLines",
              R"({ "resources": { "/": { "headers": { "A": "b\r\nC: d" } } } })",
              "/headers/A: contains"},
        Wrong{"CookieNoToken", R"({ "session": { "cookie": "a b" } })",
              "/session/cookie: is not a token"},
        Wrong{"NoJson", "{ port: 1 }", "folder/serve.json:1: "}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(SiteOf, NeedsPasswordsWhereAResourceAsksForThem) {
  EXPECT_THROW(site_of(read(R"({ "resources": { "/": { "asks-for": ["basic"] } } })")), UsageError);
}

TEST(SiteOf, NeedsPasswordsForAdministrators) {
  EXPECT_THROW(site_of(read(R"({ "status": { "administrators": ["ann"] } })")), UsageError);
}

TEST(SiteOf, HasChatsInThePlaceOfWhatIsThereByDefault) {
  ServeSettings settings;
  settings.chats = {"/chat", "/"};
  const auto site = site_of(settings);
  EXPECT_EQ(site->find("/Chat/garden/")->path, "/chat");
  EXPECT_EQ(site->find("/chat")->service, Service::chat);
  EXPECT_EQ(site->find("/other")->service, Service::chat);
}

TEST(SiteOf, EchoesEverywhereByDefault) {
  const auto site = site_of({});
  EXPECT_NE(site->find("/any/where"), nullptr);
  EXPECT_EQ(site->authentication(), nullptr);
}

}  // namespace
}  // namespace wsconform::serve_config_test
