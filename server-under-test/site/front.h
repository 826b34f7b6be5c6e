// The first that hears a client: takes one request whole. A plain one is answered by the site; an
// opening handshake is refused by the site's rules or left to a Connection, which judges what RFC
// 6455 says of it. The connection ends with the answer, unless a WebSocket is opened on it.
#pragma once

#include <cassert>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "core/bytes.h"
#include "core/http_head.h"
#include "server-under-test/site/site.h"

namespace wsconform {

inline constexpr std::size_t max_plain_body = 64 * 1024;  // bytes

struct FrontOptions {
  std::shared_ptr<Site> site{};    // not null
  std::shared_ptr<Visit> visit{};  // not null: tells of the client, and is told who it is
  std::size_t max_head = 16 * 1024;
  // Asked with an opening handshake that is otherwise right, before the site's guards; may be null.
  std::function<std::optional<HttpAnswer>(const HttpHead&)> refuses{};
  // Asked last of all, with an opening handshake that a site lets in: takes a place, or says why
  // there is none, and it is refused with 503. May be null.
  std::function<std::optional<std::string_view>()> takes_place{};
};

class Front {
 public:
  explicit Front(FrontOptions options) : options_(std::move(options)), head_(options_.max_head) {}

  enum class Turn {
    more,       // bytes are needed
    handshake,  // what came is a Connection's, be it to accept or to refuse
    check,      // a password is to be checked; what comes meanwhile may be handed in, too
    answered,   // `answer` is to be written, and TCP to be ended
  };
  // Not to be called again behind `handshake` and `answered`.
  Turn receive(ByteView bytes);
  // Behind `check`: what to run, a copy of it on another thread. `checked` is told what came of it.
  const PasswordCheck& check() const {
    assert(check_);
    return *check_;
  }
  // Precondition: it is checking.
  Turn checked(bool right);
  bool is_checking() const { return checking_; }
  // All bytes so far, as they came.
  Bytes take_received() { return std::move(received_); }
  // Head and body.
  Bytes take_answer() { return std::move(answer_); }
  // Whether the head of a plain request is there, so that its end, or a deadline, is not a
  // handshake's.
  bool in_body() const { return request_ && !is_handshake_; }
  // The rest of the body does not come. Precondition: in_body.
  void cut_off(int status, std::string_view reason);

 private:
  Turn begin();
  Turn begin_plain();
  Turn begin_check();
  Turn finish();
  Turn finish_handshake();
  Turn conclude(HttpAnswer answer);
  void write(HttpAnswer answer);

  FrontOptions options_;
  HeadReader head_;
  Bytes received_;
  std::optional<PlainRequest> request_;  // once its head is there
  bool is_handshake_ = false;
  std::size_t body_size_ = 0;  // as it is announced
  std::optional<PasswordCheck> check_;
  bool checking_ = false;
  Bytes answer_;
};

}  // namespace wsconform
