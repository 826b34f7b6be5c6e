#include "runner/target/profile_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "runner/input/input_error.h"

namespace wsconform::profile_file_test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<DeclaredTarget> read(std::string_view text) {
  return targets_of(JsonSource::parse("folder/wsconform.json", text));
}

TEST(TargetsOf, ReadsOneTargetAtTheRoot) {
  const auto targets = read(R"({ "url": "ws://127.0.0.1:9001/chat" })");
  ASSERT_EQ(targets.size(), 1U);
  EXPECT_EQ(targets[0].name, "ws://127.0.0.1:9001/chat");
  EXPECT_EQ(targets[0].url, "ws://127.0.0.1:9001/chat");
  EXPECT_EQ(targets[0].exec, "");
  EXPECT_EQ(targets[0].known_failing, "");
  EXPECT_EQ(targets[0].pointer, "");
}

TEST(TargetsOf, ReadsAListOfTargetsInItsOrder) {
  const auto targets = read(R"({ "targets": [
    { "name": "b", "url": "ws://h/" }, { "name": "a", "url": "ws://h/" } ] })");
  ASSERT_EQ(targets.size(), 2U);
  EXPECT_EQ(targets[0].name, "b");
  EXPECT_EQ(targets[1].pointer, "/targets/1");
}

TEST(TargetsOf, ReadsHowTheTargetIsReached) {
  const auto target =
      read(R"({ "name": "n", "url": "ws://127.0.0.1:{port}/", "exec": "serve {port}",
    "headers": { "X-One": "a ", "X-Two": ["b", "c"] }, "subprotocols": ["chat"],
    "features": ["tls"], "known-failing": "known.txt",
    "limits": { "max-message": 1000, "max-frame": 500 } })")[0];
  EXPECT_EQ(target.exec, "serve {port}");
  ASSERT_EQ(target.headers.size(), 3U);
  EXPECT_EQ(target.headers[0].value, "a");
  EXPECT_EQ(target.headers[2].raw, "X-Two: c");
  EXPECT_THAT(target.subprotocols, ElementsAre("chat"));
  EXPECT_THAT(target.features, ElementsAre("tls"));
  EXPECT_EQ(target.known_failing, "folder/known.txt");
  EXPECT_EQ(target.limits.max_message, 1000U);
  EXPECT_EQ(target.limits.max_frame, 500U);
}

TEST(TargetsOf, ReadsTheFormOfMessages) {
  const auto target = read(R"({ "url": "ws://h/", "message": "{payload}." })")[0];
  ASSERT_TRUE(target.message);
  EXPECT_EQ(text_of(target.message->filled(bytes_of("a"), true, true)), "a.");
  EXPECT_EQ(target.limits.text_form, 1U);
}

TEST(TargetsOf, ReadsWhoVouchesForATlsTarget) {
  const auto target = read(R"({ "url": "wss://h/", "ca": "ca.pem" })")[0];
  EXPECT_EQ(target.trust.authorities, "folder/ca.pem");
  EXPECT_TRUE(read(R"({ "url": "wss://h/", "insecure": true })")[0].trust.anything);
}

TEST(TargetsOf, ReadsHowOneLogsIn) {
  const TargetPolicy policy = read(R"({ "url": "ws://h/", "policy": {
    "cookie": { "name": "id", "login": { "path": "/login", "body": "a=b" } },
    "ticket": { "parameter": "t", "login": { "method": "GET", "path": "/t",
      "headers": { "Authorization": "Basic eA==" }, "find": "/data/ticket" } } } })")[0]
                                  .policy;
  ASSERT_TRUE(policy.cookie->login && policy.ticket->login);
  EXPECT_EQ(policy.cookie->login->method, "POST");
  EXPECT_EQ(policy.cookie->login->place, Login::Place::set_cookie);
  EXPECT_EQ(policy.cookie->login->name, "id");
  EXPECT_EQ(policy.cookie->login->body, "a=b");
  EXPECT_EQ(policy.ticket->login->method, "GET");
  EXPECT_EQ(policy.ticket->login->headers.at(0).raw, "Authorization: Basic eA==");
  EXPECT_EQ(policy.ticket->login->place, Login::Place::json);
  EXPECT_EQ(policy.ticket->login->name, "/data/ticket");
}

TEST(TargetsOf, ReadsWhatLetsNobodyIn) {
  const TargetPolicy policy = read(R"({ "url": "ws://h/", "policy": {
    "cookie": { "name": "id", "login": { "path": "/login" }, "logout": "/logout", "origin": "https://h",
      "refused": { "revoked": "r", "user-exchanged": "u" } },
    "ticket": { "parameter": "t", "good": ["1"], "refused": { "elsewhere": "e" } },
    "resources": { "redirect": "/old", "nowhere": "/nowhere", "chat": "/chat", "other-chat": "/chat/2" } } })")
                                  [0]
                                      .policy;
  EXPECT_EQ(policy.cookie->refused, (RefusedTokens{{"revoked", "r"}, {"user-exchanged", "u"}}));
  EXPECT_EQ(policy.cookie->logout, "/logout");
  EXPECT_EQ(policy.cookie->origin, "https://h");
  EXPECT_EQ(policy.ticket->refused, (RefusedTokens{{"elsewhere", "e"}}));
  EXPECT_EQ(policy.resources.redirect, "/old");
  EXPECT_EQ(policy.resources.nowhere, "/nowhere");
  EXPECT_EQ(policy.resources.chat, "/chat");
  EXPECT_EQ(policy.resources.other_chat, "/chat/2");
}

