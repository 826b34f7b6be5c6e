#include "server-under-test/hooks.h"

#include <algorithm>
#include <iterator>

#include "core/ascii.h"
#include "core/close_code.h"

namespace wsconform {
namespace {

// Replaces the line's value everywhere a line keeps it.
void write_line(FieldLine& line, std::string_view value) {
  line.value = value;
  line.raw = line.name + ": " + line.value;
}

}  // namespace

std::vector<Defect> rows_of(std::initializer_list<std::vector<Defect> (*)()> tables) {
  std::vector<Defect> rows;
  for (const auto table : tables) std::ranges::move(table(), std::back_inserter(rows));
  return rows;
}

Defect at_most_lenient(Defect defect) {
  defect.lenient = true;
  return defect;
}

void set_payload(Frame& frame, Bytes payload) {
  frame.payload = std::move(payload);
  frame.header.payload_length = frame.payload.size();
  frame.header.length_form = shortest_form(frame.payload.size());
}

Frame frame_of(Opcode opcode, Bytes payload) {
  const FrameHeader header = header_for(opcode, payload.size());
  return Frame{header, std::move(payload)};
}

Frame close_frame(std::uint16_t code, std::string_view reason) {
  return frame_of(Opcode::close, encode_close_payload(code, reason));
}

Frames only(Frame frame) {
  Frames frames;
  frames.push_back(std::move(frame));
  return frames;
}

Frames both(Frame first, Frame second) {
  Frames frames = only(std::move(first));
  frames.push_back(std::move(second));
  return frames;
}

AnswerHook on_101(AnswerHook act) {
  return [act = std::move(act)](Scene& scene, Answer& answer) {
    if (answer.accepts()) act(scene, answer);
  };
}

AnswerHook on_refusal(AnswerHook act, int status) {
  return [act = std::move(act), status](Scene& scene, Answer& answer) {
    if (answer.accepts()) return;
    if (status == 0 || status == status_of(answer)) act(scene, answer);
  };
}

int status_of(const Answer& answer) {
  const auto line = parse_status_line(answer.head.start_line);
  return line ? line->code : 0;
}

void drop_field(HttpHead& head, std::string_view name) {
  std::erase_if(head.fields,
                [&](const FieldLine& line) { return equals_ignoring_case(line.name, name); });
}

void set_field(HttpHead& head, std::string_view name, std::string_view value) {
  for (FieldLine& line : head.fields)
    if (equals_ignoring_case(line.name, name)) return write_line(line, value);
  head.add(name, value);
}

std::string value_of(const HttpHead& head, std::string_view name) {
  return std::string(head.value(name).value_or(""));
}

void keep_one(HttpHead& head, std::string_view name, bool first) {
  if (head.count(name) < 2) return;
  std::string kept;
  for (const FieldLine& line : head.fields)
    if (equals_ignoring_case(line.name, name) && (kept.empty() || !first)) kept = line.value;
  drop_field(head, name);
  head.add(name, kept);
}

Defect judging(std::string id, std::string says, void (*act)(AccessPolicy&, HttpHead&)) {
  return {.id = std::move(id), .says = std::move(says), .access = act};
}

Defect seeing(std::string id, std::string says, void (*act)(HttpHead&)) {
  return {.id = std::move(id),
          .says = std::move(says),
          .request =
              [act](Scene&, HttpHead& request) {
                act(request);
                return true;
              },
          .of_flows = true};
}

void go_to_root(HttpHead& request) {
  const auto line = parse_request_line(request.start_line);
  request.start_line = std::string(line->method) + " / HTTP/1.1";
}

std::function<void(ConnectionOptions&)> tolerating(std::initializer_list<Violation> rules) {
  ViolationSet set;
  for (const Violation rule : rules) set.set(static_cast<std::size_t>(rule));
  return [set](ConnectionOptions& options) { options.tolerated |= set; };
}

std::function<void(ConnectionOptions&)> forgiving(std::initializer_list<HandshakeFault> faults) {
  HandshakeFaultSet set;
  for (const HandshakeFault fault : faults) set.set(static_cast<std::size_t>(fault));
  return [set](ConnectionOptions& options) { options.policy.tolerated |= set; };
}

FrameHook judging_texts(bool (*valid)(const Frames& fragments)) {
  return [valid](Scene& scene, Frame frame) -> Frames {
    const Opcode opcode = frame.header.opcode;
    const bool continues = opcode == Opcode::continuation && scene.message_opcode == Opcode::text;
    if (opcode != Opcode::text && !(continues && scene.in_message)) return only(std::move(frame));
    scene.frames.push_back(frame);
    if (!frame.header.fin) return only(std::move(frame));
    const Frames fragments = std::exchange(scene.frames, {});
    if (valid(fragments)) return only(std::move(frame));
    scene.fail(close_invalid_payload);
    return {};
  };
}

}  // namespace wsconform
