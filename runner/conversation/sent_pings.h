// The Pings that went out on a connection, and which of them were answered. A Pong may answer any
// Ping that is not answered yet, for an endpoint may leave earlier ones out (RFC 6455 §5.5.3).
#pragma once

#include <cstddef>
#include <vector>

#include "core/bytes.h"

namespace wsconform {

class SentPings {
 public:
  // A barrier is ours, and no Ping of the case.
  void add(Bytes payload, bool barrier) { pings_.push_back({std::move(payload), barrier, false}); }

  enum class Answered { none, ping, barrier };
  // A Pong with this payload came: what it answers, which is answered from now on.
  Answered answer(ByteView payload);
  // A Pong with this payload would answer one.
  bool awaits(ByteView payload) const;
  // The latest Ping of the case is answered, or one with the same payload is. False
  // where there was none.
  bool latest_is_answered() const;

 private:
  struct Ping {
    Bytes payload;
    bool barrier = false;
    bool answered = false;
  };

  std::size_t find(ByteView payload) const;

  std::vector<Ping> pings_;
  std::size_t first_unanswered_ = 0;
};

}  // namespace wsconform
