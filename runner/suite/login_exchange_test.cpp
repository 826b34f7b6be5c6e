#include "runner/suite/login_exchange.h"

#include <gtest/gtest.h>

#include "core/for_each_split.h"

namespace wsconform::login_exchange_test {
namespace {

const TargetUrl target{.host = "app.example", .port = 8080};
const Login for_cookie{
    .path = "/login", .body = "user=a&password=b", .place = Login::Place::set_cookie, .name = "id"};
const Login for_ticket{.path = "/ticket", .name = "/data/ticket"};
const Login for_field{.path = "/ticket", .place = Login::Place::field, .name = "X-Ticket"};

LoginExchange::Found found(const Login& login, std::string_view answer) {
  LoginExchange exchange(login, target);
  const auto early = exchange.feed(bytes_of(answer));
  return early ? *early : exchange.feed_end();
}

TEST(LoginExchange, WritesTheRequestWhole) {
  EXPECT_EQ(LoginExchange(for_cookie, target).request(),
            "POST /login HTTP/1.1\r\nHost: app.example:8080\r\nConnection: close\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 17\r\n\r\n"
            "user=a&password=b");
  Login own = for_ticket;
  own.method = "GET";
  own.headers = {{"Authorization", "Basic eA==", "Authorization: Basic eA=="}};
  EXPECT_EQ(LoginExchange(own, target).request(),
            "GET /ticket HTTP/1.1\r\nAuthorization: Basic eA==\r\nHost: app.example:8080\r\n"
            "Connection: close\r\nContent-Length: 0\r\n\r\n");
  own.headers = {{"host", "other.example", "host: other.example"}};
  EXPECT_EQ(LoginExchange(own, target).request(),
            "GET /ticket HTTP/1.1\r\nhost: other.example\r\nConnection: close\r\n"
            "Content-Length: 0\r\n\r\n");
}

TEST(LoginExchange, FindsACookieByItsNameAtEveryCut) {
  const std::string answer =
      "HTTP/1.1 303 See Other\r\nSet-Cookie: other=1\r\nset-cookie: id=abc; Path=/; HttpOnly\r\n"
      "Content-Length: 2\r\n\r\nok";
  for_each_split(bytes_of(answer), [](const std::vector<ByteView>& pieces) {
    LoginExchange exchange(for_cookie, target);
    for (std::size_t i = 0; i + 1 < pieces.size(); ++i) ASSERT_FALSE(exchange.feed(pieces[i]));
    EXPECT_EQ(exchange.feed(pieces.back()), "abc");
  });
}

TEST(LoginExchange, FindsATicketInJsonThoughItsEndIsTheStreams) {
  EXPECT_EQ(found(for_ticket, "HTTP/1.1 200 OK\r\n\r\n{\"data\":{\"ticket\":\"t-1\"}}"), "t-1");
}

TEST(LoginExchange, FindsATicketInAField) {
  EXPECT_EQ(found(for_field, "HTTP/1.1 204 No Content\r\nx-ticket: t+1/=\r\n\r\n"), "t+1/=");
}

TEST(LoginExchange, TakesTheLastCookieOfAName) {
  EXPECT_EQ(
      found(for_cookie,
            "HTTP/1.1 200 OK\r\nSet-Cookie: id=\r\nSet-Cookie: id=b\r\nContent-Length: 0\r\n\r\n"),
      "b");
}

TEST(LoginExchange, TakesNoEndOfAnEndlessAnswer) {
  LoginExchange head(for_cookie, target);
  const Bytes much(1024, 'x');
  std::size_t taken = 0;
  std::optional<LoginExchange::Found> ended;
  for (; !ended && taken < 1024 * 1024; taken += much.size()) ended = head.feed(much);
  ASSERT_TRUE(ended);
  EXPECT_EQ(ended->error(), "the head of the answer has no end");
  EXPECT_LE(taken, 66 * 1024U);
  LoginExchange body(for_ticket, target);
  EXPECT_FALSE(body.feed(bytes_of("HTTP/1.1 200 OK\r\n\r\n")));
  ended.reset();
  for (taken = 0; !ended && taken < 1024 * 1024; taken += much.size()) ended = body.feed(much);
  ASSERT_TRUE(ended);
  EXPECT_EQ(ended->error(), "the answer is larger than 64 KiB");
  EXPECT_LE(taken, 66 * 1024U);
}

TEST(LoginExchange, TellsWhyThereIsNone) {
  const auto why = [](const Login& login, std::string_view answer) {
    return found(login, answer).error();
  };
  const std::string ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
  EXPECT_EQ(why(for_cookie, ok), "the answer sets no cookie id");
  EXPECT_EQ(why(for_ticket, ok), "the answer holds no text at /data/ticket of its JSON");
  EXPECT_EQ(why(for_field, ok), "the answer has no field X-Ticket");
  EXPECT_EQ(why(for_cookie, "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n"),
            "the answer is \"HTTP/1.1 401 Unauthorized\"");
  EXPECT_EQ(why(for_cookie, "SSH-2.0-x\r\n\r\n"), "the answer is not HTTP: \"SSH-2.0-x\"");
  EXPECT_EQ(why(for_cookie, ""), "the target ended TCP before it answered");
  EXPECT_EQ(why(for_ticket, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{}"),
            "the answer is cut off or malformed");
  EXPECT_EQ(why(for_field, "HTTP/1.1 204 No Content\r\nX-Ticket: \r\n\r\n"),
            "what the answer gives is empty");
  EXPECT_EQ(why(for_cookie, "HTTP/1.1 200 OK\r\nSet-Cookie: id=a b\r\nContent-Length: 0\r\n\r\n"),
            "the cookie holds a character that no cookie can (RFC 6265 §4.1.1)");
}

}  // namespace
}  // namespace wsconform::login_exchange_test
