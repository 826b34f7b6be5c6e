// The whole suite over real sockets: the reference server, real servers of others, and
// targets that are none.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <memory>
#include <string>
#include <string_view>
#include <thread>

#include "core/tested_certificate.h"
#include "proof/reference_cases.h"
#include "proof/reference_target.h"
#include "runner/casebook/case.h"
#include "runner/casebook/case_loader.h"
#include "runner/casebook/known_failing.h"
#include "runner/suite/probe.h"
#include "runner/suite/suite_run.h"
#include "server-under-test/planted_defects.h"
#include "server-under-test/server.h"
#include "tests/over_sockets.h"

namespace wsconform::sockets_suite_test {
namespace {

namespace asio = boost::asio;
using testing::AllOf;
using testing::Gt;
using testing::HasSubstr;

constexpr std::size_t tickets_for_a_run = 200;

// With all that it declares.
ServerOptions guarded_server() {
  ServerOptions options;
  options.echo.access = reference_access(tickets_for_a_run);
  options.echo.deadlines.handshake = std::chrono::minutes(1);  // long in coming on a busy machine
  options.echo.limits.max_message = *reference_limits().max_message;
  options.echo.limits.max_frame = *reference_limits().max_frame;
  return options;
}

TargetProfile declared_at(std::uint16_t port) {
  TargetProfile profile = profile_at(port);
  profile.features = features_of(reference_limits());
  profile.declare(reference_policy(tickets_for_a_run));
  return profile;
}

// All but what its own flows are about: sockets_logins_test.cpp has those.
std::vector<Case> cases_without_flows() {
  return cases_for(reference_cases(), reference_profile().features);
}

void expect_by(const Expectations& expected, Results& results) {
  for (CaseResult& each : results.cases) judge_by(expected, each);
}

// A command in a process of its own, judged by all cases against its list of known failures.
Results judge_command(const std::string& command, const std::string& known_failing) {
  const std::uint16_t port = free_port();
  TargetProcess process(command, port);
  Results results = judge(port, reference_cases(), &process);
  std::vector<std::string> ids;
  for (const Case& each : reference_cases()) ids.push_back(each.id);
  const auto list = load_known_failing(WSCONFORM_SOURCE_DIR "/tests/peers/" + known_failing);
  expect_by({list}, results);
  results.dead_known_failing = dead_entries(list, ids, results.cases, true);
  return results;
}

std::string unexpected(const Results& results) {
  std::string told = results.stop ? words(*results.stop) : std::string();
  for (const CaseResult& each : results.cases) {
    if (each.unexpected)
      told += '\n' + each.id + ": " + std::string(name_of(each.verdict)) + ": " + each.reason;
  }
  for (const std::string& each : results.dead_known_failing) told += "\nnames no case: " + each;
  return told;
}

std::string reason_why_not_judged(const TargetProfile& profile, RunOptions options = {}) {
  try {
    judge(profile, reference_cases(), nullptr, std::move(options));
  } catch (const TargetUnreachable& error) {
    return error.what();
  }
  return "judged";
}

TEST(SuiteOverSockets, FindsNothingWrongWithTheReferenceServer) {
  RunningServer server(guarded_server());
  const std::vector<Case> cases = cases_without_flows();
  Results results = judge(declared_at(server.port()), cases);
  expect_by({}, results);
  EXPECT_EQ(unexpected(results), "");
  EXPECT_EQ(results.cases.size(), cases.size());
  EXPECT_TRUE(results.target.echoes);
  EXPECT_EQ(count_verdicts(results.cases)[Verdict::skipped], 0U);
}

// With its key in it.
Bytes first_sent(const CaseResult& result) {
  const auto sent =
      std::ranges::find(result.wire, WireEntry::Direction::sent, &WireEntry::direction);
  return sent == result.wire.end() ? Bytes{} : sent->bytes;
}

// Every so many-th.
std::vector<Case> sample(const std::vector<Case>& all, std::size_t one_in) {
  std::vector<Case> some;
  for (std::size_t i = 0; i < all.size(); i += one_in) some.push_back(all[i]);
  return some;
}

TEST(SuiteOverSockets, SendsTheSameAndGivesTheSameVerdictsInAnyOrder) {
  RunningServer server;
  const std::vector<Case> cases = sample(reference_cases(), 3);
  const Results straight = judge(server.port(), cases);
  RunOptions shuffled;
  shuffled.shuffle = true;
  shuffled.seed = 7;
  const Results again = judge(server.port(), cases, nullptr, shuffled);
  ASSERT_EQ(again.cases.size(), straight.cases.size());
  for (std::size_t i = 0; i < again.cases.size(); ++i) {
    EXPECT_EQ(again.cases[i].verdict, straight.cases[i].verdict)
        << again.cases[i].id << ": " << again.cases[i].reason;
    EXPECT_EQ(first_sent(again.cases[i]), first_sent(straight.cases[i])) << again.cases[i].id;
  }
}

TEST(SuiteOverSockets, KnowsWhatNpmWsBreaksAndNothingElse) {
  const Results results = judge_command(ws_echo(), "ws.known-failing");
  EXPECT_EQ(unexpected(results), "");
  EXPECT_THAT(count_verdicts(results.cases).at(Verdict::pass), Gt(1500U));
}

TEST(SuiteOverSockets, KnowsWhatPythonWebsocketsBreaksAndNothingElse) {
  const Results results = judge_command("exec /usr/bin/python3 " WSCONFORM_SOURCE_DIR
                                        "/tests/peers/websockets_echo.py {port}",
                                        "python-websockets.known-failing");
  EXPECT_EQ(unexpected(results), "");
  EXPECT_THAT(count_verdicts(results.cases).at(Verdict::pass), Gt(1500U));
}

// The reference server behind TLS.
class SuiteOverTls : public testing::Test {
 protected:
  ServerOptions with_tls() const {
    ServerOptions options = guarded_server();
    options.tls = TlsContext::server(certificate_.certificate(), certificate_.key());
    return options;
  }
  TargetProfile profile(const std::string& host) const {
    TargetProfile made = declared_at(server_.port());
    made.url = "wss://" + host + ':' + std::to_string(server_.port()) + '/';
    made.address = *parse_target_url(made.url);
    return made;
  }
  TlsContext::Trust trusting() const { return {.authorities = certificate_.certificate()}; }

