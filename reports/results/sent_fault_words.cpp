#include <array>

#include "reports/results/fault_words.h"

namespace wsconform {
namespace {

constexpr std::string_view reserved =
    "What is reserved today may mean something tomorrow: an endpoint that ignores it blocks "
    "future extensions, and misreads messages that use them.";
constexpr std::string_view out_of_step =
    "Two endpoints that read the same bytes as different messages can be played off against each "
    "other, past whatever checks one of them.";
constexpr std::string_view smuggling =
    "A proxy and a server that read a head differently can be made to see different requests in "
    "the same bytes.";
constexpr std::string_view not_asked =
    "A hostile web page can make a browser send plain HTTP requests anywhere: this check keeps "
    "them from becoming WebSocket connections.";
constexpr std::string_view bounds =
    "Without a limit, a single client can use up the server's memory or time.";
constexpr std::string_view codes =
    "Applications act on the code, for instance to decide whether to reconnect: a code that "
    "must not occur misleads them.";

constexpr std::array frames_sent{
    SentFaultWords{"rsv1-without-extension", "A frame with RSV1 set, which no extension agreed to",
                   "RSV1 is 0 unless a negotiated extension gives it a meaning; otherwise the "
                   "receiver fails the connection.",
                   reserved},
    SentFaultWords{"rsv2-without-extension", "A frame with RSV2 set, which no extension agreed to",
                   "RSV2 is 0 unless a negotiated extension gives it a meaning; otherwise the "
                   "receiver fails the connection.",
                   reserved},
    SentFaultWords{"rsv3-without-extension", "A frame with RSV3 set, which no extension agreed to",
                   "RSV3 is 0 unless a negotiated extension gives it a meaning; otherwise the "
                   "receiver fails the connection.",
                   reserved},
    SentFaultWords{"reserved-data-opcode", "A frame with a reserved data opcode",
                   "An endpoint that receives an unknown opcode fails the connection.", reserved},
    SentFaultWords{"reserved-control-opcode", "A frame with a reserved control opcode",
                   "An endpoint that receives an unknown opcode fails the connection.", reserved},
    SentFaultWords{"unmasked-client-frame", "An unmasked frame from a client",
                   "A client masks every frame; a server that receives one unmasked closes the "
                   "connection.",
                   "Masking keeps a hostile page from writing bytes of its choice through a proxy "
                   "that does not know WebSocket."},
    SentFaultWords{"masked-server-frame", "A masked frame from a server",
                   "A server masks no frame; a client that receives one masked closes the "
                   "connection.",
                   "An endpoint that accepts frames of its own kind may be talking to itself."},
    SentFaultWords{"length-not-minimal", "A length in more bytes than it needs",
                   "The payload length is written in the fewest bytes that hold it.", out_of_step},
    SentFaultWords{"length-high-bit", "A 64-bit length with its highest bit set",
                   "The highest bit of a 64-bit payload length is 0.",
                   "Read as a signed number, the length is negative: a classic cause of crashes "
                   "and of reads outside the buffer."},
    SentFaultWords{"control-frame-too-long", "A control frame of more than 125 bytes",
                   "A control frame carries at most 125 bytes.",
                   "Control frames have to fit into a small fixed buffer, even in the middle of "
                   "a message."},
    SentFaultWords{"control-frame-fragmented", "A control frame in fragments",
                   "A control frame is never fragmented.",
                   "A Ping in pieces cannot be answered in the middle of a message, which is what "
                   "control frames are for."},
    SentFaultWords{"continuation-without-message", "A continuation frame without a message",
                   "A continuation frame only follows a frame that left a message unfinished.",
                   out_of_step},
    SentFaultWords{"message-interrupted", "A new message inside an unfinished one",
                   "The fragments of a message follow each other; only control frames may stand "
                   "between them.",
                   out_of_step},
    SentFaultWords{"invalid-utf8", "A text message that is not UTF-8",
                   "A text message is UTF-8; an endpoint that receives anything else fails the "
                   "connection.",
                   "Bytes that are not text reach code that takes them for text: parsers, "
                   "databases, logs and the pages of other users."},
    SentFaultWords{"close-payload-of-one-byte", "A Close with a payload of one byte",
                   "A Close carries nothing, or a two-byte code and possibly a reason.",
                   "Code that reads two bytes here reads past the end of the frame."},
    SentFaultWords{"close-code-out-of-range", "A Close with a code below 1000",
                   "Codes below 1000 are not used.", codes},
    SentFaultWords{"close-code-never-sent", "A Close with a code that must never be sent",
                   "Codes 1005, 1006 and 1015 are for local use and are never sent.", codes},
    SentFaultWords{"close-code-unassigned", "A Close with an unassigned code",
                   "Codes from 1000 to 2999 belong to the protocol and mean nothing until they "
                   "are assigned.",
                   codes},
    SentFaultWords{"close-reason-invalid-utf8", "A Close whose reason is not UTF-8",
                   "The reason in a Close is UTF-8.", "The reason is shown and logged as text."},
    SentFaultWords{"frame-too-big", "A frame beyond any sensible size",
                   "An endpoint limits what it accepts.", bounds},
    SentFaultWords{"message-too-big", "A message beyond any sensible size",
                   "An endpoint limits what it accepts.", bounds},
    SentFaultWords{"too-many-fragments", "A message in too many fragments",
                   "An endpoint limits what it accepts.", bounds},
    SentFaultWords{"control-flood", "A flood of control frames",
                   "An endpoint limits what it accepts.", bounds},
    SentFaultWords{"malformed-deflate", "A compressed message that is not valid DEFLATE",
                   "A compressed message is DEFLATE data; one that cannot be decompressed fails "
                   "the connection.",
                   "The rest of the message is garbage, and so is every later message that "
                   "builds on it."},
};

constexpr std::array requests_sent{
    SentFaultWords{"request-line-malformed", "A malformed request line",
                   "A request line is a method, a target and an HTTP version with one space "
                   "between them.",
                   smuggling},
    SentFaultWords{"method-not-get", "A request that is not GET", "The method is GET.", not_asked},
    SentFaultWords{"http-version-below-1-1", "A request with an HTTP version below 1.1",
                   "The HTTP version is 1.1 or above.",
                   "HTTP/1.0 has no Upgrade: a proxy in between may pass on the head but not what "
                   "follows."},
    SentFaultWords{"http-version-unsupported", "A request line that names HTTP/2 or above",
                   "A server refuses a major version that it does not speak.", smuggling},
    SentFaultWords{"target-malformed", "A malformed request target",
                   "The request target is an absolute path, or an http or https URI.", smuggling},
    SentFaultWords{"field-malformed", "A malformed line in the head",
                   "Every line of a head is a name, a colon and a value.", smuggling},
    SentFaultWords{"host-missing", "A request without Host",
                   "An HTTP/1.1 request has a Host field; one without it is refused with 400.",
                   "Host decides which site is meant, and thereby who may connect."},
    SentFaultWords{"host-repeated", "A request with several Host fields",
                   "A request has one Host field; a request with several is refused with 400.",
                   smuggling},
    SentFaultWords{"host-malformed", "A Host field that names no host",
                   "Host names a host and possibly a port; anything else is refused with 400.",
                   smuggling},
    SentFaultWords{"body-announced", "A handshake with a body", "A handshake has no body.",
                   smuggling},
    SentFaultWords{"upgrade-missing", "A request without Upgrade: websocket",
                   "A handshake has an Upgrade field that lists websocket.", not_asked},
    SentFaultWords{"connection-missing-upgrade", "A request without Connection: Upgrade",
                   "A handshake has a Connection field that lists Upgrade.",
                   "Upgrade concerns the next hop only, and Connection says so: without it, the "
                   "field may be left over from another hop."},
    SentFaultWords{"key-missing", "A request without Sec-WebSocket-Key",
                   "A handshake has a Sec-WebSocket-Key.", not_asked},
    SentFaultWords{"key-repeated", "A request with several keys",
                   "A handshake has one Sec-WebSocket-Key.", smuggling},
    SentFaultWords{"key-malformed", "A key that is not 16 bytes in base64",
                   "Sec-WebSocket-Key is 16 bytes in base64.",
                   "The key proves that both sides speak WebSocket; a server that accepts "
                   "anything as a key proves nothing."},
    SentFaultWords{"version-missing", "A request without Sec-WebSocket-Version",
                   "A handshake has a Sec-WebSocket-Version.",
                   "Early drafts of the protocol frame messages differently, and do not name "
                   "version 13."},
    SentFaultWords{"version-repeated", "A request with several versions",
                   "A handshake has one Sec-WebSocket-Version.", smuggling},
    SentFaultWords{"version-unsupported", "A version other than 13",
                   "A server refuses a version that it does not speak, and names those that it "
                   "does.",
                   "Another version may frame messages differently: the two sides would talk past "
                   "each other."},
    SentFaultWords{"subprotocols-malformed", "A malformed list of subprotocols",
                   "Sec-WebSocket-Protocol is a list of tokens, each named once.", smuggling},
    SentFaultWords{"extensions-malformed", "A malformed list of extensions",
                   "A Sec-WebSocket-Extensions field that breaks its grammar fails the handshake.",
                   "A server that guesses what was offered may use an extension that the client "
                   "did not mean."},
    SentFaultWords{"request-line-too-long", "An endless request line",
                   "A server limits the length of the request line.", bounds},
    SentFaultWords{"head-too-large", "An endless request head",
                   "A server limits the size of the head.", bounds},
    SentFaultWords{"origin-refused", "A foreign origin",
                   "A server for browsers accepts only the origins that it means to serve.",
                   "Otherwise any page that a user opens can connect with the user's cookies."},
    SentFaultWords{"unauthorized", "A request without the right credentials",
                   "A client that may not connect is refused in the handshake.",
                   "After the handshake nothing checks again."},
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
