// The opening of a connection as the target writes it (RFC 6455 §4): the responses of a server, or
// the request of a client. What comes is written into the wire log; nothing is judged but what
// cannot be read at all.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "core/bytes.h"
#include "core/http_head.h"
#include "core/http_response.h"
#include "core/instant.h"
#include "core/role.h"
#include "runner/conversation/offence.h"
#include "runner/conversation/wire_log.h"

namespace wsconform {

struct SawRequest {
  HttpHead head{};
};
struct SawResponse {  // once whole: a 101 with its head, any other with its body
  HttpHead head{};
  int status = 0;  // 0: the status line cannot be read
  std::string body{};
};
struct SawInterim {  // a response that announces another one (RFC 9110 §15.2)
  int status = 0;
};
struct SawStray {  // bytes after a response that is no 101, or after a request without an answer
  std::uint64_t size = 0;
};
using OpeningObservation = std::variant<SawRequest, SawResponse, SawInterim, SawStray, Offence>;

class OpeningReader {
 public:
  // `log` outlives it.
  OpeningReader(Role under_test, WireLog& log);

  // Takes bytes until the connection is upgraded and says how many those were; the rest are frames.
  std::size_t receive(ByteView bytes, Instant now);
  // The end of the stream completes a response whose body only an end delimits.
  void receive_end(Instant now);
  // Writes into the log what came of a head whose end did not come.
  void log_unfinished(Instant now);
  // Since the last call, in order.
  std::vector<OpeningObservation> take_seen() { return std::exchange(seen_, {}); }

  // Of a server, once: its latest head, an interim one too. It is whole, though its
  // body may never be.
  std::optional<HttpHead> take_head() { return std::exchange(new_head_, std::nullopt); }

  // Of our request, where the target is a server: it tells whether the response has a
  // body (RFC 9112 §6.3).
  void sent_method(std::string method) { method_ = std::move(method); }
  // Where the target is a client: our 101 goes out, and what comes behind it are frames.
  void accepted() { part_ = Part::frames; }

  // A 101 came, or went out.
  bool upgraded() const { return part_ == Part::frames; }
  // Bytes of a head or a body came, and it is not whole.
  bool begun() const { return part_ == Part::body || !head_.text().empty(); }

 private:
  enum class Part { head, body, after, frames };

  std::size_t receive_head(ByteView bytes, Instant now);
  std::size_t receive_body(ByteView bytes, Instant now);
  void finish_head(Instant now);
  void finish_request();
  void begin_response();
  void finish_response();

  Role under_test_ = Role::server;
  WireLog& log_;
  Part part_ = Part::head;
  HeadReader head_;
  std::optional<HttpBodyReader> body_;
  SawResponse response_;
  std::optional<HttpHead> new_head_;
  std::string method_ = "GET";
  std::vector<OpeningObservation> seen_;
};

}  // namespace wsconform
