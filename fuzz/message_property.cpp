#include "fuzz/message_property.h"

#include <algorithm>
#include <bit>

#include "core/close_payload.h"
#include "core/payload_collector.h"
#include "fuzz/cutting.h"
#include "fuzz/wslay_reader.h"

namespace wsconform {
namespace {

using Messages = std::vector<std::pair<Opcode, Bytes>>;

bool begins(const Messages& beginning, const Messages& whole) {
  return beginning.size() <= whole.size() &&
         std::equal(beginning.begin(), beginning.end(), whole.begin());
}

// Of the codes of a Close wslay knows those of 2011, and not who may send which, and it takes half
// a code: that is for the target close_payload.
bool is_unknown_to_wslay(Violation violation) {
  return violation == Violation::close_payload_of_one_byte ||
         violation == Violation::close_code_never_sent ||
         violation == Violation::close_code_unassigned ||
         violation == Violation::close_code_out_of_range;
}
Messages without_close(Messages messages) {
  if (!messages.empty() && messages.back().first == Opcode::close) messages.pop_back();
  return messages;
}

}  // namespace

MessageStream read_message_stream(ByteView input) {
  MessageStream stream;
  const std::uint8_t choices = take_choice(input);
  if ((choices & message_to_client) != 0) stream.rules.receiver = Role::client;
  stream.rules.max_message = (choices & message_narrow) != 0 ? max_control_payload : 1024 * 1024;
  stream.cut_choice = take_choice(input);
  stream.bytes = input;
  return stream;
}

Reading read_in_pieces(const MessageStream& stream) {
  FrameReceiver receiver(stream.rules);
  Reading reading;
  for (const ByteView piece : cut(stream.bytes, stream.cut_choice)) {
    Bytes alone(piece.begin(), piece.end());
    std::span<std::uint8_t> rest = alone;
    receiver.release();
    while (const Received* received = receiver.next(rest)) {
      if (received->kind == Received::Kind::violation) {
        reading.violation = received->violation;
        return reading;
      }
      if (received->opcode == Opcode::close) {
        reading.violation = check_close_payload(received->payload, peer_of(stream.rules.receiver));
        if (reading.violation) return reading;
      }
      reading.messages.emplace_back(received->opcode,
                                    Bytes(received->payload.begin(), received->payload.end()));
      if (received->opcode == Opcode::close) return reading;
    }
  }
  return reading;
}

Breach breach_against_wslay(const MessageStream& stream, const Reading& ours) {
  const auto wslays = [&](ByteView bytes) {
    return read_by_wslay(bytes, stream.rules.receiver, stream.rules.max_message);
  };
  // wslay judges some of a header before it is whole, the rest once some of the payload is there,
  // and a Close's code as soon as it came: what is cut off here comes, at least of a control frame.
  Bytes longer(stream.bytes.begin(), stream.bytes.end());
  longer.resize(longer.size() + max_header_size + max_control_payload);
  if (ours.violation) {
    const std::string name(rule_of(*ours.violation).name);
    const WslayReading other = wslays(longer);
    if (!begins(ours.messages, other.messages)) return "other messages stand before " + name;
    const bool told = other.failed || is_unknown_to_wslay(*ours.violation);
    return told ? Breach() : "wslay does not tell " + name;
  }
  const WslayReading other = wslays(stream.bytes);
  const bool refused_close = other.failed && without_close(ours.messages) == other.messages;
  if (refused_close && ours.messages != other.messages) return std::nullopt;
  if (ours.messages != other.messages) return "wslay reads other messages";
  MessageStream later = stream;
  later.bytes = longer;
  if (other.failed && !read_in_pieces(later).violation) {
    return "wslay fails a stream that breaks no rule of ours";
  }
  return std::nullopt;
}

Breach breach_of_joining(const std::vector<ByteView>& pieces, std::uint64_t still_declared) {
  constexpr std::size_t least = 64;  // bytes that an allocator may round up to
  PayloadCollector collector;
  Bytes expected;
  std::size_t reserved = 0;
  std::size_t times = 0;
  for (const ByteView piece : pieces) {
    append(expected, piece);
    collector.add(piece, still_declared);
    if (collector.reserved() == reserved) continue;
    reserved = collector.reserved();
    ++times;
    if (reserved > 2 * expected.size() + least) return "more memory is reserved than came";
  }
  if (times > 2 + static_cast<std::size_t>(std::bit_width(expected.size())))
    return "memory is reserved anew too often";
  if (!std::ranges::equal(collector.finish(), expected)) return "the pieces are joined otherwise";
  return std::nullopt;
}

Breach breach_of_message(ByteView input) {
  const MessageStream stream = read_message_stream(input);
  const auto pieces = cut(stream.bytes, stream.cut_choice);
  for (const std::uint64_t still_declared : {std::uint64_t{0}, UINT64_MAX / 2}) {
    if (auto breach = breach_of_joining(pieces, still_declared)) return breach;
  }
  return breach_against_wslay(stream, read_in_pieces(stream));
}

}  // namespace wsconform
