#include "runner/suite/probe_cases.h"

#include <fmt/format.h>

#include <string_view>
#include <utility>

#include "core/close_code.h"
#include "core/permessage_deflate.h"
#include "runner/casebook/case.h"

namespace wsconform {
namespace {

constexpr std::string_view greeting = "wsconform";

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

// Codes by which an application says that it does not take a message (RFC 6455 §7.4). One
// that does not echo may close for reasons of its own; 1002 and 1007 say that the bytes
// were wrong, and are judged.
std::vector<std::uint16_t> codes_of_refusal(bool echoes) {
  std::vector<std::uint16_t> codes = {close_unsupported_data, close_policy_violation};
  if (echoes) return codes;
  codes.insert(codes.end(), {close_normal, close_internal_error});
  for (std::uint16_t code = 3000; code < 5000; ++code) codes.push_back(code);
  return codes;
}

}  // namespace

Case handshake_case() {
  Case made;
  made.id = "probe/handshake";
  made.section = "probe";
  made.level = Level::must;
  return made;
}

Case opening_case() {
  Case made = handshake_case();
  made.id = "probe/opening";
  made.steps = {EndStream{}};
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

Case echo_case(Opcode kind, bool pongs) {
  Case made = handshake_case();
  made.id = kind == Opcode::text ? "probe/echo" : "probe/binary-echo";
  SendFrame message = text_with(greeting);
  message.opcode = kind;
  made.steps = {message, ExpectFrame{kind, true, {}}};
  if (pongs) made.steps.insert(made.steps.begin(), is_quiet());
  return made;
}

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

Case deflate_case(bool pongs) {
  Case made = pongs ? ping_case() : opening_case();
  made.id = "probe/permessage-deflate";
  made.needs = {std::string(permessage_deflate)};
  made.handshake.set = {{"Sec-WebSocket-Extensions",
                         {"permessage-deflate; client_max_window_bits, permessage-deflate"}}};
  return made;
}

Case http_2_case() {
  using namespace std::string_view_literals;
  Case made = handshake_case();
  made.id = "probe/http-2";
  made.opens = false;
  SendRequest preface;
  preface.bytes = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0"sv;
  made.steps = {preface, ExpectResponse{}};
  return made;
}

// Each is quiet for a hush, so that all are open when the first speaks.
std::vector<Case> cases_beside_others(std::size_t count) {
  std::vector<Case> cases(count, handshake_case());
  for (std::size_t n = 0; n < count; ++n) {
    Case& each = cases[n];
    each.id = fmt::format("probe/beside-others/{}", n);
    each.steps = {is_quiet(), text_with(each.id), ExpectFrame{Opcode::text, true, {}}, is_quiet()};
  }
  return cases;
}

}  // namespace wsconform
