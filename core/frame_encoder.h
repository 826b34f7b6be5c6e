// Total encoding of frames (RFC 6455 §5.2): what the header says is written, even when it is a lie.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "core/bytes.h"
#include "core/frame.h"

namespace wsconform {

// The header as it stands: a length too large for its form keeps its low bits. To the front of
// `out`; the bytes it took.
std::size_t encode_header(const FrameHeader& header, std::span<std::uint8_t, max_header_size> out);
// The same, appended.
void encode_header(const FrameHeader& header, Bytes& out);
// Appends header and payload, the payload masked with the header's key. The payload's size and the
// header's payload_length may differ.
void encode(const FrameHeader& header, ByteView payload, Bytes& out);
Bytes encode(const Frame& frame);
// The same as encode with header_for, for the hot path: a whole frame without mask, its payload of
// at most max_short_payload bytes.
void encode_short(Opcode opcode, ByteView payload, Bytes& out);

}  // namespace wsconform