TEST(TargetsOf, ReadsThatATicketIsFoundInAField) {
  const auto login = read(R"({ "url": "ws://h/", "policy": {
    "ticket": { "parameter": "t", "login": { "path": "/t", "field": "X-Ticket" } } } })")[0]
                         .policy.ticket->login;
  ASSERT_TRUE(login);
  EXPECT_EQ(login->place, Login::Place::field);
  EXPECT_EQ(login->name, "X-Ticket");
}

TEST(TargetsOf, ReadsThePolicy) {
  const TargetPolicy policy = read(R"({ "url": "ws://h/", "policy": {
    "origin": { "allowed": ["https://a.example", "null"], "foreign": "https://b.example",
                "required": "/strict", "path": "/o" },
    "basic": { "good": [{ "user": "u", "password": "p:q" }], "bad": { "user": "u", "password": "x" } },
    "cookie": { "name": "session", "good": "abc", "bad": "abd", "path": "/c" },
    "ticket": { "parameter": "t", "good": ["1", "2"], "bad": "3", "expired": "4", "single-use": true }
  } })")[0]
                                  .policy;
  EXPECT_THAT(policy.origin->allowed, ElementsAre("https://a.example", "null"));
  EXPECT_EQ(policy.origin->foreign, "https://b.example");
  EXPECT_FALSE(policy.origin->required);
  EXPECT_EQ(policy.origin->required_path, "/strict");
  EXPECT_EQ(policy.origin->path, "/o");
  EXPECT_EQ(policy.basic->good[0].password, "p:q");
  EXPECT_EQ(policy.basic->bad->password, "x");
  EXPECT_EQ(policy.cookie->name, "session");
  EXPECT_EQ(policy.cookie->good, "abc");
  EXPECT_EQ(policy.cookie->path, "/c");
  EXPECT_THAT(policy.ticket->good, ElementsAre("1", "2"));
  EXPECT_EQ(policy.ticket->expired, "4");
  EXPECT_TRUE(policy.ticket->single_use);
}

