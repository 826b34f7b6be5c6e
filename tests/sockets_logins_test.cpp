// Targets whose handshakes show a cookie or a ticket that a login gives: a fresh one
// for each connection.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/streambuf.hpp>
#include <boost/asio/write.hpp>
#include <string>
#include <thread>

#include "core/handshake_key.h"
#include "core/tested_certificate.h"
#include "proof/reference_cases.h"
#include "runner/casebook/case.h"
#include "runner/suite/target_unreachable.h"
#include "server-under-test/site/site.h"
#include "tests/over_sockets.h"

namespace wsconform::sockets_logins_test {
namespace {

using testing::HasSubstr;
using testing::MatchesRegex;

constexpr std::string_view form = "user=ann&password=open+sesame";

std::chrono::sys_seconds clock() {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

using Flow = HttpAnswer (Authentication::*)(const PlainRequest&);

// Echoes at "/", which may be guarded, at "/cookie" and at "/ticket".
std::shared_ptr<Site> site_with(Guard guard_of_root) {
  AuthenticationOptions options{.attempts = 1000};  // at once: cases log in side by side
  options.accounts.add("ann", hash_password("open sesame", {.log_n = 4, .r = 1}, "saltsalt"));
  options.key = random_bytes(32);
  const auto made = std::make_shared<Authentication>(std::move(options), clock);
  const auto flow = [made](std::string path, Flow act, Guard guard = {}) {
    return Resource{
        .path = std::move(path),
        .service = guard.ticket ? Service::echo : Service::page,
        .guard = guard,
        .methods = {"POST"},
        .page = [made, act](const PlainRequest& request) { return ((*made).*act)(request); },
        .takes_password = true};
  };
  return std::make_shared<Site>(
      clock,
      std::vector<Resource>{
          {.guard = guard_of_root},
          {.path = "/cookie", .guard = {.session = true}},
          flow("/login", &Authentication::log_in),
          flow("/logout", &Authentication::log_out),
          {.path = "/old", .service = Service::redirect, .status = 308, .location = "/"},
          {.path = "/chat", .below = true, .service = Service::chat},
          flow("/ticket", &Authentication::give_ticket, {.ticket = true})},
      made);
}

Login cookie_login() {
  return {.path = "/login",
          .body = std::string(form),
          .place = Login::Place::set_cookie,
          .name = "wsconform-session"};
}
Login ticket_login() {
  return {.path = "/ticket", .body = std::string(form), .name = "/ticket"};
}

// Both rules at paths of their own, or one at the target's URL.
TargetPolicy policy_at(const std::string& cookie_path, const std::string& ticket_path) {
  TargetPolicy policy;
  policy.cookie = {.name = "wsconform-session", .path = cookie_path, .login = cookie_login()};
  policy.ticket = {
      .parameter = "ticket", .single_use = true, .path = ticket_path, .login = ticket_login()};
  return policy;
}

std::vector<Case> cases_below(std::initializer_list<std::string_view> folders) {
  std::vector<Case> cases = reference_cases();
  std::erase_if(cases, [&](const Case& each) {
    return std::ranges::none_of(
        folders, [&](std::string_view folder) { return each.id.starts_with(folder); });
  });
  return cases;
}

Results judge_with(TargetPolicy policy, std::uint16_t port, const std::vector<Case>& cases) {
  TargetProfile profile = profile_at(port);
  profile.declare(std::move(policy));
  return judge(profile, cases);
}

std::size_t passes(const Results& results) {
  std::size_t count = 0;
  for (const CaseResult& each : results.cases) {
    EXPECT_THAT(each.verdict, testing::AnyOf(Verdict::pass, Verdict::observed, Verdict::skipped))
        << each.id << ": " << each.reason;
    count += each.verdict == Verdict::pass ? 1 : 0;
  }
  return count;
}

std::uint16_t started(std::optional<RunningServer>& server, Guard guard_of_root = {}) {
  ServerOptions options;
  options.echo.site = site_with(guard_of_root);
  return server.emplace(std::move(options)).port();
}

// The profile of the server with everything that it does of itself.
TargetProfile profile_with_flows(std::string_view scheme, std::uint16_t port) {
  TargetProfile profile = profile_at(port);
  const bool tls = scheme == "https";
  profile.address.tls = tls;
  profile.trust.anything = tls;
  TargetPolicy policy = policy_at("/cookie", "/ticket");
  policy.cookie->logout = "/logout";
  policy.cookie->origin = fmt::format("{}://127.0.0.1:{}", scheme, port);
  policy.resources = {
      .redirect = "/old", .nowhere = "/nowhere", .chat = "/chat", .other_chat = "/chat/other"};
  profile.declare(std::move(policy));
  return profile;
}

// What is about cookies, tickets, chats, other resources and plain requests; of the rest a few.
std::vector<Case> cases_of_flows() {
  return cases_below({"policy/cookie/", "policy/ticket/", "policy/tokens/", "policy/sessions/",
                      "policy/nearly-right/", "policy/paths/", "policy/chat/", "rfc9110/",
                      "rfc6455/5.5.1-close/"});
}

// Every line of a request that holds a value which lets in, with that value.
std::vector<std::string> shown_values(const Results& results) {
  std::vector<std::string> values;
  const auto add = [&](std::string_view line, std::string_view before, std::string_view end) {
    const std::size_t at = line.find(before);
    if (at == line.npos) return;
    line.remove_prefix(at + before.size());
    values.emplace_back(line.substr(0, line.find_first_of(end)));
  };
  for (const CaseResult& each : results.cases) {
    for (const WireEntry& entry : each.wire) {
      add(text_of(entry.bytes), "GET /ticket?ticket=", " ");
      add(text_of(entry.bytes), "Cookie: wsconform-session=", ";\r");
      add(entry.says, "GET /ticket?ticket=", " ");
      for (const std::string& line : entry.details) add(line, "Cookie: wsconform-session=", "; ");
    }
  }
  return values;
}

class Flows : public testing::TestWithParam<std::string_view> {};

TEST_P(Flows, AreAllRightAndEachConnectionLogsInAnew) {
  ServerOptions options;
  options.echo.site = site_with({});
  const TestedCertificate certificate;
  if (GetParam() == "https")
    options.tls = TlsContext::server(certificate.certificate(), certificate.key());
  const RunningServer server(std::move(options));
  const Results results = judge(profile_with_flows(GetParam(), server.port()), cases_of_flows());
  EXPECT_GE(passes(results), 150U);
  const std::vector<std::string> values = shown_values(results);
  EXPECT_GE(values.size(), 100U);
  for (const std::string& each : values)
    EXPECT_TRUE(each.size() < 20 || each.contains("********")) << each;
}

INSTANTIATE_TEST_SUITE_P(Over, Flows, testing::Values("http", "https"),
                         [](const auto& scheme) { return std::string(scheme.param); });

TEST(Logins, AreMadeForEveryCaseWhereTheRuleHoldsAtTheTargetsUrl) {
  for (const bool of_ticket : {false, true}) {
    std::optional<RunningServer> server;
    const std::uint16_t port = started(server, {.session = !of_ticket, .ticket = of_ticket});
    TargetPolicy policy = policy_at("", "");
    if (of_ticket)
      policy.cookie.reset();
    else
      policy.ticket.reset();
    const Results results =
        judge_with(policy, port, cases_below({"rfc6455/5.5.2-ping/", "policy/ticket/used"}));
    EXPECT_GE(passes(results), 10U);
  }
}

using Socket = boost::asio::ip::tcp::socket;

struct Peer {
  explicit Peer(Socket made) : socket(std::move(made)) {}
  Socket socket;
  boost::asio::streambuf request{};
  std::string answer{};
};

// Says this to every request, and ends TCP behind it or not. Or else to each that logs in, but not
// the last byte to one of them, and lets everybody in.
class Impostor {
 public:
  explicit Impostor(std::string answer, bool ends = true, std::size_t unfinished = 0)
      : answer_(std::move(answer)), ends_(ends), unfinished_(unfinished) {
    accept();
    thread_ = std::thread([this] { loop_.run(); });
  }
  ~Impostor() {
    loop_.stop();
    thread_.join();
  }
  Impostor(const Impostor&) = delete;
  Impostor& operator=(const Impostor&) = delete;
  std::uint16_t port() const { return port_; }

 private:
  void accept() {
    acceptor_.async_accept([this](boost::system::error_code failed, Socket socket) {
      if (failed) return;
      talk(std::make_shared<Peer>(std::move(socket)));
      accept();
    });
  }
  void talk(const std::shared_ptr<Peer>& peer) {
    boost::asio::async_read_until(
        peer->socket, peer->request, "\r\n\r\n", [this, peer](auto failed, std::size_t) {
          if (failed) return;
          const auto request = boost::asio::buffers_begin(peer->request.data());
          peer->answer =
              answer_to(std::string(request, boost::asio::buffers_end(peer->request.data())));
          if (!ends_) kept_.push_back(peer);
          boost::asio::async_write(peer->socket, boost::asio::buffer(peer->answer),
                                   [peer](auto, std::size_t) {});
        });
  }

  std::string answer_to(std::string_view request) {
    constexpr std::string_view key = "Sec-WebSocket-Key: ";
    if (unfinished_ == 0) return answer_;
    if (request.starts_with("POST"))
      return answer_.substr(0, answer_.size() - (++posts_ == unfinished_ ? 1 : 0));
    return fmt::format(
        "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        "Sec-WebSocket-Accept: {}\r\n\r\n",
        accept_for(request.substr(request.find(key) + key.size(), 24)));
  }

  std::string answer_;
  bool ends_ = true;
  std::size_t unfinished_ = 0;
  std::size_t posts_ = 0;
  boost::asio::io_context loop_;
  boost::asio::ip::tcp::acceptor acceptor_{loop_, {boost::asio::ip::address_v4::loopback(), 0}};
  std::uint16_t port_ = acceptor_.local_endpoint().port();
  std::vector<std::shared_ptr<Peer>> kept_;
  std::thread thread_;
};

// What ends the run before its first case.
std::string told_of(const std::string& answer, const std::string& cookie_path = "/cookie",
                    bool ends = true) {
  const Impostor target(answer, ends);
  TargetPolicy policy = policy_at(cookie_path, "");
  policy.ticket.reset();
  TargetProfile profile = profile_at(target.port());
  profile.declare(policy);
  RunOptions options;
  options.patience = std::chrono::milliseconds(200);
  try {
    judge(profile, cases_below({"policy/cookie/right"}), nullptr, options);
  } catch (const TargetUnreachable& unreachable) {
    return unreachable.what();
  }
  return "nothing";
}

constexpr std::string_view nothing_follows = "Content-Length: 0\r\n\r\n";

TEST(Logins, EndTheRunInOneLineWhereTheyGiveNothing) {
  const std::string by =
      "ws://127.0.0.1:[0-9]+/ cannot be judged. The login by POST /login gave no cookie: ";
  for (const char* path : {"/cookie", ""}) {  // at the target's URL, too
    EXPECT_THAT(told_of(fmt::format("HTTP/1.1 401 Unauthorized\r\n{}", nothing_follows), path),
                MatchesRegex(by + "the answer is \"HTTP/1.1 401 Unauthorized\"\\."));
    EXPECT_THAT(told_of(fmt::format("HTTP/1.1 200 OK\r\n{}", nothing_follows), path),
                MatchesRegex(by + "the answer sets no cookie wsconform-session\\."));
  }
}

TEST(Logins, ReadNoHostileAnswerForLong) {
  EXPECT_THAT(told_of("\x15\x03\x01\r\n\r\n"), HasSubstr("the answer is not HTTP: "));
  EXPECT_THAT(told_of("GIF89a"), HasSubstr("the target ended TCP before it answered."));
  EXPECT_THAT(told_of(std::string(256 * 1024, 'x'), "/cookie", false),
              HasSubstr("the head of the answer has no end."));
  EXPECT_THAT(told_of("HTTP/1.1 200 OK\r\n\r\n" + std::string(256 * 1024, 'x'), "/cookie", false),
              HasSubstr("the answer is larger than 64 KiB."));
  EXPECT_THAT(told_of("HTTP/1.1 200 OK\r\n", "/cookie", false),
              HasSubstr("The login got no whole answer within 200 ms."));
}

TEST(Logins, AreMadeOnceMoreWhereTheyWereLate) {
  // The first login is of the run, the second of the case, the third of its repetition.
  const Impostor target(
      fmt::format("HTTP/1.1 200 OK\r\nSet-Cookie: wsconform-session=v\r\n{}", nothing_follows),
      false, 2);
  TargetPolicy policy = policy_at("/cookie", "");
  policy.ticket.reset();
  TargetProfile profile = profile_at(target.port());
  profile.declare(policy);
  RunOptions options;
  options.patience = std::chrono::milliseconds(200);
  const Results results = judge(profile, cases_below({"policy/cookie/right"}), nullptr, options);
  ASSERT_FALSE(results.cases.empty());
  for (const CaseResult& each : results.cases)
    EXPECT_THAT(each.reason, Not(HasSubstr("login"))) << each.id;
}

}  // namespace
}  // namespace wsconform::sockets_logins_test
