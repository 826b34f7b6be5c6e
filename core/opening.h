// The opening handshake as a state machine for either side (RFC 6455 §4): bytes in, one outcome
// out.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <variant>

#include "core/bytes.h"
#include "core/event.h"
#include "core/handshake.h"
#include "core/http_head.h"
#include "core/role.h"

namespace wsconform {

class Opening {
 public:
  struct Refusal {   // of either side
    int status = 0;  // of the response; 0 where there was none
    std::string reason;
  };
  // How it ended, and what a server is to write for it.
  struct Outcome {
    std::variant<Handshake, Refusal> end;
    Bytes output;
  };

  // A server that awaits a request.
  Opening(ServerPolicy policy, std::size_t max_head);
  // A client that has sent `request` and awaits its response.
  Opening(std::string request, ClientOffer offer, std::size_t max_head);

  // Takes the bytes of the head from the front of `input`; the rest belongs to the frames. nullopt:
  // more are needed. Not to be asked again once it gave an outcome.
  std::optional<Outcome> next(std::span<std::uint8_t>& input);
  // The head did not come in time: a server answers 408 (RFC 9110 §15.5.9).
  Outcome time_out() const;
  // The stream ended inside the head: a server that got some of it answers 400 (RFC 9112 §2.2, §8),
  // for the peer may have ended its own direction only.
  Outcome cut_off() const;

 private:
  Outcome answer() const;
  Outcome judge() const;
  Outcome head_too_large() const;

  Role role_ = Role::server;
  ServerPolicy policy_;
  std::string request_;
  ClientOffer offer_;
  HeadReader reader_;
};

}  // namespace wsconform
