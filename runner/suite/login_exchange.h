// One login as a machine: what is written, and what is found in the answer. It has no socket. Memory is bounded, whatever
// comes: 64 KiB of a head, 64 KiB of a body.
#pragma once

#include <expected>
#include <optional>
#include <string>

#include "core/bytes.h"
#include "core/http_head.h"
#include "core/http_response.h"
#include "runner/target/login.h"
#include "runner/target/target.h"

namespace wsconform {

class LoginExchange {
 public:
  LoginExchange(Login login, const TargetUrl& target);

  const std::string& request() const { return request_; }
  // The value looked for, or in words why there is none: "the answer sets no cookie id".
  using Found = std::expected<std::string, std::string>;
  // Once the answer is whole, which may be before the end of the stream.
  std::optional<Found> feed(ByteView bytes);
  Found feed_end();

 private:
  Found find() const;

  Login login_;
  std::string request_;
  HeadReader head_reader_{64 * 1024};
  HttpHead head_;
  std::optional<HttpBodyReader> body_;
};

}  // namespace wsconform
