// What one read does not give whole, lost or misjudged: readers that take a read for a frame, a
// line, a character. TCP cuts a stream where it likes; a peer that reads everything in one
// piece never sees them.
#include "core/close_code.h"
#include "core/utf8.h"
#include "server-under-test/hooks.h"
#include "server-under-test/planted_defects.h"

namespace wsconform {
namespace {

using In = Parted::In;

bool is_text(const Parted& parted) {
  return parted.header.opcode == Opcode::text && !parted.header.rsv1;
}

bool ends_inside_a_character(const Parted& parted) {
  Utf8Validator validator;
  return validator.feed(parted.payload) && !validator.complete();
}

// Reads no more where `concerns` holds: the connection hangs.
Defect hanging(std::string id, std::string says, bool (*concerns)(const Parted&)) {
  return {.id = std::move(id),
          .says = std::move(says),
          .parted = [concerns](Scene& scene, const Parted& parted) {
            if (concerns(parted)) scene.deaf = true;
          }};
}

// Judges what came by itself, and fails the connection.
Defect failing(std::string id, std::string says, std::uint16_t code,
               bool (*concerns)(const Parted&)) {
  return {.id = std::move(id),
          .says = std::move(says),
          .parted = [concerns, code](Scene& scene, const Parted& parted) {
            if (!scene.close_received && concerns(parted)) scene.fail(code);
          }};
}

}  // namespace

std::vector<Defect> parted_defects() {
  return {
      hanging("parted-request-line", "Hangs if a request line arrives in two reads.",
              [](const Parted& parted) { return parted.in == In::request_line; }),
      hanging("parted-line-end", "Hangs if CR and LF arrive in two reads.",
              [](const Parted& parted) { return parted.in == In::line_end; }),
      hanging("parted-fields", "Hangs if the fields of a request arrive in two reads.",
              [](const Parted& parted) { return parted.in == In::fields; }),
      hanging("parted-start", "Hangs if the first two bytes of a frame arrive in two reads.",
              [](const Parted& parted) { return parted.in == In::start; }),
      hanging("parted-length",
              "Hangs if an extended length arrives in a later read than its first byte.",
              [](const Parted& parted) { return parted.in == In::length; }),
      hanging("parted-masking-key", "Hangs if a masking key arrives in two reads.",
              [](const Parted& parted) { return parted.in == In::masking_key; }),
      hanging("parted-16-bit-frame",
              "Hangs if a payload arrives in a later read than its 16-bit length.",
              [](const Parted& parted) {
                return parted.in == In::before_payload &&
                       parted.header.length_form == LengthForm::bits16;
              }),
      hanging("parted-message", "Hangs if a payload arrives in a later read than its header.",
              [](const Parted& parted) {
                return parted.in == In::before_payload && !is_control(parted.header.opcode);
              }),
      hanging("parted-ping", "Hangs if the payload of a Ping arrives in a later read.",
              [](const Parted& parted) {
                return parted.in == In::before_payload && parted.header.opcode == Opcode::ping;
              }),
      hanging("parted-close", "Hangs if the payload of a Close arrives in a later read.",
              [](const Parted& parted) {
                return parted.in == In::before_payload && parted.header.opcode == Opcode::close;
              }),
      failing("parted-close-code", "Answers 1007 if a close code arrives in two reads.",
              close_invalid_payload,
              [](const Parted& parted) {
                return parted.in == In::payload && parted.header.opcode == Opcode::close &&
                       parted.payload.size() == 1;
              }),
      failing("parted-character", "Rejects a character that arrives in two reads as invalid UTF-8.",
              close_invalid_payload,
              [](const Parted& parted) {
                return parted.in == In::payload && is_text(parted) &&
                       ends_inside_a_character(parted);
              }),
      failing("parted-compressed", "Inflates only what one read gave of a compressed message.",
              close_invalid_payload,
              [](const Parted& parted) { return parted.in == In::payload && parted.header.rsv1; }),
      hanging("parted-payload", "Hangs if a payload arrives in two reads.",
              [](const Parted& parted) { return parted.in == In::payload; }),
  };
}

}  // namespace wsconform
