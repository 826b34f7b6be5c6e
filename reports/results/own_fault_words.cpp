#include <array>

#include "reports/results/fault_words.h"

namespace wsconform {
namespace {

constexpr std::string_view desynchronised =
    "The peer takes it for the answer to something else, or fails the connection.";
constexpr std::string_view told_by_code =
    "The code is all that the other side's developer learns about the reason.";
constexpr std::string_view not_judged = "What could not be tested is not judged.";

constexpr std::array own_faults{
    OwnFaultWords{"head-too-long", "A response head without end", "", "A response head ends.",
                  "Clients limit how much they read, and give up.",
                  "Send a response head of ordinary size."},
    OwnFaultWords{"body-without-end", "A response whose body has no end", "RFC 9112 6",
                  "A response says how long its body is, or ends the connection after it.",
                  "The client cannot tell where the response ends, and keeps waiting.",
                  "Send a Content-Length, or end TCP after the body."},
    OwnFaultWords{"spoke-too-early", "Data before the handshake was answered", "4.1",
                  "Neither side sends frames before the handshake is complete.",
                  "A peer that refuses the handshake takes the frames for another request.",
                  "Wait for the response before you send the first frame."},
    OwnFaultWords{"data-behind-close", "Data after the Close", "5.5.1",
                  "After its Close frame an endpoint sends no more data.",
                  "The peer has stopped reading: what is sent is lost.",
                  "Remember that a Close was sent, and drop or refuse whatever is sent later."},
    OwnFaultWords{"unasked-message", "A message that answers nothing", "",
                  "An echo server sends back what it received, and nothing else.", desynchronised,
                  "Find out what was mistaken for a message: bytes of a body, of a frame "
                  "that was refused, or of one that is not over."},
    OwnFaultWords{"answer-to-illegal-data", "An answer to data that must be refused", "7.1.7",
                  "After a frame that breaks a rule, nothing more is processed.", desynchronised,
                  "Stop processing input as soon as the connection has to fail."},
    OwnFaultWords{"changed-echo", "An echo that differs from what was sent", "5.4",
                  "A message arrives whole and unchanged, however it was fragmented.",
                  "Data is lost or changed on the way, and nobody notices.",
                  "Compare reassembled and decompressed messages with what was sent."},
    OwnFaultWords{"pong-to-request", "A Pong for something that was not a Ping", "RFC 9112 6.3",
                  "Bytes of a request or its body are not frames.",
                  "Anyone who controls the body of a request can speak on somebody else's "
                  "connection.",
                  "Read the whole request, body included, before the first frame."},
    OwnFaultWords{"endless", "Data without end", "", "An endpoint sends what it was asked for.",
                  "The peer runs out of memory or time over data that it did not ask for.",
                  "Find the loop that keeps sending the same data."},
    OwnFaultWords{"tcp-end", "After a Close", "7.1.1",
                  "The server ends TCP as soon as both Close frames are exchanged, and right "
                  "after a Close that fails the connection.",
                  "The client waits for the end of TCP in vain, and the server keeps a socket for "
                  "every client that has left.",
                  "Once your Close is written and the peer's has arrived (or cannot), shut down "
                  "and close the socket."},
    OwnFaultWords{"failing-with-1002", "A frame that breaks a framing rule", "7.4.1",
                  "A connection that fails because of a wrong frame is closed with code 1002.",
                  told_by_code, "Send code 1002 (protocol error)."},
    OwnFaultWords{"failing-with-1007", "A payload that is not what it claims to be", "7.4.1",
                  "A connection that fails because text is not UTF-8, or because data cannot be "
                  "decompressed, is closed with code 1007.",
                  told_by_code, "Send code 1007 (invalid payload data)."},
    OwnFaultWords{"failing-with-1008", "A message that the endpoint's own rules forbid", "7.4.1",
                  "A connection that fails because of the endpoint's own rules is closed with "
                  "code 1008.",
                  told_by_code, "Send code 1008 (policy violation)."},
    OwnFaultWords{"failing-with-1009", "A message that is too large", "7.4.1",
                  "A connection that fails because a message is too large is closed with code "
                  "1009.",
                  told_by_code, "Send code 1009 (message too big)."},
    OwnFaultWords{"failing-the-connection", "Data that must fail the connection", "7.1.7",
                  "An endpoint that fails an open connection should first send a Close that says "
                  "why.",
                  "Without a Close the other side sees 1006, as if the network had failed, and "
                  "often simply reconnects.",
                  "Write a Close with the code for the fault, then end TCP."},
    OwnFaultWords{"refusing", "A request that must be refused", "4.2.1",
                  "A request that is not a valid handshake is answered with an error status such "
                  "as 400.",
                  "Without a response nobody learns what was wrong, and proxies retry the request "
                  "elsewhere.",
                  "Write a response with status 400, then end TCP."},
    OwnFaultWords{"plain-handshake", "An ordinary opening handshake", "4.2.2",
                  "A correct handshake is answered with 101.",
                  "Clients that should get in cannot connect.",
                  "Answer with 101. If the server was full, find out what filled it."},
    OwnFaultWords{"response-among-frames", "An HTTP response after the 101", "4.2.2",
                  "After its 101, a server sends frames and nothing else.",
                  "The client reads the response as a frame, and the connection fails.",
                  "Answer requests in their order, and write no response to a connection that has "
                  "become a WebSocket."},
    OwnFaultWords{"spoke-behind-close", "A second Close, or a Pong, after the Close", "5.5.1",
                  "After its Close an endpoint has nothing more to say.",
                  "It does no harm, but it shows that the endpoint forgets that it has closed.",
                  "Remember that a Close was sent, and send nothing after it."},
    OwnFaultWords{"memory-beyond-what-was-sent", "Memory far beyond what was sent", "10.4",
                  "An endpoint limits what a peer can make it use.",
                  "A few bytes from one client cost megabytes: a few clients can bring the server "
                  "down.",
                  "Allocate as data arrives, never by the length that a header announces."},
    OwnFaultWords{"busy-without-connections", "A CPU core in use after the last connection", "10.4",
                  "An endpoint limits what a peer can make it use.",
                  "One client can take a core away from all others, for good.",
                  "Find what keeps looping on a closed socket."},
    OwnFaultWords{"not-reached", "The target could not be reached", "",
                  "A target accepts connections.", not_judged,
                  "Check that it is still running, and whether it limits connections."},
    OwnFaultWords{"not-connected", "TCP did not connect in time", "",
                  "A target accepts connections.", not_judged,
                  "Check whether its listen queue is full; run with fewer --jobs."},
    OwnFaultWords{"out-of-tickets", "The good tickets are used up", "",
                  "The profile declares a ticket for every connection that needs one.", not_judged,
                  "Declare more tickets in the profile."},
    OwnFaultWords{"given-up", "The run ended early", "", "A run goes on to its end.", not_judged,
                  "Run these cases again."},
    OwnFaultWords{"not-judged", "The target was gone", "", "A target survives every case.",
                  not_judged, "Fix what ends the target, then run these cases again."},
};

constexpr std::string_view rejected = "A client that follows the standard fails the connection.";

constexpr std::array response_faults{
    OwnFaultWords{"status-line-malformed", "A malformed status line", "RFC 9112 4",
                  "A response begins with an HTTP version, a three-digit status and a reason, with "
                  "one space between them.",
                  rejected, "Write the status line as HTTP/1.1 101 Switching Protocols."},
    OwnFaultWords{"response-field-malformed", "A malformed line in the head of the response",
                  "RFC 9112 5", "Every line of a response head is a name, a colon and a value.",
                  rejected,
                  "Write each field as Name: value, without line breaks or control bytes in it."},
    OwnFaultWords{"response-upgrade-missing", "A 101 without an Upgrade field", "4.1",
                  "A 101 response has the field Upgrade: websocket.", rejected,
                  "Add Upgrade: websocket to the 101."},
    OwnFaultWords{"response-upgrade-wrong", "A 101 that upgrades to something else", "4.1",
                  "The Upgrade field of a 101 response is websocket.", rejected,
                  "Send Upgrade: websocket with the 101."},
    OwnFaultWords{"response-connection-missing", "A 101 without Connection: Upgrade", "4.1",
                  "A 101 response has a Connection field that lists Upgrade.", rejected,
                  "Add Connection: Upgrade to the 101."},
    OwnFaultWords{"accept-missing", "A 101 without Sec-WebSocket-Accept", "4.1",
                  "A 101 response has a Sec-WebSocket-Accept field.", rejected,
                  "Send the base64 of the SHA-1 of the key followed by "
                  "258EAFA5-E914-47DA-95CA-C5AB0DC85B11."},
    OwnFaultWords{"accept-repeated", "A 101 with several Sec-WebSocket-Accept fields", "11.3.3",
                  "A 101 response has one Sec-WebSocket-Accept field.", rejected,
                  "Send the field once."},
    OwnFaultWords{"accept-wrong", "A wrong Sec-WebSocket-Accept", "4.1",
                  "Sec-WebSocket-Accept is computed from the key in the request.", rejected,
                  "Send the base64 of the SHA-1 of the key, as it stands in the request, followed "
                  "by 258EAFA5-E914-47DA-95CA-C5AB0DC85B11."},
    OwnFaultWords{"extension-not-offered", "An extension that was not offered", "4.1",
                  "A server answers with extensions that the client offered, or with none.",
                  rejected, "Leave extensions that the request does not offer out of the 101."},
    OwnFaultWords{"extension-response-malformed", "A malformed list of extensions in the 101",
                  "9.1", "Sec-WebSocket-Extensions is a list of extensions with their parameters.",
                  rejected, "Write the field by the grammar, or leave it out."},
    OwnFaultWords{"subprotocol-not-offered", "A subprotocol that was not offered", "4.1",
                  "A server selects one of the subprotocols that the client offered, or none.",
                  rejected,
                  "Leave Sec-WebSocket-Protocol out of the 101 unless this request offers that "
                  "subprotocol, spelled the same."},
    OwnFaultWords{"subprotocol-repeated", "A 101 with several Sec-WebSocket-Protocol fields",
                  "11.3.4", "A 101 response selects at most one subprotocol, in one field.",
                  rejected, "Send the field once, with one subprotocol."},
    OwnFaultWords{"content-in-101", "A 101 that announces content", "RFC 9110 8.6",
                  "A 101 response has neither Content-Length nor Transfer-Encoding.", rejected,
                  "Leave both fields out of the 101."},
    OwnFaultWords{"response-http-version", "A 101 with another HTTP version", "4.2.2",
                  "A 101 response has the HTTP version 1.1, or a later 1.x.", rejected,
                  "Write the status line as HTTP/1.1 101 Switching Protocols."},
};

constexpr auto all_own = [] {
  std::array<OwnFaultWords, own_faults.size() + response_faults.size()> all{};
  std::size_t at = 0;
  for (const OwnFaultWords& each : own_faults) all.at(at++) = each;
  for (const OwnFaultWords& each : response_faults) all.at(at++) = each;
  return all;
}();

}  // namespace

std::span<const OwnFaultWords> own_fault_words() {
  return all_own;
}

}  // namespace wsconform
