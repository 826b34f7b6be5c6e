// What a target declares of whom it lets in, and what cases make of it: the needs that it meets,
// and what the placeholders {policy.NAME} of their requests stand for (cases/README.md lists both).
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "runner/target/login.h"
#include "runner/target/refused_tokens.h"

namespace wsconform {

// Every `path` is the request target at which the rule holds; "": the target's own.

// RFC 6455 §10.2. Two origins are the same when scheme, host and port are (RFC 6454 §5).
struct OriginPolicy {
  std::vector<std::string> allowed{};  // all there are; at least one is not "null"
  std::string foreign{};               // one to try; "" where none is declared
  bool required = false;               // a request without Origin is refused at `path`,
  std::string required_path{};         // or only here
  std::string path{};
};

struct Credentials {
  std::string user{};  // without a colon
  std::string password{};
};
// RFC 7617.
struct BasicPolicy {
  std::vector<Credentials> good{};  // at least one
  std::optional<Credentials> bad{};
  std::string path{};
};

struct CookiePolicy {
  std::string name{};
  std::string good{};  // "" before the first login
  std::string bad{};   // "" where none is declared
  RefusedTokens refused{};
  std::string path{};
  std::optional<Login> login{};  // gives a good one
  std::string logout{};  // a POST there ends the session of the cookie; "" where none is known
  // With the cookie only pages of this origin are let in, and clients that are no browser; "" where
  // that is not said.
  std::string origin{};
};

// A ticket in the query: "?parameter=ticket", as it is spelled there.
struct TicketPolicy {
  std::string parameter{};
  std::vector<std::string> good{};  // none before the first login, else at least one
  std::string bad{};                // "" where none is declared
  std::string expired{};            // "" where none is known
  RefusedTokens refused{};
  bool single_use = false;
  std::string path{};
  std::optional<Login> login{};  // gives a good one
};

// Where nothing is served, or something else than an echo: "" where no such path is declared.
struct ResourcePolicy {
  std::string redirect{};  // sends on, with a Location
  std::string nowhere{};   // there is nothing
  // A WebSocket sends each message, as it is, to all who are connected to the same path.
  std::string chat{};
  std::string other_chat{};  // another room; "" where there is one alone
};

struct TargetPolicy {
  std::optional<OriginPolicy> origin{};
  std::optional<BasicPolicy> basic{};
  std::optional<CookiePolicy> cookie{};
  std::optional<TicketPolicy> ticket{};
  ResourcePolicy resources{};
};

// Payload bytes: what is as large is taken, what is larger fails with 1009
// (RFC 6455 §10.4, §7.4.1).
struct DeclaredLimits {
  std::optional<std::uint64_t> max_message{};
  std::optional<std::uint64_t> max_frame{};
  std::uint64_t text_form = 0;  // of a text, what the form takes that the target wants texts in
};

// What cases can need of it: "origin-policy", "basic", ...
std::set<std::string> features_of(const TargetPolicy& policy);

std::set<std::string> features_of(const DeclaredLimits& limits);

// A scheme, "://", a host and perhaps a port: what a browser sends but "null" (RFC 6454 §6.2).
bool is_origin(std::string_view text);

using PolicyValues = std::map<std::string, std::string, std::less<>>;
// What they stand for in every request alike. A path that is not declared is "{path}".
PolicyValues values_of(const TargetPolicy& policy);
// What those of one fresh ticket stand for.
PolicyValues values_of_ticket(std::string_view ticket);

// The target up to where a parameter can be added: with "?" or "&" at its end.
std::string open_query(std::string_view target);
// "Basic" credentials: base64 of "user:password" (RFC 7617 §2).
std::string basic_token(const Credentials& credentials);

// The good tickets of a run: each is given once where they are single-use, else in turn.
class TicketPool {
 public:
  explicit TicketPool(const TicketPolicy& policy)
      : tickets_(policy.good), single_use_(policy.single_use) {}

  // nullopt: all are used up.
  std::optional<std::string> take();

 private:
  std::vector<std::string> tickets_;
  bool single_use_ = false;
  std::size_t next_ = 0;
};

}  // namespace wsconform
