// The endpoint under test: where it is, what is asked of it with every handshake, what
// is known of it.
#pragma once

#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/frame.h"
#include "core/handshake_fault.h"
#include "core/http_head.h"
#include "core/instant.h"
#include "core/role.h"
#include "core/tls_session.h"
#include "runner/target/message_form.h"
#include "runner/target/secrets.h"
#include "runner/target/target_policy.h"

namespace wsconform {

struct TargetUrl {
  bool tls = false;
  std::string host;  // without brackets for an IPv6 literal
  std::uint16_t port = 80;
  std::string path = "/";  // with its query

  // As the Host field has it: the port only where it is not the scheme's own
  // (RFC 6455 §4.1 item 4).
  std::string authority() const;
};
// ws://, wss://, http:// and https:// URLs; a fragment is an error (RFC 6455 §3).
std::expected<TargetUrl, std::string> parse_target_url(std::string_view url);

inline constexpr std::size_t most_shown_lately = 256;

struct TargetProfile {
  std::string name;
  std::string url;  // as reports tell it: without what lets in
  TargetUrl address;
  TlsContext::Trust trust;                // of a wss URL
  std::vector<FieldLine> headers;         // sent with every opening handshake, raw
  std::vector<std::string> subprotocols;  // offered with every opening handshake
  std::set<std::string> features;         // what cases may need: "subprotocol", ...
  Role role = Role::server;               // as which it is tested
  bool echoes = true;                     // found out by the sanity check
  bool pongs = true;                      // it answers Pings: likewise
  std::optional<MessageForm> message;     // that it takes texts in, where it takes no others
  std::set<Opcode> refuses;               // kinds of messages it does not take: likewise
  HandshakeFaultSet overlooked;           // of a response: its every 101 has them; likewise
  bool one_at_a_time = false;             // no connection is served while another is open: likewise
  TargetPolicy policy;
  PolicyValues policy_values;           // of that policy
  std::shared_ptr<TicketPool> tickets;  // of that policy; shared by all conversations
  Secrets secrets{};                    // that no report tells: those of every connection alike,
  // and the latest that were shown to the target.
  std::shared_ptr<Secrets> shown_lately = std::make_shared<Secrets>(most_shown_lately);

  // No answer of it shows whether it takes what it gets.
  bool mute() const { return !echoes && !pongs; }

  // Sets policy, values and tickets, and the features that they make.
  void declare(TargetPolicy declared);
  // The same target at another port.
  void move_to(std::uint16_t port);
  // Takes in what headers, URL and policy hold.
  void keep_secrets();
};

}  // namespace wsconform
