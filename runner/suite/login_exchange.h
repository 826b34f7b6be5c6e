// One login as a machine: what is written, and what is found in the answer. It has no socket.
// Memory is bounded, whatever comes: 64 KiB of a head, 64 KiB of a body.
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
  // Of the target the address is taken, and no reference to it is kept.
  LoginExchange(Login login, const TargetUrl& target);

  // What is written, whole and at once.
  const std::string& request() const { return request_; }
  // The value looked for, or in words why there is none: "the answer sets no cookie id".
  using Found = std::expected<std::string, std::string>;
  // What came, in order, until there is an answer: once it is whole, which may be before the end of
  // the stream. Behind that nothing more is fed.
  std::optional<Found> feed(ByteView bytes);
  // The stream ended before that. Once.
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
