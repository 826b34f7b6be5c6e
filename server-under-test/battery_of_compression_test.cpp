#include "core/deflate.h"
#include "server-under-test/battery_of_bytes.h"

namespace wsconform {
namespace {

using enum Opcode;

Bytes with_rsv(Opcode opcode, std::string_view hex, int rsv = 4, bool fin = true) {
  const Bytes payload = *from_hex(hex);
  Frame frame = frame_from(Role::client, opcode, text_of(payload), fin);
  frame.header.rsv1 = (rsv & 4) != 0;
  frame.header.rsv2 = (rsv & 2) != 0;
  return encode(frame);
}

Bytes deflated(std::string_view message, const DeflateForm& form = {}) {
  Bytes payload;
  Deflater().deflate(bytes_of(message), payload, form);
  return with_rsv(binary, to_hex(payload));
}

// Far repetitions, of letters that do not compress away.
std::string far_apart() {
  std::string text;
  for (unsigned i = 0; i < 3000; ++i) text += static_cast<char>('0' + i * i / 7 % 64);
  return text + text;
}

std::vector<Bytes> compressed_frames() {
  constexpr std::string_view hello = "f248cdc9c90700";
  return {
      joined({with_rsv(text, hello), with_rsv(text, "f200110000"), masked(ping, "p")}),
      joined({with_rsv(text, hello, 4), masked(text, "plain"), with_rsv(binary, "00")}),
      joined({with_rsv(text, "f248cd", 4, false), with_rsv(continuation, "c9c90700", 0)}),
      joined({with_rsv(text, "f248cd", 4, false), with_rsv(continuation, "c9c90700", 4)}),
      joined({with_rsv(text, "f348cdc9c90700f248cdc9c90700"), with_rsv(text, "f348cdc9c9070000")}),
      with_rsv(text, "000500faff48656c6c6f00"),
      with_rsv(text, "000100feffff00"),
      with_rsv(text, hello, 6),
      with_rsv(ping, "70"),
      with_rsv(text, "0600"),
      joined({deflated(far_apart()), deflated("Hello")}),
  };
}

}  // namespace

std::vector<std::string> battery_of_compression() {
  const std::string_view offers[] = {
      "",
      "; server_no_context_takeover",
      "; client_max_window_bits",
      "; client_max_window_bits=15",
      "; client_max_window_bits=9; server_max_window_bits=9",
      "; server_max_window_bits",
      "; server_max_window_bits=16",
      "; server_max_window_bits=7",
      "; server_max_window_bits=010",
      "; server_no_context_takeover=1",
      "; server_no_context_takeover; server_no_context_takeover",
      "; x",
  };
  std::vector<std::string> streams;
  const auto add = [&streams](std::string_view offer, const Bytes& frames) {
    streams.push_back(
        request_and("Sec-WebSocket-Extensions: permessage-deflate" + std::string(offer)) +
        std::string(text_of(frames)));
  };
  for (const std::string_view offer : offers)
    for (const Bytes& frames : compressed_frames()) add(offer, frames);
  add("", deflated(std::string(2 * 1024 * 1024, 'a')));  // the dearest, once and last
  return streams;
}

}  // namespace wsconform
