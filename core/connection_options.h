// How an endpoint behaves: its role, what it takes, how long it waits.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "core/deadline_clock.h"
#include "core/frame.h"
#include "core/handshake.h"
#include "core/permessage_deflate.h"
#include "core/role.h"
#include "core/violation.h"

namespace wsconform {

struct Limits {
  std::size_t max_head = 16 * 1024;                 // bytes of an HTTP head
  std::uint64_t max_frame = 64 * 1024 * 1024;       // payload bytes
  std::uint64_t max_message = 64 * 1024 * 1024;     // payload bytes
  std::uint64_t max_fragments = 100'000;            // frames of one message
  std::uint64_t max_controls_per_second = 100'000;  // pings and pongs received
};

// RFC 6455 §4.1, §7.1.3, §7.1.4; the API's names.
enum class State { connecting, open, closing, closed };

struct ConnectionOptions {
  Role role = Role::server;
  Limits limits = {};
  Deadlines deadlines = {};
  ServerPolicy policy = {};     // role server
  std::string request = {};     // role client: the whole request head to send, built by the owner
  ClientOffer offer = {};       // role client: what that request offered
  bool skip_handshake = false;  // begin OPEN, without an Opened
  std::optional<DeflateAgreement> deflate = {};  // then: what was agreed
  bool answer_pings = true;                      // §5.5.2
  ViolationSet tolerated = {};  // rules that are not enforced (for planted defects)
  // With which to fail; absent: the rule's own code. 0 fails with an empty Close.
  std::function<std::uint16_t(Violation)> close_code = {};
  std::function<MaskingKey()> next_masking_key = {};  // role client: required
};

}  // namespace wsconform
