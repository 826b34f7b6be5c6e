#include "runner/conversation/scripted_frames.h"

#include <algorithm>

#include "core/frame_encoder.h"

namespace wsconform {
namespace {

std::vector<std::uint64_t> fragment_sizes(const SendFrame& step, std::uint64_t total) {
  std::vector<std::uint64_t> sizes;
  std::uint64_t left = total;
  if (step.fragment_size > 0) {
    while (left > step.fragment_size) {
      sizes.push_back(step.fragment_size);
      left -= step.fragment_size;
    }
  } else {
    for (const std::uint64_t size : step.fragments) {
      sizes.push_back(std::min(size, left));
      left -= sizes.back();
    }
    if (left == 0) return sizes;
  }
  sizes.push_back(left);
  return sizes;
}

std::optional<MaskingKey> key_for(const Masking& masking, Role sender,
                                  const std::function<MaskingKey()>& next_key) {
  switch (masking.kind) {
    case Masking::Kind::none:
      return std::nullopt;
    case Masking::Kind::fixed:
      return masking.key;
    case Masking::Kind::fresh:
      break;
  }
  if (sender == Role::server) return std::nullopt;
  return next_key();
}

WrittenFrame write_frame(const SendFrame& step, FrameHeader header, Bytes payload, Role sender,
                         const std::function<MaskingKey()>& next_key) {
  header.rsv1 = header.rsv1 || (step.rsv & 4) != 0;
  header.rsv2 = (step.rsv & 2) != 0;
  header.rsv3 = (step.rsv & 1) != 0;
  header.masking_key = key_for(step.masking, sender, next_key);
  header.payload_length = step.declared_length.value_or(payload.size());
  header.length_form = step.length_form.value_or(shortest_form(header.payload_length));
  WrittenFrame frame{.header = header, .payload = std::move(payload), .wire = {}};
  encode(header, frame.payload, frame.wire);
  return frame;
}

std::vector<std::size_t> cut_positions(std::size_t size,
                                       const std::vector<std::size_t>& frame_sizes,
                                       const Cut& cut) {
  std::vector<std::size_t> positions;
  std::size_t at = 0;
  switch (cut.kind) {
    case Cut::Kind::whole:
      break;
    case Cut::Kind::frames:
      for (const std::size_t each : frame_sizes) positions.push_back(at += each);
      break;
    case Cut::Kind::chunks:
      for (at = cut.chunk; cut.chunk > 0 && at < size; at += cut.chunk) positions.push_back(at);
      break;
    case Cut::Kind::positions:
      positions.assign(cut.positions.begin(), cut.positions.end());
      break;
  }
  positions.push_back(size);
  return positions;
}

}  // namespace

std::vector<WrittenFrame> write_frames(const SendFrame& step, Role sender,
                                       const std::function<MaskingKey()>& next_key,
                                       Deflater* deflater) {
  Bytes payload = step.payload.build();
  const bool compressed = step.deflate && deflater != nullptr;
  if (compressed) {
    Bytes deflated;
    deflater->deflate(payload, deflated, *step.deflate);
    payload = std::move(deflated);
  }
  std::vector<WrittenFrame> frames;
  FrameHeader header;
  header.opcode = step.opcode;
  header.fin = step.fin;
  if (step.fragments.empty() && step.fragment_size == 0) {
    header.rsv1 = compressed;
    frames.push_back(write_frame(step, header, std::move(payload), sender, next_key));
    return frames;
  }
  const std::vector<std::uint64_t> sizes = fragment_sizes(step, payload.size());
  auto from = payload.begin();
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    header.opcode = i == 0 ? step.opcode : Opcode::continuation;
    header.fin = i + 1 == sizes.size() && step.fin;
    header.rsv1 = compressed && i == 0;
    const auto to = from + static_cast<std::ptrdiff_t>(sizes[i]);
    frames.push_back(write_frame(step, header, Bytes(from, to), sender, next_key));
    from = to;
  }
  return frames;
}

std::vector<Bytes> cut_wire(Bytes wire, const std::vector<std::size_t>& frame_sizes,
                            const Cut& cut) {
  if (cut.kind == Cut::Kind::whole) {
    std::vector<Bytes> whole;
    whole.push_back(std::move(wire));
    return whole;
  }
  std::vector<Bytes> pieces;
  std::size_t from = 0;
  for (const std::size_t position : cut_positions(wire.size(), frame_sizes, cut)) {
    const std::size_t to = std::min(position, wire.size());
    if (to <= from) continue;
    pieces.emplace_back(wire.begin() + static_cast<std::ptrdiff_t>(from),
                        wire.begin() + static_cast<std::ptrdiff_t>(to));
    from = to;
  }
  return pieces;
}

}  // namespace wsconform
