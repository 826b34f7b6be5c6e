// Rows that come from the pages of rules: each rule ignored, answered with the wrong code, or its
// breach swallowed without a word.
#include "core/close_code.h"
#include "core/frame_rules.h"
#include "server-under-test/hooks.h"
#include "server-under-test/planted_defects.h"

namespace wsconform {
namespace {

using enum Violation;

// Rules that bind what a server receives; its own limits (RFC 6455 §10.4) are no rules
// of the standard.
bool binds_server(const Rule& rule) {
  return rule.violation != masked_server_frame && rule.section != "10.4";
}

// A server that does not look at the high bit waits for what the length says.
std::function<void(ConnectionOptions&)> ignoring(Violation rule) {
  if (rule == length_high_bit) return tolerating({rule, frame_too_big, message_too_big});
  return tolerating({rule});
}

std::uint16_t wrong_code(const Rule& rule) {
  return rule.close_code == close_protocol_error ? close_internal_error : close_protocol_error;
}

bool breaks(const Rule& rule, const Scene& scene, const FrameHeader& header) {
  const FrameContext context{.receiver = Role::server, .in_message = scene.in_message};
  return check_header(header, context) == rule.violation;
}

Defect swallowing(const Rule& rule) {
  return {.id = "swallows-" + std::string(rule.name),
          .says = "Drops the frame where it should fail the connection: " + std::string(rule.says),
          .incoming = [&rule](Scene& scene, Frame frame) {
            return breaks(rule, scene, frame.header) ? Frames{} : only(std::move(frame));
          }};
}

// Those that a header shows. The frame must be whole to be swallowed, so the length is a true one.
bool shows_in_header(Violation rule) {
  return rule < length_high_bit || (rule > length_high_bit && rule < invalid_utf8);
}

// §5.2 binds who sends the shortest length; a Close with one byte of payload may be answered as
// one without a code.
bool may_be_carried_on_after(Violation rule) {
  return rule == length_not_minimal || rule == close_payload_of_one_byte;
}

}  // namespace

std::vector<Defect> ignored_rules() {
  std::vector<Defect> rows;
  for (const Rule& rule : rules()) {
    if (!binds_server(rule)) continue;
    rows.push_back(
        {.id = "ignores-" + std::string(rule.name),
         .says = "Carries on where it should fail the connection: " + std::string(rule.says),
         .lenient = may_be_carried_on_after(rule.violation),
         .options = ignoring(rule.violation)});
    if (shows_in_header(rule.violation)) rows.push_back(swallowing(rule));
  }
  return rows;
}

std::vector<Defect> wrong_close_codes() {
  std::vector<Defect> rows;
  for (const Rule& rule : rules()) {
    // No code is assigned to malformed DEFLATE: any that fits is right.
    if (!binds_server(rule) || rule.violation == Violation::malformed_deflate) continue;
    const auto code = [broken = rule.violation](Violation violation) {
      const Rule& of = rule_of(violation);
      return violation == broken ? wrong_code(of) : of.close_code;
    };
    rows.push_back({.id = "wrong-code-for-" + std::string(rule.name),
                    .says = "Fails the connection with the wrong code: " + std::string(rule.says),
                    .lenient = true,  // §7.1.7, §7.4.1
                    .options = [code](ConnectionOptions& options) { options.close_code = code; }});
  }
  return rows;
}

}  // namespace wsconform
