#include "server-under-test/status/status_resources.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base64.h"
#include "server-under-test/site/front.h"
#include "server-under-test/status/sample_status.h"

namespace wsconform::status_resources_test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

class WatchedServer final : public Watched {
 public:
  ServerStatus status(std::uint64_t after, std::size_t most) const override {
    after_ = after;
    most_ = most;
    return tested::sample_status();
  }
  bool show_out(std::uint64_t id) override {
    if (id > 100) return false;
    shown_out_.push_back(id);
    return true;
  }

  mutable std::uint64_t after_ = 0;
  mutable std::size_t most_ = 0;
  std::vector<std::uint64_t> shown_out_;
};

std::string basic(const std::string& credentials) {
  return "Authorization: Basic " + base64_encode(credentials) + "\r\n";
}

class StatusPages : public testing::Test {
 protected:
  static constexpr auto clock = [] { return std::chrono::sys_seconds(); };

  void serve(bool with_passwords, const StatusOptions& options = {}) {
    std::shared_ptr<Authentication> authentication;
    if (with_passwords) {
      AuthenticationOptions known{.key = std::string(32, 'k')};
      for (const char* user : {"ann", "bob"})
        known.accounts.add(user, hash_password("sesame", {.log_n = 4, .r = 1}, "saltsalt"));
      authentication = std::make_shared<Authentication>(std::move(known), clock);
    }
    site_ = std::make_shared<Site>(clock, std::vector<Resource>{}, authentication);
    for (Resource& each : status_resources(server_, options, authentication))
      site_->add(std::move(each));
  }
  std::string send(const std::string& request) {
    Front front({.site = site_, .visit = std::make_shared<Visit>()});
    Front::Turn turn = front.receive(bytes_of(request));
    if (turn == Front::Turn::check) turn = front.checked(front.check().run());
    EXPECT_EQ(turn, Front::Turn::answered);
    return std::string(text_of(front.take_answer()));
  }
  std::string ask(const std::string& target, const std::string& fields = "") {
    return send("GET " + target + " HTTP/1.1\r\nHost: h\r\n" + fields + "\r\n");
  }
  std::string close(const std::string& form, const std::string& fields) {
    return send("POST /status/close HTTP/1.1\r\nHost: h\r\n" + fields +
                "Content-Length: " + std::to_string(form.size()) + "\r\n\r\n" + form);
  }

  std::shared_ptr<WatchedServer> server_ = std::make_shared<WatchedServer>();
  std::shared_ptr<Site> site_;
};

TEST_F(StatusPages, AreOpenWhereNobodyHasAPassword) {
  serve(false);
  EXPECT_THAT(ask("/status"), HasSubstr("Content-Type: text/html"));
  EXPECT_THAT(ask("/status.json?after=5"), HasSubstr("\"address\": \"192.0.2.1\""));
  EXPECT_EQ(server_->after_, 5U);
  EXPECT_THAT(ask("/metrics"), HasSubstr("\nwsconform_clients 3\n"));
  EXPECT_EQ(server_->most_, 0U);
  EXPECT_THAT(ask("/healthz"), HasSubstr("\r\n\r\nok\n"));
  EXPECT_THAT(close("id=7", ""), StartsWith("HTTP/1.1 404"));
}

TEST_F(StatusPages, AreJsonForWhoAsksForIt) {
  serve(false);
  EXPECT_THAT(ask("/status", "Accept: application/json\r\n"),
              HasSubstr("Content-Type: application/json"));
  EXPECT_THAT(ask("/status", "Accept: text/html, application/json;q=0.9\r\n"),
              HasSubstr("Content-Type: text/html"));
}

TEST_F(StatusPages, AskForAPasswordWhereUsersHaveThem) {
  serve(true);
  for (const char* path : {"/status", "/status.json"}) {
    EXPECT_THAT(ask(path), StartsWith("HTTP/1.1 401"));
    EXPECT_THAT(ask(path, basic("ann:wrong")), StartsWith("HTTP/1.1 401"));
    EXPECT_THAT(ask(path, basic("ann:sesame")), StartsWith("HTTP/1.1 200"));
  }
  EXPECT_THAT(ask("/metrics"), StartsWith("HTTP/1.1 200"));
}

TEST_F(StatusPages, AreForAdministratorsAloneWhereSomeAreNamed) {
  serve(true, {.administrators = {"ann"}});
  EXPECT_THAT(ask("/status", basic("bob:sesame")), StartsWith("HTTP/1.1 403"));
  EXPECT_THAT(ask("/status", basic("ann:sesame")), StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(close("id=7", basic("bob:sesame")), StartsWith("HTTP/1.1 403"));
  EXPECT_THAT(server_->shown_out_, IsEmpty());
}

TEST_F(StatusPages, CloseAClientForWhoHasAPassword) {
  serve(true);
  EXPECT_THAT(close("id=7", ""), StartsWith("HTTP/1.1 401"));
  EXPECT_THAT(close("id=7", basic("ann:wrong")), StartsWith("HTTP/1.1 401"));
  EXPECT_THAT(server_->shown_out_, IsEmpty());
  const std::string done = close("id=7", basic("ann:sesame") + "Origin: http://h\r\n");
  EXPECT_THAT(done, StartsWith("HTTP/1.1 303"));
  EXPECT_THAT(done, HasSubstr("\r\nLocation: /status\r\n"));
  EXPECT_THAT(server_->shown_out_, ElementsAre(7U));
}

TEST_F(StatusPages, CloseNobodyForAnotherSitesPage) {
  serve(true);
  EXPECT_THAT(close("id=7", basic("ann:sesame") + "Origin: http://evil.example\r\n"),
              StartsWith("HTTP/1.1 403"));
  EXPECT_THAT(close("id=7", basic("ann:sesame") + "Origin: null\r\n"), StartsWith("HTTP/1.1 403"));
  EXPECT_THAT(close("id=7", basic("ann:sesame") + "Sec-Fetch-Site: cross-site\r\n"),
              StartsWith("HTTP/1.1 403"));
  EXPECT_THAT(server_->shown_out_, IsEmpty());
}

TEST_F(StatusPages, SayWhichClientCannotBeClosed) {
  serve(true);
  EXPECT_THAT(close("id=101", basic("ann:sesame")), StartsWith("HTTP/1.1 404"));
  for (const char* form : {"", "id=", "id=x", "id=1&id=2", "id=-1"})
    EXPECT_THAT(close(form, basic("ann:sesame")), StartsWith("HTTP/1.1 400")) << form;
}

TEST_F(StatusPages, OutliveTheServer) {
  serve(false);
  server_.reset();
  EXPECT_THAT(ask("/status"), StartsWith("HTTP/1.1 503"));
}

TEST_F(StatusPages, AreThereNotWhereTheyAreSwitchedOff) {
  serve(false, {.served = false});
  for (const char* path : {"/status", "/metrics", "/healthz"})
    EXPECT_THAT(ask(path), StartsWith("HTTP/1.1 404"));
}

}  // namespace
}  // namespace wsconform::status_resources_test
