#include "server-under-test/site/authentication.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base64.h"
#include "server-under-test/site/front.h"
#include "server-under-test/site/normal_path.h"
#include "server-under-test/site/site.h"

namespace wsconform::authentication_test {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::StartsWith;

// A site with each way in at a path of its own, a clock that a test turns, and clients that each
// send one request.
class AGuardedSite : public testing::Test {
 protected:
  AGuardedSite() { serve("ann"); }

  // To this user alone; what was given to clients before is known.
  void serve(const std::string& user) {
    AuthenticationOptions options{.key = std::string(32, 'k'), .attempts = 3};
    options.accounts.add(user, hash_password("open sesame", {.log_n = 4, .r = 1}, "saltsalt"));
    const auto before = authentication_;
    authentication_ = std::make_shared<Authentication>(std::move(options), [this] { return now_; });
    if (before) authentication_->go_on_from(*before);
    authentication_->on_revoked([this](const std::string& id) { revoked_.push_back(id); });
    const auto post = [this](HttpAnswer (Authentication::*flow)(const PlainRequest&)) {
      return
          [this, flow](const PlainRequest& request) { return ((*authentication_).*flow)(request); };
    };
    site_ = std::make_shared<Site>(
        [this] { return now_; },
        std::vector<Resource>{{.path = "/basic", .guard = {.basic = true}},
                              {.path = "/cookie", .guard = {.session = true}},
                              {.path = "/ticket",
                               .guard = {.ticket = true},
                               .methods = {"GET", "POST"},
                               .page = post(&Authentication::give_ticket),
                               .takes_password = true},
                              {.path = "/login",
                               .service = Service::page,
                               .methods = {"POST"},
                               .page = post(&Authentication::log_in),
                               .takes_password = true},
                              {.path = "/logout",
                               .service = Service::page,
                               .methods = {"POST"},
                               .page = post(&Authentication::log_out)}},
        authentication_);
  }