  TestedCertificate certificate_;
  RunningServer server_{with_tls()};
};

TEST_F(SuiteOverTls, FindsNothingWrongWithTheReferenceServer) {
  TargetProfile target = profile("127.0.0.1");
  target.trust = trusting();
  std::set<std::string> features = reference_profile().features;
  features.insert("tls");
  const std::vector<Case> cases =
      cases_for(load_cases(WSCONFORM_SOURCE_DIR "/cases", reference_limits()), features);
  Results results = judge(target, cases);
  expect_by({}, results);
  EXPECT_EQ(unexpected(results), "");
  EXPECT_THAT(cases.size(), Gt(cases_without_flows().size()));
  EXPECT_EQ(count_verdicts(results.cases).at(Verdict::skipped), 0U);
}

TEST_F(SuiteOverTls, SaysThatTheCertificateIsNotTrusted) {
  EXPECT_THAT(reason_why_not_judged(profile("localhost")),
              AllOf(HasSubstr("TLS: the certificate is not trusted: self-signed certificate"),
                    HasSubstr("with --ca FILE, or accept any certificate with --insecure")));
}

TEST_F(SuiteOverTls, SaysThatItSpeaksTlsWhereItIsAskedWithout) {
  TargetProfile plain = profile("127.0.0.1");
  plain.url = "ws" + plain.url.substr(3);
  plain.address = *parse_target_url(plain.url);
  EXPECT_THAT(reason_why_not_judged(plain), HasSubstr("It speaks TLS: use wss://"));
}

TEST_F(SuiteOverTls, TriesEveryAddressOfAHost) {
  TargetProfile target = profile("localhost");  // ::1, too, where nobody listens
  target.trust = trusting();
  EXPECT_EQ(judge(target, {reference_cases().back()}).cases.size(), 1U);
}

TEST(SuiteOverSockets, EndsAtTheFirstResultThatItWasToldToEndAt) {
  RunningServer server(guarded_server());
  RunOptions options;
  options.jobs = 1;
  const std::vector<Case> ten(reference_cases().begin(), reference_cases().begin() + 10);
  options.ends_run = [&](const CaseResult& each) { return each.id == ten[4].id; };
  const Results results = judge(declared_at(server.port()), ten, nullptr, options);
  EXPECT_EQ(results.cases.size(), 5U);
  ASSERT_TRUE(results.stop);
  EXPECT_EQ(results.stop->kind, Stop::Kind::unexpected_result);
}

TEST(SuiteOverSockets, EndsWithWhatItHasWhereTheMachineGivesOut) {
  RunningServer server(guarded_server());
  RunOptions options;
  options.jobs = 1;
  const std::vector<Case> ten(reference_cases().begin(), reference_cases().begin() + 10);
  options.ends_run = [&](const CaseResult& each) {
    if (each.id == ten[4].id) throw std::bad_alloc();
    return false;
  };
  const Results results = judge(declared_at(server.port()), ten, nullptr, options);
  EXPECT_GE(results.cases.size(), 4U);
  EXPECT_LT(results.cases.size(), 10U);
  ASSERT_TRUE(results.stop);
  EXPECT_EQ(*results.stop, (Stop{Stop::Kind::machine_fault, {}, "there is not enough memory"}));
}

TEST(SuiteOverSockets, EndsWhenItsTimeIsOverAndTellsHowManyCasesItLeftOut) {
  ServerOptions silent;
  silent.echo.defect = defect_named("parted-close");
  RunningServer server(std::move(silent));
  std::vector<Case> waiting;
  std::ranges::copy_if(reference_cases(), std::back_inserter(waiting),
                       [](const Case& each) { return each.id.ends_with("5.5.1-close/cut-at/6"); });
  RunOptions options;
  options.patience = std::chrono::seconds(60);
  options.max_time = std::chrono::milliseconds(500);
  const Results results = judge(profile_at(server.port()), waiting, nullptr, options);
  EXPECT_TRUE(results.cases.empty());
  ASSERT_TRUE(results.stop);
  EXPECT_EQ(*results.stop, (Stop{Stop::Kind::out_of_time, {}, "1 case"}));
}

TEST(SuiteOverSockets, SaysThatNobodyListens) {
  EXPECT_THAT(reason_why_not_judged(profile_at(free_port())),
              HasSubstr("cannot be judged. The target could not be reached: Connection refused."));
}

TEST(SuiteOverSockets, SaysThatTheTargetSaysNothing) {
  asio::io_context context;
  asio::ip::tcp::acceptor acceptor(context,
                                   {asio::ip::address_v4::loopback(), 0});  // its backlog accepts
  RunOptions hasty;
  hasty.patience = std::chrono::milliseconds(200);
  EXPECT_THAT(reason_why_not_judged(profile_at(acceptor.local_endpoint().port()), hasty),
              HasSubstr("It accepts TCP, but says nothing"));
}

// Answers one connection with these bytes, whatever it is asked, and ends it; nothing
// more is accepted.
std::string reason_after_answer(std::string_view answer) {
  asio::io_context context;
  asio::ip::tcp::acceptor acceptor(context, {asio::ip::address_v4::loopback(), 0});
  std::thread peer([&] {
    asio::ip::tcp::socket socket = acceptor.accept();
    std::array<char, 1024> request{};
    socket.read_some(asio::buffer(request));
    asio::write(socket, asio::buffer(answer));
  });
  RunOptions hasty;
  hasty.patience = std::chrono::milliseconds(200);
  const std::string reason =
      reason_why_not_judged(profile_at(acceptor.local_endpoint().port()), hasty);
  peer.join();
  return reason;
}

TEST(SuiteOverSockets, SaysThatTheTargetSpeaksHttp2) {
  EXPECT_THAT(reason_after_answer({"\0\0\6\4\0\0\0\0\0\0\3\0\0\0\x64", 15}),
              HasSubstr("cannot be judged. It speaks HTTP/2, but not HTTP/1.1"));
}

TEST(SuiteOverSockets, SaysThatTheTargetSpeaksTls) {
  EXPECT_THAT(reason_after_answer({"\x15\x03\x01\0\2\x02\x46", 7}),
              HasSubstr("cannot be judged. It speaks TLS: use wss://"));
}

TEST(SuiteOverSockets, NamesTheStatusThatIsNo101) {
  EXPECT_THAT(
      reason_after_answer("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"),
      HasSubstr("It answers the opening handshake with 'HTTP/1.1 404 Not Found', not with 101. "
                "There is nothing at this path"));
}

TEST(SuiteOverSockets, SaysWhatHelpsAgainstARefusal) {
  EXPECT_THAT(reason_after_answer("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n"),
              HasSubstr("--header 'Authorization: ...'"));
  EXPECT_THAT(reason_after_answer("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"),
              HasSubstr("--header 'Origin: ...'"));
}

TEST(SuiteOverSockets, SaysThatTheTargetSpeaksNoTls) {
  RunningServer server;
  TargetProfile target = profile_at(server.port());
  target.url = "wss://127.0.0.1:" + std::to_string(server.port()) + '/';
  target.address = *parse_target_url(target.url);
  RunOptions hasty;
  hasty.patience = std::chrono::milliseconds(200);
  EXPECT_THAT(reason_why_not_judged(target, hasty),
              HasSubstr("It does not speak TLS: use ws:// instead of wss://."));
}

}  // namespace
}  // namespace wsconform::sockets_suite_test
