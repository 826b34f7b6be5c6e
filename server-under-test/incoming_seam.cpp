#include "server-under-test/incoming_seam.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "core/frame_decoder.h"
#include "core/frame_encoder.h"
#include "core/masking.h"
#include "server-under-test/site/plain_request.h"

namespace wsconform {
namespace {

constexpr std::uint64_t max_held_back = 1024 * 1024;

void follow_message(const FrameHeader& header, Scene& scene) {
  if (is_control(header.opcode)) return;
  if (header.opcode != Opcode::continuation) scene.message_opcode = header.opcode;
  scene.in_message = !header.fin;
}

}  // namespace

std::size_t IncomingSeam::take(ByteView bytes, Scene& scene, Bytes& endpoint) {
  assert(!bytes.empty());
  switch (part_) {
    case Part::head:
      return take_head(bytes, scene, endpoint);
    case Part::header:
      return take_header(bytes, scene, endpoint);
    case Part::payload:
      return take_payload(bytes, scene, endpoint);
    case Part::anything:
      break;
  }
  append(endpoint, bytes);
  return bytes.size();
}

void IncomingSeam::discard_frame() {
  if (part_ == Part::payload) discarded_ = true;
}

std::optional<Parted> IncomingSeam::parted() const {
  switch (part_) {
    case Part::head:
      return head_.text().empty() ? std::nullopt : std::optional(parted_head());
    case Part::header:
      return header_bytes_.empty() ? std::nullopt : std::optional(parted_header());
    case Part::payload:
      return parted_payload();
    case Part::anything:
      break;
  }
  return std::nullopt;
}

Parted IncomingSeam::parted_head() const {
  if (head_.text().back() == '\r') return {.in = Parted::In::line_end};
  const bool first_line = head_.text().find('\n') == std::string::npos;
  return {.in = first_line ? Parted::In::request_line : Parted::In::fields};
}

// The layout of RFC 6455 §5.2.
Parted IncomingSeam::parted_header() const {
  if (header_bytes_.size() < 2) return {.in = Parted::In::start};
  const std::uint8_t length = header_bytes_[1] & 0x7f;
  const std::size_t more = length == 127 ? 8 : length == 126 ? 2 : 0;
  return {.in = header_bytes_.size() < 2 + more ? Parted::In::length : Parted::In::masking_key};
}

Parted IncomingSeam::parted_payload() const {
  if (offset_ == 0) return {.in = Parted::In::before_payload, .header = header_};
  Parted parted{.in = Parted::In::payload, .header = header_, .payload = payload_};
  if (header_.masking_key) mask(parted.payload, *header_.masking_key);
  return parted;
}

std::size_t IncomingSeam::take_head(ByteView bytes, Scene& scene, Bytes& endpoint) {
  const std::size_t taken = head_.feed(bytes);
  if (head_.too_large()) {
    part_ = Part::anything;
    append(endpoint, std::string_view(head_.text()));
    append(endpoint, bytes.subspan(taken));
    return bytes.size();
  }
  if (!head_.complete()) return taken;
  scene.request = parse_head(head_.text());
  part_ = is_plain(scene.request) ? Part::anything : Part::header;
  HttpHead request = scene.request;
  const bool edited = defect_->request && defect_->request(scene, request);
  append(endpoint, edited ? write_head(request) : head_.text());
  return taken;
}

std::size_t IncomingSeam::take_header(ByteView bytes, Scene& scene, Bytes& endpoint) {
  std::size_t taken = 0;
  std::optional<DecodedHeader> decoded;
  while (!decoded && taken < bytes.size()) {
    header_bytes_.push_back(bytes[taken++]);
    decoded = decode_header(header_bytes_);
  }
  if (!decoded) return taken;
  header_ = decoded->header;
  header_bytes_.clear();
  if (defect_->header) defect_->header(scene, header_);
  held_back_ = defect_->incoming && header_.payload_length <= max_held_back;
  if (!held_back_) encode_header(header_, endpoint);
  part_ = Part::payload;
  offset_ = 0;
  if (header_.payload_length == 0) finish_frame(scene, endpoint);
  return taken;
}

std::size_t IncomingSeam::take_payload(ByteView bytes, Scene& scene, Bytes& endpoint) {
  const std::uint64_t left = header_.payload_length - offset_;
  const auto taken = static_cast<std::size_t>(std::min<std::uint64_t>(left, bytes.size()));
  Bytes& to = held_back_ ? held_ : endpoint;
  if (!discarded_) {
    append(to, bytes.first(taken));
    if (defect_->parted && header_.payload_length <= max_held_back)
      append(payload_, bytes.first(taken));
    if (defect_->piece) defect_->piece(scene, std::span(to).last(taken), offset_);
  }
  offset_ += taken;
  if (offset_ == header_.payload_length) finish_frame(scene, endpoint);
  return taken;
}

void IncomingSeam::finish_frame(Scene& scene, Bytes& endpoint) {
  part_ = Part::header;
  if (held_back_ && !discarded_) {
    Frame frame{header_, std::exchange(held_, {})};
    if (header_.masking_key) mask(frame.payload, *header_.masking_key);
    for (Frame& passed : defect_->incoming(scene, std::move(frame))) {
      // One that the defect made up comes from the peer like all others.
      if (!passed.header.masking_key) passed.header.masking_key = header_.masking_key;
      append(endpoint, encode(passed));
    }
  }
  held_.clear();
  payload_.clear();
  discarded_ = false;
  follow_message(header_, scene);
}

}  // namespace wsconform
