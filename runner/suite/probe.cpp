#include "runner/suite/probe.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/steady_timer.hpp>
#include <string_view>
#include <utility>

#include "core/ascii.h"
#include "core/close_code.h"
#include "core/http_head.h"
#include "core/permessage_deflate.h"
#include "core/phrase.h"
#include "runner/casebook/case.h"

namespace wsconform {
namespace {

constexpr std::string_view greeting = "wsconform";

Case handshake_case() {
  Case made;
  made.id = "probe/handshake";
  made.section = "probe";
  made.level = Level::must;
  return made;
}

Case ping_case() {
  Case made = handshake_case();
  made.id = "probe/ping";
  SendFrame ping;
  ping.opcode = Opcode::ping;
  ping.payload = Payload(to_bytes(greeting));
  made.steps = {ping, ExpectFrame{Opcode::pong, true, {}}};
  return made;
}

SendFrame text_with(std::string_view payload) {
  SendFrame text;
  text.payload = Payload(to_bytes(payload));
  return text;
}

Ending ending_of(EndingKind kind, Verdict verdict, std::vector<std::uint16_t> codes = {}) {
  Ending ending;
  ending.kind = kind;
  ending.verdict = verdict;
  ending.codes = std::move(codes);
  return ending;
}

// Whether it sends anything unasked for as long as a hush.
ExpectEnding is_quiet() {
  return {.endings = {Ending{}, ending_of(EndingKind::failed_connection, Verdict::fail)}};
}

Case echo_case(bool pongs) {
  Case made = handshake_case();
  made.id = "probe/echo";
  made.steps = {text_with(greeting), ExpectFrame{Opcode::text, true, {}}};
  if (pongs) made.steps.insert(made.steps.begin(), is_quiet());
  return made;
}

// Codes by which an application says that it does not take a message (RFC 6455 §7.4). One that does not echo may close for
// reasons of its own; 1002 and 1007 say that the bytes were wrong, and are judged.
std::vector<std::uint16_t> codes_of_refusal(bool echoes) {
  std::vector<std::uint16_t> codes = {close_unsupported_data, close_policy_violation};
  if (echoes) return codes;
  codes.insert(codes.end(), {close_normal, close_internal_error});
  for (std::uint16_t code = 3000; code < 5000; ++code) codes.push_back(code);
  return codes;
}

// Lenient where it is refused so.
Case message_case(Opcode opcode, bool echoes) {
  Case made = handshake_case();
  made.id = "probe/message";
  SendFrame message = text_with(greeting);
  message.opcode = opcode;
  made.steps = {message,
                ExpectEnding{.endings = {ending_of(EndingKind::open, Verdict::pass),
                                         ending_of(EndingKind::failed_connection, Verdict::lenient,
                                                   codes_of_refusal(echoes))}}};
  return made;
}

Case deflate_case() {
  Case made = ping_case();
  made.id = "probe/permessage-deflate";
  made.needs = {std::string(permessage_deflate)};
  made.handshake.set = {{"Sec-WebSocket-Extensions",
                         {"permessage-deflate; client_max_window_bits, permessage-deflate"}}};
  return made;
}

Finished run_one(TargetAccess& access, const Case& made) {
  Batch batch(access, {{&made, 1}}, 1, nullptr);
  batch.run();
  return std::move(batch.finished().front());
}

// Whatever messages come beside the Pong.
CaseResult ping(TargetAccess& access) {
  TargetProfile any = access.profile;
  any.echoes = false;
  TargetAccess by_it{access.loop, access.target, any, access.pace, access.addresses};
  return run_one(by_it, ping_case()).result;
}

bool refuses(TargetAccess& access, Opcode opcode, bool echoes) {
  return run_one(access, message_case(opcode, echoes)).result.verdict == Verdict::lenient;
}

const WireEntry* response_entry(const CaseResult& result) {
  const auto found = std::ranges::find_if(result.wire, [](const WireEntry& each) {
    return each.kind == WireEntry::Kind::head && each.direction == WireEntry::Direction::received;
  });
  return found == result.wire.end() ? nullptr : &*found;
}

bool upgraded(const CaseResult& result) {
  const WireEntry* entry = response_entry(result);
  return entry != nullptr && entry->says.starts_with("HTTP/1.1 101");
}

std::string server_field(const CaseResult& result) {
  const WireEntry* entry = response_entry(result);
  if (entry == nullptr) return {};
  for (const std::string& line : entry->details) {
    const std::size_t colon = line.find(':');
    if (colon == std::string::npos || !equals_ignoring_case(line.substr(0, colon), "Server"))
      continue;
    return line.substr(std::min(line.size(), colon + 2));
  }
  return {};
}

Bytes received_bytes(const CaseResult& result) {
  Bytes all;
  for (const WireEntry& each : result.wire) {
    if (each.direction == WireEntry::Direction::received)
      all.insert(all.end(), each.bytes.begin(), each.bytes.end());
  }
  return all;
}

// RFC 9113 §3.4: an HTTP/2 server begins with a SETTINGS frame: type 4, on stream 0.
bool is_settings_frame(ByteView came) {
  constexpr std::size_t header_size = 9;
  return came.size() >= header_size && came[3] == 4 &&
         std::ranges::all_of(came.subspan(5, 4), [](std::uint8_t each) { return each == 0; });
}

// Some say so only to a client that begins as HTTP/2 has it: with the preface and a SETTINGS frame of its own.
bool speaks_http_2(TargetAccess& access) {
  using namespace std::string_view_literals;
  Case made = handshake_case();
  made.id = "probe/http-2";
  made.opens = false;
  SendRequest preface;
  preface.bytes = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0"sv;
  made.steps = {preface, ExpectResponse{}};
  return is_settings_frame(received_bytes(run_one(access, made).result));
}

std::string why_not(const CaseResult& result, TargetAccess& access) {
  if (result.at_fault == AtFault::target_unreachable) return result.reason;
  if (const WireEntry* entry = response_entry(result)) {
    return fmt::format("It answers the opening handshake with '{}', not with 101.", entry->says);
  }
  const Bytes came = received_bytes(result);
  constexpr std::uint8_t tls_alert = 0x15;
  constexpr std::uint8_t tls_major_version = 3;
  if (came.size() > 1 && came[0] == tls_alert && came[1] == tls_major_version)
    return "It speaks TLS: name it with wss:// in place of ws://.";
  if (is_settings_frame(came) || speaks_http_2(access)) {
    return "It speaks HTTP/2 and no HTTP/1.1: wsconform judges the opening handshake of RFC 6455, "
           "which is HTTP/1.1, and not the one of RFC 8441.";
  }
  if (came.empty() && result.received.starts_with("Silence"))
    return "It accepts TCP, but says nothing: the opening handshake got no answer.";
  if (!came.empty()) {
    return fmt::format("It answers the opening handshake with no HTTP: {}.", quoted(came, 40));
  }
  return fmt::format("It accepts TCP, but the opening handshake got no answer: {}", result.reason);
}

// At the first address that is reached; where none is, at the first of all.
CaseResult first_handshake(TargetAccess& access) {
  const Case handshake = handshake_case();
  CaseResult first = run_one(access, handshake).result;
  for (const auto& address : access.addresses) {
    if (first.at_fault != AtFault::target_unreachable) break;
    if (address == access.target.tcp) continue;
    const auto before = std::exchange(access.target.tcp, address);
    CaseResult other = run_one(access, handshake).result;
    if (other.at_fault == AtFault::target_unreachable) {
      access.target.tcp = before;
    } else {
      first = std::move(other);
    }
  }
  return first;
}

// Connections that say nothing, open as long as this lives.
class HeldConnections {
 public:
  HeldConnections(TargetAccess& access, std::size_t count) {
    for (std::size_t n = 0; n < count; ++n) {
      held_.emplace_back(access.loop)
          .async_connect(access.target.tcp, [](boost::system::error_code) {});
    }
  }

