// Gets, before a connection is opened, the cookie or the ticket that its handshake has to show,
// where the target's profile says how one logs in: each connection has one of its own.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "core/instant.h"
#include "runner/suite/login_connection.h"
#include "runner/suite/login_need.h"
#include "runner/suite/target_endpoint.h"
#include "runner/target/login.h"
#include "runner/target/target.h"

namespace wsconform {

struct Case;

class FreshLogins : public std::enable_shared_from_this<FreshLogins> {
 public:
  // null: the case, at this target, shows nothing for which one logs in. `endpoint` outlives it.
  static std::shared_ptr<FreshLogins> for_case(const Case& each, const TargetProfile& profile,
                                               boost::asio::io_context& loop,
                                               const TargetEndpoint& endpoint);
  // null: one logs in nowhere.
  static std::shared_ptr<FreshLogins> for_all(const TargetProfile& profile,
                                              boost::asio::io_context& loop,
                                              const TargetEndpoint& endpoint);

  // The profile whose values are the latest; stays where it is.
  const TargetProfile& profile() const { return profile_; }
  struct Failed {
    std::string why;        // "the login by POST /login gave no cookie: the answer is ..."
    bool answered = false;  // else it may be that the target is gone
    bool late = false;      // it may be in time when it is asked again

    std::string sentence() const;
  };
  using Done = std::function<void(std::optional<Failed>)>;
  // Logs in, once or for each of both, within `limit`, and sets what was found. `done` is called on
  // the loop. One at a time.
  void renew(Duration limit, Done done);
  // Ends what is under way; `done` is not called.
  void give_up();

 private:
  enum class For { cookie, ticket };

  FreshLogins(const TargetProfile& profile, boost::asio::io_context& loop,
              const TargetEndpoint& endpoint)
      : profile_(profile), loop_(loop), endpoint_(endpoint), timer_(loop) {}
  static std::shared_ptr<FreshLogins> made(LoginNeed need, const TargetProfile& profile,
                                           boost::asio::io_context& loop,
                                           const TargetEndpoint& endpoint);
  void log_in(For what);
  void found(For what, const Login& login, const LoginExchange::Found& value);
  void finish(std::optional<Failed> failed);

  TargetProfile profile_;
  boost::asio::io_context& loop_;
  const TargetEndpoint& endpoint_;
  boost::asio::steady_timer timer_;
  std::shared_ptr<LoginConnection> connection_;
  Done done_;  // null: nothing is under way
  std::string first_cookie_;
  LoginNeed need_;
};

}  // namespace wsconform
