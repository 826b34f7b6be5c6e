// Targets that serve fewer connections at a time than cases could run side by side.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "proof/reference_cases.h"
#include "runner/casebook/case.h"
#include "server-under-test/server.h"
#include "tests/over_sockets.h"

namespace wsconform::sockets_narrow_target_test {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using testing::Contains;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// A client on one side, a server on the other: what one says, the other hears, its end too.
class Relay : public std::enable_shared_from_this<Relay> {
 public:
  // `over` is called when both have ended, or broken off.
  Relay(tcp::socket client, tcp::socket server, std::function<void()> over)
      : client_(std::move(client)), server_(std::move(server)), over_(std::move(over)) {}
  ~Relay() { over_(); }
  void start() {
    pass(client_, server_, from_client_);
    pass(server_, client_, from_server_);
  }

 private:
  using Bytes = std::array<char, 16384>;

  void pass(tcp::socket& from, tcp::socket& to, Bytes& bytes) {
    from.async_read_some(asio::buffer(bytes), [this, &from, &to, &bytes, self = shared_from_this()](
                                                  error_code error, std::size_t count) {
      if (error) return end(to);
      asio::async_write(to, asio::buffer(bytes, count),
                        [this, &from, &to, &bytes, self](error_code failed, std::size_t) {
                          failed ? end(to) : pass(from, to, bytes);
                        });
    });
  }
  static void end(tcp::socket& to) {
    error_code ignored;
    to.shutdown(tcp::socket::shutdown_send, ignored);
  }

  tcp::socket client_;
  tcp::socket server_;
  std::function<void()> over_;
  Bytes from_client_{};
  Bytes from_server_{};
};

// The reference server behind so many doors: who comes when each is taken waits until
// somebody has left.
class NarrowServer {
 public:
  explicit NarrowServer(std::size_t doors)
      : server_(loop_, {}), acceptor_(loop_, {asio::ip::address_v4::loopback(), 0}) {
    server_.start();
    for (std::size_t n = 0; n < doors; ++n) serve_next();
    thread_ = std::thread([this] { loop_.run(); });
  }
  ~NarrowServer() {
    asio::post(loop_, [this] {
      acceptor_.close();
      server_.shut_down();
    });
    thread_.join();
  }
  std::uint16_t port() const { return acceptor_.local_endpoint().port(); }

 private:
  void serve_next() {
    acceptor_.async_accept([this](error_code error, tcp::socket client) {
      if (error) return;
      tcp::socket inside(loop_);
      inside.connect({asio::ip::address_v4::loopback(), server_.port()});
      std::make_shared<Relay>(std::move(client), std::move(inside), [this] {
        serve_next();
      })->start();
    });
  }

  asio::io_context loop_;
  Server server_;
  tcp::acceptor acceptor_;
  std::thread thread_;
};

std::vector<Case> cases_that_connect_again() {
  std::vector<Case> cases = reference_cases();
  std::erase_if(cases, [&](const Case& each) {
    return std::ranges::none_of(each.steps,
                                [](const Step& step) { return as<Reconnect>(step) != nullptr; }) ||
           each.section.starts_with("policy/") || each.section.starts_with("rfc7692/") ||
           each.section.ends_with("-tls");
  });
  return cases;
}

Results judge_narrow(std::size_t doors, std::size_t jobs) {
  const NarrowServer server(doors);
  RunOptions options;
  options.jobs = jobs;
  options.patience = std::chrono::milliseconds(300);
  return judge(server.port(), cases_that_connect_again(), nullptr, options);
}

std::string width(const Results& results) {
  for (const Fact& each : results.target.facts)
    if (each.name == "connections served at once") return each.value;
  return "";
}

// "id: verdict" of each that is neither pass nor observed.
std::vector<std::string> others(const Results& results) {
  std::vector<std::string> told;
  for (const CaseResult& each : results.cases) {
    if (each.verdict != Verdict::pass && each.verdict != Verdict::observed)
      told.push_back(each.id + ": " + std::string(name_of(each.verdict)));
  }
  return told;
}

TEST(NarrowTarget, IsJudgedOneConnectionAfterTheOther) {
  const Results results = judge_narrow(1, 8);
  EXPECT_EQ(results.jobs, 1);
  EXPECT_EQ(width(results), "1");
  const std::vector<std::string> skipped = others(results);
  EXPECT_THAT(skipped, Contains("rfc6455/4.2.2-server-handshake/two-connections: skipped"));
  EXPECT_THAT(skipped, Each(HasSubstr(": skipped")));
  EXPECT_LT(skipped.size(), results.cases.size() / 4);
}

TEST(NarrowTarget, IsJudgedByHalfAsManyCasesAtOnceAsItServes) {
  const Results results = judge_narrow(5, 16);
  EXPECT_EQ(results.jobs, 2);
  EXPECT_EQ(width(results), "at least 4, fewer than 8");
  EXPECT_THAT(others(results),
              ElementsAre("security/frames/promised-on-many-connections: skipped"));
}

TEST(NarrowTarget, IsNoneWhereAllAreServed) {
  const Results results = judge_narrow(32, 8);
  EXPECT_EQ(results.jobs, 8);
  EXPECT_EQ(width(results), "");
  EXPECT_THAT(others(results), IsEmpty());
}

}  // namespace
}  // namespace wsconform::sockets_narrow_target_test