TEST(TargetsOf, TakesNoPolicyWhereNoneIsDeclared) {
  const TargetPolicy policy = read(R"({ "url": "ws://h/" })")[0].policy;
  EXPECT_FALSE(policy.origin || policy.basic || policy.cookie || policy.ticket);
  EXPECT_THAT(features_of(policy), IsEmpty());
}

struct Fault {
  const char* name;
  const char* text;
  const char* told;  // from the line on
};
void PrintTo(const Fault& fault, std::ostream* to) {
  *to << fault.name;
}

class ProfileFault : public testing::TestWithParam<Fault> {};

TEST_P(ProfileFault, IsToldInOneLineWithItsPlace) {
  try {
    read(GetParam().text);
    FAIL() << "was read";
  } catch (const InputError& error) {
    EXPECT_EQ(error.what(), std::string("folder/wsconform.json:") + GetParam().told);
  }
}

constexpr Fault faults[] = {
    {"Empty", "[]", "1: is a list, but has to be an object"},
    {"NoUrl", "{\n}", "1: lacks the member \"url\""},
    {"UnknownMember", "{ \"url\": \"ws://h/\",\n\"uri\": 1 }", "1: has an unknown member \"uri\""},
    {"UnknownMemberOfATarget", "{ \"targets\": [\n{ \"url\": \"ws://h/\", \"x\": 1 }] }",
     "2: /targets/0: has an unknown member \"x\""},
    {"NoTargets", R"({ "targets": [] })", "1: /targets: has too few elements: the least is 1"},
    {"WrongType", R"({ "url": 1 })", "1: /url: is 1, but has to be a text in quotes"},
    {"BadUrl", "{\n\"url\": \"http//h\" }",
     "2: /url: cannot be used: it does not begin with ws:// or wss://"},
    {"MessageWithoutPayload", R"({ "url": "ws://h/", "message": "nothing" })",
     "1: /message: holds neither {payload} nor {payload-as-json}, or more than one of them"},
    {"TwoOfOneName",
     R"({ "targets": [{ "name": "a", "url": "ws://h/" }, { "name": "a", "url": "ws://i/" }] })",
     "1: /targets/1: has the name of a target before it, \"a\""},
    {"HeaderName", R"({ "url": "ws://h/", "headers": { "A b": "c" } })",
     "1: /headers/A b: is not a name that a field can have"},
    {"HeaderLineEnd", R"({ "url": "ws://h/", "headers": { "A": ["b\nC: d"] } })",
     "1: /headers/A/0: holds a line end"},
    {"Subprotocol", R"({ "url": "ws://h/", "subprotocols": ["a b"] })",
     "1: /subprotocols/0: is not a token: no spaces, no separators (RFC 9110 §5.6.2)"},
    {"NoOrigin", R"({ "url": "ws://h/", "policy": { "origin": { "allowed": ["a.example"] } } })",
     "1: /policy/origin/allowed/0: is not an origin: an origin looks like https://host or "
     "https://host:8443"},
    {"OriginWithPath",
     R"({ "url": "ws://h/", "policy": { "origin": { "allowed": ["https://a.example/"] } } })",
     "1: /policy/origin/allowed/0: is not an origin: an origin looks like https://host or "
     "https://host:8443"},
    {"OnlyNull", R"({ "url": "ws://h/", "policy": { "origin": { "allowed": ["null"] } } })",
     "1: /policy/origin/allowed: names no origin but null"},
    {"ForeignIsAllowed",
     R"({ "url": "ws://h/", "policy": { "origin": { "allowed": ["http://a"], "foreign": "http://a" } } })",
     "1: /policy/origin/foreign: is allowed too"},
    {"RequiredAtNoPath",
     R"({ "url": "ws://h/", "policy": { "origin": { "allowed": ["http://a"], "required": "x" } } })",
     "1: /policy/origin/required: is not a path: a path begins with / and has no spaces and no #"},
    {"NoPath",
     R"({ "url": "ws://h/", "policy": { "cookie": { "name": "a", "good": "b", "path": "c" } } })",
     "1: /policy/cookie/path: is not a path: a path begins with / and has no spaces and no #"},
    {"UserWithColon",
     R"({ "url": "ws://h/", "policy": { "basic": { "good": [{ "user": "a:b", "password": "c" }] } } })",
     "1: /policy/basic/good/0/user: holds a colon, which no user's name can (RFC 7617 §2)"},
    {"BadCredentialsAreGood",
     R"({ "url": "ws://h/", "policy": { "basic": { "good": [{ "user": "a", "password": "c" }],
       "bad": { "user": "a", "password": "c" } } } })",
     "2: /policy/basic/bad: is good too"},
    {"CookieValue",
     R"({ "url": "ws://h/", "policy": { "cookie": { "name": "a", "good": "b;c" } } })",
     "1: /policy/cookie/good: holds a character that cannot be sent there"},
    {"CookieName",
     R"({ "url": "ws://h/", "policy": { "cookie": { "name": "a b", "good": "b" } } })",
     "1: /policy/cookie/name: is not a token: no spaces, no separators (RFC 9110 §5.6.2)"},
    {"Ticket",
     R"({ "url": "ws://h/", "policy": { "ticket": { "parameter": "t", "good": ["a&b"] } } })",
     "1: /policy/ticket/good/0: holds a character that cannot stand in a query: it has to be "
     "percent-encoded"},
    {"ExpiredTicketIsGood",
     R"({ "url": "ws://h/", "policy": { "ticket": { "parameter": "t", "good": ["a"], "expired": "a" } } })",
     "1: /policy/ticket/expired: is good too"},
    {"LoginWithoutPath",
     R"({ "url": "ws://h/", "policy": { "cookie": { "name": "a", "login": { "body": "x" } } } })",
     "1: /policy/cookie/login: lacks the member \"path\""},
    {"LoginAndGood",
     R"({ "url": "ws://h/", "policy": { "cookie": { "name": "a", "good": "b", "login": { "path": "/l" } } } })",
     "1: /policy/cookie/good: stands beside a login, which gives what is good"},
    {"TicketFoundNowhere",
     R"({ "url": "ws://h/", "policy": { "ticket": { "parameter": "t", "login": { "path": "/l" } } } })",
     "1: /policy/ticket/login: lacks the member \"find\""},
    {"TicketFoundTwice",
     R"({ "url": "ws://h/", "policy": { "ticket": { "parameter": "t",
       "login": { "path": "/l", "field": "X", "find": "/x" } } } })",
     "2: /policy/ticket/login/find: stands beside a field: the ticket is in one place"},
    {"LoginPointer",
     R"({ "url": "ws://h/", "policy": { "ticket": { "parameter": "t", "login": { "path": "/l", "find": "x" } } } })",
     "1: /policy/ticket/login/find: is not a JSON pointer (RFC 6901), such as /ticket or "
     "/data/0/ticket"},
    {"LoginMethod",
     R"({ "url": "ws://h/", "policy": { "cookie": { "name": "a", "login": { "path": "/l", "method": "A B" } } } })",
     "1: /policy/cookie/login/method: is not a token: no spaces, no separators (RFC 9110 §5.6.2)"},
    {"LogoutOfACookieThatStays",
     R"({ "url": "ws://h/", "policy": { "cookie": { "name": "a", "good": "b", "logout": "/out" } } })",
     "1: /policy/cookie/logout: ends the session of a cookie that no login renews"},
    {"PageOfNoOrigin",
     R"({ "url": "ws://h/", "policy": { "cookie": { "name": "a", "good": "b", "origin": "h" } } })",
     "1: /policy/cookie/origin: is not an origin: an origin looks like https://host or "
     "https://host:8443"},
    {"RefusedForNoReason",
     R"({ "url": "ws://h/", "policy": { "ticket": { "parameter": "t", "good": ["1"], "refused": { "odd": "x" } } } })",
     "1: /policy/ticket/refused: has an unknown member \"odd\""},
    {"LoginMember",
     R"({ "url": "ws://h/", "policy": { "cookie": { "name": "a", "login": { "path": "/l", "find": "/x" } } } })",
     "1: /policy/cookie/login: has an unknown member \"find\""},
    {"LimitTooLarge", R"({ "url": "ws://h/", "limits": { "max-message": 1000000000 } })",
     "1: /limits/max-message: is 1000000000, but has to be at most 134217728"},
    {"LimitOfZero", R"({ "url": "ws://h/", "limits": { "max-frame": 0 } })",
     "1: /limits/max-frame: is 0, but has to be at least 1"},
};

INSTANTIATE_TEST_SUITE_P(Each, ProfileFault, testing::ValuesIn(faults),
                         [](const auto& row) { return std::string(row.param.name); });

}  // namespace
}  // namespace wsconform::profile_file_test
