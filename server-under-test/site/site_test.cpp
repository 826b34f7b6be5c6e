#include "server-under-test/site/site.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server-under-test/site/normal_path.h"

namespace wsconform::site_test {
namespace {

using testing::HasSubstr;

std::chrono::sys_seconds noon() {
  return std::chrono::sys_seconds(std::chrono::seconds(784'111'777));
}

Site tested_site() {
  return Site(noon,
              {{.path = "/echo"},
               {.path = "/open", .below = true, .fields = {{"X-One", "1", "X-One: 1"}}},
               {.path = "/open/not",
                .service = Service::page,
                .methods = {"GET", "POST"},
                .page =
                    [](const PlainRequest& request) {
                      return content("text/plain", request.method + ' ' + request.path);
                    }},
               {.path = "/old", .service = Service::redirect, .status = 308, .location = "/echo"},
               {.path = "/away",
                .service = Service::redirect,
                .status = 302,
                .location = "wss://elsewhere.example/ws"}});
}

HttpAnswer ask(std::string_view method, std::string_view target) {
  PlainRequest request{.method = std::string(method), .target = std::string(target)};
  request.path = *normal_path(target);
  return tested_site().answer(request);
}
int status_of(const HttpAnswer& answer) {
  return parse_status_line(answer.head.start_line)->code;
}
int status(std::string_view method, std::string_view target) {
  return status_of(ask(method, target));
}
HttpHead handshake(const std::string& target) {
  return {.start_line = "GET " + target + " HTTP/1.1"};
}
std::optional<HttpAnswer> refusal(const std::string& target) {
  Visit visit;
  return tested_site().refusal_of(handshake(target), visit);
}

TEST(Site, TellsABrowserWhatAWebSocketResourceIs) {
  const HttpAnswer answer = ask("GET", "/echo");
  EXPECT_EQ(status_of(answer), 200);
  EXPECT_EQ(answer.head.value("Content-Type"), "text/html; charset=utf-8");
  EXPECT_THAT(answer.body, HasSubstr("new WebSocket"));
}

TEST(Site, HasNothingWhereNothingIsServed) {
  EXPECT_EQ(status("GET", "/"), 404);
  EXPECT_EQ(status("GET", "/echo/below"), 404);
  EXPECT_EQ(status("POST", "/nowhere"), 404);
  EXPECT_EQ(status_of(*refusal("/nowhere")), 404);
  EXPECT_EQ(status_of(*refusal("/open/not")), 404);
  EXPECT_EQ(status_of(*refusal("/open/%00")), 400);
}

TEST(Site, FindsAResourceHoweverItsPathIsSpelled) {
  for (const char* target : {"/ECHO", "/%65cho", "/echo/", "/./echo", "http://host/echo?x"})
    EXPECT_FALSE(refusal(target)) << target;
}

TEST(Site, ServesWhatIsBelowAResourceThatSaysSo) {
  EXPECT_FALSE(refusal("/open/a/b"));
  EXPECT_EQ(status("GET", "/open/not"), 200);
  EXPECT_EQ(status("GET", "/open/not/below"), 404);
}

TEST(Site, AllowsWhatAResourceAllowsAndTellsIt) {
  EXPECT_EQ(ask("POST", "/open/not").body, "POST /open/not");
  EXPECT_EQ(ask("HEAD", "/open/not").body, "HEAD /open/not");
  const HttpAnswer refused = ask("DELETE", "/open/not");
  EXPECT_EQ(status_of(refused), 405);
  EXPECT_EQ(refused.head.value("Allow"), "GET, HEAD, POST, OPTIONS");
  const HttpAnswer options = ask("OPTIONS", "/echo");
  EXPECT_EQ(status_of(options), 204);
  EXPECT_EQ(options.head.value("Allow"), "GET, HEAD, OPTIONS");
  EXPECT_EQ(options.head.count("Content-Length"), 0U);
}

TEST(Site, RedirectsRequestsAndHandshakesEachToASchemeOfItsOwn) {
  EXPECT_EQ(ask("GET", "/old").head.value("Location"), "/echo");
  EXPECT_EQ(status_of(*refusal("/old")), 308);
  EXPECT_EQ(refusal("/old?a=b")->head.value("Location"), "/echo?a=b");
  EXPECT_EQ(refusal("/away")->head.value("Location"), "wss://elsewhere.example/ws");
  EXPECT_EQ(ask("POST", "/away").head.value("Location"), "https://elsewhere.example/ws");
}

std::string completed(std::string_view written) {
  Bytes bytes = to_bytes(written);
  tested_site().complete(bytes, {.target = "/open"});
  return std::string(text_of(bytes));
}

TEST(Site, CompletesA101WithTheResourcesFieldsAndEveryOtherAnswerWithDateAndServer) {
  EXPECT_EQ(completed("HTTP/1.1 101 Switching Protocols\r\nA: b\r\n\r\nframes"),
            "HTTP/1.1 101 Switching Protocols\r\nA: b\r\nX-One: 1\r\n\r\nframes");
  EXPECT_EQ(completed("HTTP/1.1 400 Bad Request\r\n\r\nbody"),
            "HTTP/1.1 400 Bad Request\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n"
            "Server: wsconform\r\n\r\nbody");
}

TEST(Site, ReplacesAResourceByALaterOneOfItsPath) {
  Site site(noon);
  site.add({.service = Service::page,
            .page = [](const PlainRequest&) { return content("text/plain", "mine"); }});
  EXPECT_EQ(site.answer({.method = "GET", .target = "/", .path = "/"}).body, "mine");
}

}  // namespace
}  // namespace wsconform::site_test
