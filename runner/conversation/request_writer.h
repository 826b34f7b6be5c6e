// The opening handshake's request as a case wants it (RFC 6455 §4.1), right or wrong.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/handshake.h"
#include "runner/casebook/act.h"
#include "runner/target/target.h"

namespace wsconform {

struct WrittenRequest {
  std::string head;
  ClientOffer offer;   // what the head offers, to judge the response by
  std::string method;  // to know whether the response has a body
  // What of the policy's values lets in, and what stands before it.
  struct Credential {
    std::string value{};
    std::string_view before{};
  };
  std::vector<Credential> credentials{};
};

// Where a request has its ticket from (runner/target_policy.h).
class TicketSource {
 public:
  explicit TicketSource(std::shared_ptr<TicketPool> pool = nullptr) : pool_(std::move(pool)) {}

  // The ticket of the request under way, taken when it is first asked for; "" where there is none.
  const std::string& fresh();
  // The one before it: of an earlier request, or of this one where that has none of its own.
  const std::string& before() const { return taken_ ? before_ : fresh_; }
  // Another request begins.
  void begin_request() { taken_ = false; }
  // A request asked for one more than there are.
  bool used_up() const { return used_up_; }

 private:
  std::shared_ptr<TicketPool> pool_;
  std::string fresh_;
  std::string before_;
  bool taken_ = false;
  bool used_up_ = false;
};

// Writes the head: defaults, then the profile's own fields and what its policy asks of every
// request, then the case's edits; placeholders filled in.
WrittenRequest write_request(const SendRequest& request, const TargetProfile& target,
                             std::string_view key, TicketSource& tickets);
// With a ticket source of its own, which no pool feeds.
WrittenRequest write_request(const SendRequest& request, const TargetProfile& target,
                             std::string_view key);

}  // namespace wsconform
