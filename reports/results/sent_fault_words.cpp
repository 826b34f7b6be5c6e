#include <array>

#include "reports/results/fault_words.h"

namespace wsconform {
namespace {

constexpr std::string_view reserved =
    "What is reserved today will mean something later: whoever takes it silently cannot be "
    "extended, and reads other messages than its peer.";
constexpr std::string_view out_of_step =
    "Two endpoints that read the same bytes as different messages can be played off against each "
    "other, past whatever checks one of them.";
constexpr std::string_view smuggling =
    "A proxy and a server that read a head differently can be made to see different requests in "
    "the same bytes.";
constexpr std::string_view not_asked =
    "A request that did not ask for a WebSocket may come from a page that can send nothing else: "
    "the check keeps such pages out.";
constexpr std::string_view bounds =
    "Whoever has no bound can be made to use up its memory or its time by one client.";
constexpr std::string_view codes =
    "Applications decide by the code, for instance whether to connect again: a code that cannot "
    "come leads them astray.";

constexpr std::array frames_sent{
    SentFaultWords{"rsv1-without-extension", "A frame with RSV1 set, which nothing agreed to",
                   "RSV1 is 0 unless an extension that was agreed gives it a meaning; else the "
                   "receiver fails the connection.",
                   reserved},
    SentFaultWords{"rsv2-without-extension", "A frame with RSV2 set, which nothing agreed to",
                   "RSV2 is 0 unless an extension that was agreed gives it a meaning; else the "
                   "receiver fails the connection.",
                   reserved},
    SentFaultWords{"rsv3-without-extension", "A frame with RSV3 set, which nothing agreed to",
                   "RSV3 is 0 unless an extension that was agreed gives it a meaning; else the "
                   "receiver fails the connection.",
                   reserved},
    SentFaultWords{"reserved-data-opcode", "A frame with an opcode reserved for data",
                   "Whoever receives an opcode that it does not know fails the connection.",
                   reserved},
    SentFaultWords{"reserved-control-opcode", "A frame with an opcode reserved for control",
                   "Whoever receives an opcode that it does not know fails the connection.",
                   reserved},
    SentFaultWords{"unmasked-client-frame", "A frame that was not masked",
                   "A client masks every frame; a server that receives one unmasked closes the "
                   "connection.",
                   "Masking keeps a hostile page from writing bytes of its choice through a proxy "
                   "that does not know WebSocket."},
    SentFaultWords{"masked-server-frame", "A frame of a server that was masked",
                   "A server masks no frame; a client that receives one masked closes the "
                   "connection.",
                   "An endpoint that takes frames of the wrong side may be talking to itself."},
    SentFaultWords{"length-not-minimal", "A length written longer than it need be",
                   "The payload length is written in the fewest bytes that hold it.", out_of_step},
    SentFaultWords{"length-high-bit", "A 64-bit length with its highest bit set",
                   "The highest bit of a 64-bit payload length is 0.",
                   "Read as a signed number the length is negative: a classic way to a crash or "
                   "to memory that was never meant to be read."},
    SentFaultWords{"control-frame-too-long", "A control frame of more than 125 bytes",
                   "A control frame carries at most 125 bytes.",
                   "Control frames have to fit in fixed, small memory, also in the middle of a "
                   "message."},
    SentFaultWords{"control-frame-fragmented", "A control frame in fragments",
                   "A control frame is never fragmented.",
                   "A Ping in pieces cannot be answered in the middle of a message, which is what "
                   "control frames are for."},
    SentFaultWords{"continuation-without-message", "A continuation of no message",
                   "A continuation frame only follows a frame that left a message unfinished.",
                   out_of_step},
    SentFaultWords{"message-interrupted", "A new message inside an unfinished one",
                   "The fragments of a message follow each other; only control frames may stand "
                   "between them.",
                   out_of_step},
    SentFaultWords{"invalid-utf8", "A text message that is not UTF-8",
                   "A text message is UTF-8; whoever receives anything else fails the connection.",
                   "Bytes that are no text reach whoever takes them for text: parsers, databases, "
                   "logs and the pages of other users."},
    SentFaultWords{"close-payload-of-one-byte", "A Close with a payload of one byte",
                   "A Close carries nothing, or a code of two bytes and maybe a reason.",
                   "Whoever reads a code from one byte reads past the end of the frame."},
    SentFaultWords{"close-code-out-of-range", "A Close with a code below 1000",
                   "Codes below 1000 are not used.", codes},
    SentFaultWords{"close-code-never-sent", "A Close with a code that never stands in one",
                   "1005, 1006 and 1015 are for programs to tell each other, and never sent.",
                   codes},
    SentFaultWords{
        "close-code-unassigned", "A Close with a code that nobody assigned",
        "Codes from 1000 to 2999 belong to the protocol, and mean nothing until they are "
        "assigned.",
        codes},
    SentFaultWords{"close-reason-invalid-utf8", "A Close whose reason is not UTF-8",
                   "The reason in a Close is UTF-8.", "The reason is shown and logged as text."},
    SentFaultWords{"frame-too-big", "A frame larger than any that is taken",
                   "An endpoint bounds what it takes.", bounds},
    SentFaultWords{"message-too-big", "A message larger than any that is taken",
                   "An endpoint bounds what it takes.", bounds},
    SentFaultWords{"too-many-fragments", "A message in too many fragments",
                   "An endpoint bounds what it takes.", bounds},
    SentFaultWords{"control-flood", "A flood of control frames",
                   "An endpoint bounds what it takes.", bounds},
    SentFaultWords{"malformed-deflate", "A compressed message that is no DEFLATE",
                   "A compressed message is DEFLATE; what cannot be inflated fails the connection.",
                   "What is left of the message is garbage, and so is every later message that "
                   "builds on it."},
};

constexpr std::array requests_sent{
    SentFaultWords{"request-line-malformed", "A malformed request line",
                   "A request line is a method, a target and an HTTP version with one space "
                   "between them.",
                   smuggling},
    SentFaultWords{"method-not-get", "A request that is not GET", "The method is GET.", not_asked},
    SentFaultWords{"http-version-below-1-1", "A request of HTTP below 1.1",
                   "The HTTP version is 1.1 or above.",
                   "HTTP/1.0 knows no Upgrade: whatever stands between may pass the head on and "
                   "not what follows."},
    SentFaultWords{"http-version-unsupported", "A request of HTTP/2 or above in the form of 1.1",
                   "A major version that the server does not speak is refused.", smuggling},
    SentFaultWords{"target-malformed", "A malformed request target",
                   "The request target is an absolute path, or an http or https URI.", smuggling},
    SentFaultWords{"field-malformed", "A malformed line in the head",
                   "Every line of a head is a name, a colon and a value.", smuggling},
    SentFaultWords{"host-missing", "A request without Host",
                   "A request of HTTP/1.1 has a Host field; one without is refused with 400.",
                   "Which site is meant is decided by Host, and so is who may connect."},
    SentFaultWords{"host-repeated", "A request with several Host fields",
                   "A request has one Host field; one with more is refused with 400.", smuggling},
    SentFaultWords{"host-malformed", "A Host field that names no host",
                   "Host names a host and maybe a port; anything else is refused with 400.",
                   smuggling},
    SentFaultWords{"body-announced", "A handshake with a body", "A handshake has no body.",
                   smuggling},
    SentFaultWords{"upgrade-missing", "A request without Upgrade: websocket",
                   "A handshake has an Upgrade field that lists websocket.", not_asked},
    SentFaultWords{"connection-missing-upgrade", "A request without Connection: Upgrade",
                   "A handshake has a Connection field that lists Upgrade.",
                   "Upgrade is for the next hop alone, and Connection says so: without it the "
                   "field may be left over from another hop."},
    SentFaultWords{"key-missing", "A request without Sec-WebSocket-Key",
                   "A handshake has a Sec-WebSocket-Key.", not_asked},
    SentFaultWords{"key-repeated", "A request with several keys",
                   "A handshake has one Sec-WebSocket-Key.", smuggling},
    SentFaultWords{"key-malformed", "A key that is not 16 bytes in base64",
                   "Sec-WebSocket-Key is 16 bytes in base64.",
                   "The key proves that both sides speak WebSocket; whoever takes anything for a "
                   "key proves nothing."},
    SentFaultWords{"version-missing", "A request without Sec-WebSocket-Version",
                   "A handshake has a Sec-WebSocket-Version.",
                   "Drafts of the protocol frame messages in other ways, and name no version 13."},
    SentFaultWords{"version-repeated", "A request with several versions",
                   "A handshake has one Sec-WebSocket-Version.", smuggling},
    SentFaultWords{"version-unsupported", "A version other than 13",
                   "A version that the server does not speak is refused, and those that it speaks "
                   "are named.",
                   "Another version may frame messages in another way: the two would talk past "
                   "each other."},
    SentFaultWords{"subprotocols-malformed", "A malformed list of subprotocols",
                   "Sec-WebSocket-Protocol is a list of tokens, each named once.", smuggling},
    SentFaultWords{"extensions-malformed", "A malformed list of extensions",
                   "A Sec-WebSocket-Extensions that does not fit its grammar fails the handshake.",
                   "Whoever guesses at what was offered may use an extension that the client did "
                   "not mean."},
    SentFaultWords{"request-line-too-long", "A request line without bound",
                   "A server bounds the request line.", bounds},
    SentFaultWords{"head-too-large", "A head without bound", "A server bounds the head.", bounds},
    SentFaultWords{"origin-refused", "An origin that is not let in",
                   "A server that serves browsers lets in the origins that it means to.",
                   "Any page that a user opens can connect with the user's cookies."},
    SentFaultWords{"unauthorized", "A request without the right credentials",
                   "Whoever may not connect is refused in the handshake.",
                   "Behind the handshake nothing asks again."},
};

constexpr auto all_sent = [] {
  std::array<SentFaultWords, frames_sent.size() + requests_sent.size()> all{};
  std::size_t at = 0;
  for (const SentFaultWords& each : frames_sent) all.at(at++) = each;
  for (const SentFaultWords& each : requests_sent) all.at(at++) = each;
  return all;
}();

}  // namespace

std::span<const SentFaultWords> sent_fault_words() {
  return all_sent;
}

}  // namespace wsconform