  // "101" where it is let in, else the answer.
  std::string send(const std::string& request) {
    visit_ = std::make_shared<Visit>(Visit{.client = client_});
    Front front({.site = site_, .visit = visit_});
    Front::Turn turn = front.receive(bytes_of(request));
    if (turn == Front::Turn::check) turn = front.checked(front.check().run());
    if (turn == Front::Turn::handshake) return "101";
    EXPECT_EQ(turn, Front::Turn::answered);
    return std::string(text_of(front.take_answer()));
  }
  std::string open(const std::string& target, const std::string& fields = "") {
    return send("GET " + target + " HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\n" + fields +
                "Connection: Upgrade\r\nSec-WebSocket-Key: AQIDBAUGBwgJCgsMDQ4PEA==\r\n"
                "Sec-WebSocket-Version: 13\r\n\r\n");
  }
  std::string post(const std::string& path, const std::string& body = "",
                   const std::string& fields = "") {
    return send("POST " + path + " HTTP/1.1\r\nHost: h\r\n" + fields +
                "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
  }
  static std::string between(const std::string& text, const std::string& from,
                             const std::string& to) {
    const std::size_t at = text.find(from) + from.size();
    return text.substr(at, text.find(to, at) - at);
  }
  // "Cookie: wsconform-session=...\r\n"
  std::string log_in() {
    return "Cookie: " + between(post("/login", form), "Set-Cookie: ", ";") + "\r\n";
  }
  std::string ticket() { return between(post("/ticket", "", basic), "\"ticket\":\"", "\""); }

  const std::string form = "user=ann&password=open+sesame";
  const std::string basic = "Authorization: Basic " + base64_encode("ann:open sesame") + "\r\n";
  std::chrono::sys_seconds now_{1'000'000s};
  Client client_{.address = "192.0.2.1"};
  std::shared_ptr<Authentication> authentication_;
  std::shared_ptr<Site> site_;
  std::shared_ptr<Visit> visit_;
  std::vector<std::string> revoked_;
};

TEST_F(AGuardedSite, AsksForBasicOnAPageAndItsWebSocketAlike) {
  const std::string get = "GET /basic HTTP/1.1\r\nHost: h\r\n";
  EXPECT_THAT(send(get + "\r\n"), StartsWith("HTTP/1.1 401 "));
  EXPECT_THAT(send(get + "\r\n"),
              HasSubstr("\r\nWWW-Authenticate: Basic realm=\"wsconform\", charset=\"UTF-8\"\r\n"));
  EXPECT_THAT(send(get + basic + "\r\n"), StartsWith("HTTP/1.1 200 "));
  EXPECT_THAT(open("/basic"), StartsWith("HTTP/1.1 401 "));
  EXPECT_EQ(open("/basic", basic), "101");
  EXPECT_EQ(visit_->user, "ann");
}

TEST_F(AGuardedSite, CountsThePasswordsThatAnAddressTries) {
  const std::string wrong = "Authorization: Basic " + base64_encode("ann:x") + "\r\n";
  for (int i = 0; i < 3; ++i) EXPECT_THAT(open("/basic", wrong), StartsWith("HTTP/1.1 401 "));
  EXPECT_THAT(open("/basic", basic), StartsWith("HTTP/1.1 429 "));
  EXPECT_THAT(post("/login", form), HasSubstr("\r\nRetry-After: 60\r\n"));
  EXPECT_EQ(open("/cookie").substr(0, 13), "HTTP/1.1 401 ") << "no password is tried there";
  client_.address = "192.0.2.2";
  EXPECT_EQ(open("/basic", basic), "101");
  client_.address = "192.0.2.1";
  now_ += 60s;
  EXPECT_EQ(open("/basic", basic), "101");
}

TEST_F(AGuardedSite, GivesASessionForAFormOrForBasic) {
  const std::string answer = post("/login", form);
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 200 "));
  EXPECT_THAT(answer, HasSubstr("; Path=/; Max-Age=3600; HttpOnly; SameSite=Strict\r\n"));
  EXPECT_THAT(post("/login", "", basic), HasSubstr("\r\nSet-Cookie: wsconform-session=s."));
  client_.tls = true;
  EXPECT_THAT(post("/login", form), HasSubstr("; SameSite=Strict; Secure\r\n"));
}

TEST_F(AGuardedSite, GivesNoSessionForAWrongPassword) {
  const std::string answer = post("/login", "user=ann&password=x");
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 401 "));
  EXPECT_THAT(answer, HasSubstr("\r\nWWW-Authenticate: Form "));
  EXPECT_THAT(post("/login"), HasSubstr("\r\nWWW-Authenticate: Basic "));
  EXPECT_THAT(post("/login", "user=&password="), StartsWith("HTTP/1.1 401 "));
}

TEST_F(AGuardedSite, LetsASessionInUntilItExpires) {
  const std::string cookie = log_in();
  EXPECT_EQ(open("/cookie", cookie), "101");
  EXPECT_EQ(visit_->user, "ann");
  now_ += 3599s;
  EXPECT_EQ(open("/cookie", cookie), "101");
  now_ += 1s;
  EXPECT_THAT(open("/cookie", cookie), HasSubstr("The session's cookie has expired."));
  EXPECT_THAT(open("/cookie", "Cookie: wsconform-session=x\r\n"), StartsWith("HTTP/1.1 401 "));
}

TEST_F(AGuardedSite, LetsNobodyInWhosePasswordIsGone) {
  const std::string cookie = log_in();
  const std::string target = "/ticket?ticket=" + ticket();
  serve("bob");
  EXPECT_THAT(open("/basic", basic), StartsWith("HTTP/1.1 401 "));
  EXPECT_THAT(open("/cookie", cookie),
              HasSubstr("The session's cookie is of a user who has no password any more."));
  EXPECT_THAT(open(target), HasSubstr("The ticket is of a user who has no password any more."));
  serve("ann");
  EXPECT_EQ(open("/cookie", cookie), "101");
  EXPECT_EQ(open(target), "101");
}

TEST_F(AGuardedSite, EndsASessionForGoodAndTellsOfIt) {
  const std::string cookie = log_in();
  EXPECT_EQ(open("/cookie", cookie), "101");
  const std::string session = visit_->session;
  EXPECT_THAT(post("/logout", "", cookie), HasSubstr("\r\nSet-Cookie: wsconform-session=; "));
  EXPECT_THAT(revoked_, testing::ElementsAre(session));
  EXPECT_THAT(open("/cookie", cookie), HasSubstr("serves no more"));
  EXPECT_THAT(post("/logout"), StartsWith("HTTP/1.1 200 "));
  EXPECT_EQ(revoked_.size(), 1U);
}

TEST_F(AGuardedSite, TakesACookieOnlyFromItsOwnPagesAndFromPrograms) {
  const std::string cookie = log_in();
  EXPECT_EQ(open("/cookie", cookie + "Origin: http://h\r\n"), "101");
  for (const char* origin : {"https://h", "http://h:81", "http://evil.example", "null"})
    EXPECT_THAT(open("/cookie", cookie + "Origin: " + origin + "\r\n"), StartsWith("HTTP/1.1 403 "))
        << origin;
  for (const char* path : {"/login", "/logout", "/ticket"})
    EXPECT_THAT(post(path, form, "Origin: http://evil.example\r\n"), StartsWith("HTTP/1.1 403 "))
        << path;
}

TEST_F(AGuardedSite, LetsATicketInOnce) {
  const std::string target = "/ticket?a=b&ticket=" + ticket();
  EXPECT_EQ(open(target), "101");
  EXPECT_EQ(visit_->user, "ann");
  EXPECT_THAT(open(target), HasSubstr("The ticket serves no more."));
}

TEST_F(AGuardedSite, RefusesATicketThatIsNotGood) {
  EXPECT_THAT(open("/ticket"), HasSubstr("The ticket is missing."));
  EXPECT_THAT(open("/ticket?ticket=x"), HasSubstr("is not one of this server's"));
  const std::string good = ticket();
  EXPECT_THAT(open("/ticket?ticket=" + good + "&ticket=" + good), HasSubstr("more than once"));
  EXPECT_THAT(open("/ticket?ticket=" + between(log_in(), "=", "\r")), HasSubstr("another kind"));
  client_.address = "192.0.2.9";
  EXPECT_THAT(open("/ticket?ticket=" + good), HasSubstr("another address"));
  client_.address = "192.0.2.1";
  now_ += 30s;
  EXPECT_THAT(open("/ticket?ticket=" + good), HasSubstr("has expired"));
}

TEST_F(AGuardedSite, GivesATicketForAPasswordOrASession) {
  EXPECT_THAT(post("/ticket"), StartsWith("HTTP/1.1 401 "));
  EXPECT_THAT(post("/ticket", form), HasSubstr("\"expires-in\":30}"));
  EXPECT_THAT(post("/ticket", "", log_in()), StartsWith("HTTP/1.1 200 "));
  EXPECT_THAT(post("/ticket", "", log_in()), HasSubstr("\r\nCache-Control: no-store\r\n"));
}

TEST_F(AGuardedSite, HoldsItsGuardsHoweverAPathIsSpelled) {
  for (const char* target : {"/%62asic", "/BASIC", "/basic/", "//basic", "/./basic", "/basic;x",
                             "http://h/basic", "/basic?x=y"})
    EXPECT_THAT(open(target), StartsWith("HTTP/1.1 401 ")) << target;
}

TEST_F(AGuardedSite, KeepsItsSessionsWhereAnotherGoesOnFromIt) {
  const std::string before = log_in();
  const auto old = authentication_;
  for (const bool knows_ann : {true, false}) {
    AuthenticationOptions options{.key = "another"};
    const auto hash = hash_password("open sesame", {.log_n = 4, .r = 1}, "saltsalt");
    options.accounts.add(knows_ann ? "ann" : "bob", hash);
    Authentication next(std::move(options), [this] { return now_; });
    next.go_on_from(*old);
    const HttpHead request = parse_head("GET / HTTP/1.1\r\n" + before + "\r\n");
    Visit visit;
    EXPECT_EQ(next.refusal_by_session(request, visit).has_value(), !knows_ann);
  }
}

}  // namespace
}  // namespace wsconform::authentication_test