 private:
  std::vector<boost::asio::ip::tcp::socket> held_;
};

// Once it is done with those held before.
bool serves_beside(TargetAccess& access, std::size_t held) {
  probe_liveness(access);
  const HeldConnections others(access, held);
  return probe_liveness(access).speaks;
}

bool listens(TargetAccess& access) {
  for (const auto& address : access.addresses) {
    boost::asio::ip::tcp::socket socket(access.loop);
    boost::system::error_code error;
    socket.connect(address, error);
    if (error) continue;
    access.target.tcp = address;
    return true;
  }
  return false;
}

}  // namespace

ProbeResult probe_liveness(TargetAccess& access) {
  const Case made = access.profile.pongs ? ping_case() : handshake_case();
  const Finished ended = run_one(access, made);
  ProbeResult found;
  found.speaks =
      access.profile.pongs ? ended.result.verdict == Verdict::pass : upgraded(ended.result);
  if (!found.speaks) found.reason = ended.result.reason;
  return found;
}

ProbeResult probe(TargetAccess& access) {
  ProbeResult found;
  const CaseResult first = first_handshake(access);
  found.reached = first.at_fault != AtFault::target_unreachable;
  found.speaks = upgraded(first);
  found.server = server_field(first);
  if (!found.speaks) {
    found.reason = why_not(first, access);
    return found;
  }
  found.round_trip = Duration::max();
  for (int n = 0; n < 3; ++n) {
    const CaseResult each = ping(access);
    found.pongs = found.pongs || each.verdict == Verdict::pass;
    const Duration waited = from_seconds(std::max(0.0, each.total_ms) / 1000);
    found.round_trip = std::min(found.round_trip, waited / 3);
  }
  access.pace.measured_round_trip(found.round_trip);
  const Case echo = echo_case(found.pongs);
  found.echoes = run_one(access, echo).result.verdict == Verdict::pass;
  for (const Opcode kind : {Opcode::text, Opcode::binary})
    if (found.pongs && refuses(access, kind, found.echoes)) found.refuses.insert(kind);
  const Case deflate = deflate_case();
  const CaseResult agreed = run_one(access, deflate).result;
  found.deflates = upgraded(agreed) && agreed.verdict != Verdict::skipped;
  return found;
}

// Each is quiet for a hush, so that all are open when the first speaks.
bool tells_others(TargetAccess& access, std::size_t connections) {
  std::vector<Case> cases(connections, handshake_case());
  std::vector<Task> tasks;
  for (Case& each : cases) {
    each.id = fmt::format("probe/beside-others/{}", tasks.size());
    each.steps = {is_quiet(), text_with(each.id), ExpectFrame{Opcode::text, true, {}}, is_quiet()};
    tasks.push_back({&each, 1});
  }
  Batch batch(access, tasks, connections, nullptr);
  batch.run();
  return std::ranges::any_of(batch.finished(), [](const Finished& each) {
    return each.result.verdict == Verdict::fail && upgraded(each.result) &&
           !each.outcome.timed_out && !each.outcome.ended_by_target();
  });
}

std::size_t served_at_once(TargetAccess& access, std::size_t wanted) {
  // Twice, for a target that was only slow.
  if (wanted <= 1 || serves_beside(access, wanted - 1) || serves_beside(access, wanted - 1))
    return std::max<std::size_t>(1, wanted);
  std::size_t served = 1;
  while (2 * served < wanted && serves_beside(access, 2 * served - 1)) served *= 2;
  return served;
}

bool reach(TargetAccess& access, Duration limit, const std::function<bool()>& hopeless) {
  constexpr Duration between = std::chrono::milliseconds(25);
  const Instant last = std::chrono::steady_clock::now() + limit;
  for (;;) {
    if (listens(access)) return true;
    access.loop.restart();
    access.loop.poll();
    if (hopeless() || std::chrono::steady_clock::now() >= last) return false;
    boost::asio::steady_timer pause(access.loop, between);
    pause.wait();
  }
}

}  // namespace wsconform
