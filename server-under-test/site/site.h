// What the reference server serves at which path, and what it answers to requests that ask for no
// WebSocket. Sans-I/O: whole requests in, answers out; the clock is injected.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server-under-test/site/authentication.h"
#include "server-under-test/site/http_date.h"
#include "server-under-test/site/resource.h"

namespace wsconform {

class Site {
 public:
  // Echoes at every path.
  explicit Site(WallClock clock);
  // Guards and passwords need an authentication.
  Site(WallClock clock, std::vector<Resource> resources,
       std::shared_ptr<Authentication> authentication = nullptr);

  // In the place of one with the same path.
  void add(Resource resource);
  // Of a request target however it is spelled; null: nothing is served there.
  const Resource* find(std::string_view target) const;

  // The password that a request sends where one is asked for: to be held against what is known of
  // its user before the request is answered, or what to answer at once. `body` is that of a plain
  // request.
  std::optional<std::variant<PasswordCheck, HttpAnswer>> begin_check(const HttpHead& request,
                                                                     std::string_view body,
                                                                     const Client& client);
  void check_succeeded(const Client& client);

  // `request.path` is the one of its target.
  HttpAnswer answer(const PlainRequest& request) const;
  // To an opening handshake that is right so far: 404, a redirect, or what the resource's guard
  // says; nullopt: a WebSocket is served there to `visit`, which then tells who it is.
  std::optional<HttpAnswer> refusal_of(const HttpHead& handshake, Visit& visit) const;
  // Adds to an answer that is no 101 its date and what it says of the server (RFC 9110 §6.6.1,
  // §10.2.4).
  void complete(HttpHead& answer) const;
  // The same for what a Connection has written: a 101 gets the fields of the visit's resource.
  void complete(Bytes& written, const Visit& visit) const;

  std::chrono::sys_seconds now() const { return clock_(); }
  // Null: nobody has a password.
  Authentication* authentication() const { return authentication_.get(); }
  const std::shared_ptr<Authentication>& shared_authentication() const { return authentication_; }

 private:
  const Resource* resource_of(const HttpHead& request) const;
  std::optional<HttpAnswer> refusal_by(const Guard& guard, const HttpHead& handshake,
                                       Visit& visit) const;

  WallClock clock_;
  std::vector<Resource> resources_;  // longer paths first
  std::shared_ptr<Authentication> authentication_;
};

}  // namespace wsconform
