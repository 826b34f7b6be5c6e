#include "runner/suite/fresh_logins.h"

#include <fmt/format.h>

#include <cassert>
#include <chrono>
#include <utility>

#include "core/ascii.h"
#include "core/percent.h"
#include "core/phrase.h"

namespace wsconform {

namespace asio = boost::asio;

namespace {

// A value as it can stand in a query (RFC 3986 §2.3).
std::string as_in_a_query(std::string_view value) {
  constexpr std::string_view unreserved = "-._~";
  std::string written;
  for (const char c : value) {
    if (is_letter_or_digit(c) || unreserved.find(c) != unreserved.npos)
      written += c;
    else
      written += triplet_of(c);
  }
  return written;
}

}  // namespace

std::string FreshLogins::Failed::sentence() const {
  std::string text = why + '.';
  text.front() = to_upper(text.front());
  return text;
}

std::shared_ptr<FreshLogins> FreshLogins::for_case(const Case& each, const TargetProfile& profile,
                                                   asio::io_context& loop,
                                                   const TargetEndpoint& endpoint) {
  return made(login_need(each, profile.policy), profile, loop, endpoint);
}

std::shared_ptr<FreshLogins> FreshLogins::for_all(const TargetProfile& profile,
                                                  asio::io_context& loop,
                                                  const TargetEndpoint& endpoint) {
  return made(every_login(profile.policy), profile, loop, endpoint);
}

std::shared_ptr<FreshLogins> FreshLogins::made(LoginNeed need, const TargetProfile& profile,
                                               asio::io_context& loop,
                                               const TargetEndpoint& endpoint) {
  if (!need.any()) return nullptr;
  std::shared_ptr<FreshLogins> made(new FreshLogins(profile, loop, endpoint));
  made->need_ = need;
  if (need.ticket) made->profile_.tickets = std::make_shared<TicketPool>(*profile.policy.ticket);
  return made;
}

void FreshLogins::renew(Duration limit, Done done) {
  assert(!done_);
  done_ = std::move(done);
  timer_.expires_after(limit);
  timer_.async_wait([weak = weak_from_this(), limit](boost::system::error_code cancelled) {
    const auto self = weak.lock();
    if (cancelled || !self || !self->done_) return;
    const bool answered = self->connection_->answered();
    self->finish(
        Failed{"the login got no whole answer within " + duration_in_words(in_milliseconds(limit)),
               answered, true});
  });
  log_in(need_.cookie ? For::cookie : For::ticket);
}

void FreshLogins::give_up() {
  done_ = nullptr;
  timer_.cancel();
  if (connection_) connection_->give_up();
}

void FreshLogins::log_in(For what) {
  const Login& login =
      what == For::cookie ? *profile_.policy.cookie->login : *profile_.policy.ticket->login;
  connection_ = std::make_shared<LoginConnection>(
      loop_, endpoint_, LoginExchange(login, profile_.address),
      [self = shared_from_this(), what, &login](const LoginExchange::Found& value) {
        self->found(what, login, value);
      });
  connection_->start();
}

void FreshLogins::found(For what, const Login& login, const LoginExchange::Found& value) {
  if (!value) {
    return finish(Failed{fmt::format("the login by {} {} gave no {}: {}", login.method, login.path,
                                     what == For::cookie ? "cookie" : "ticket", value.error()),
                         connection_->answered()});
  }
  if (what == For::cookie) {
    profile_.policy.cookie->good = *value;
    profile_.policy_values = values_of(profile_.policy);
    if (first_cookie_.empty()) first_cookie_ = *value;
    profile_.policy_values["cookie-first"] = first_cookie_;
    if (need_.ticket) return log_in(For::ticket);
  } else {  // the pool stays where it is: a conversation draws from it
    TicketPolicy fresh = *profile_.policy.ticket;
    fresh.good = {as_in_a_query(*value)};
    fresh.single_use = true;
    *profile_.tickets = TicketPool(fresh);
  }
  finish(std::nullopt);
}

void FreshLogins::finish(std::optional<Failed> failed) {
  const Done done = std::move(done_);
  give_up();
  done(std::move(failed));
}

}  // namespace wsconform
