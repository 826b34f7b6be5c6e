#include <array>

#include "reports/results/fault_words.h"

namespace wsconform {
namespace {

constexpr std::string_view desynchronised =
    "The peer takes it for an answer to something else, or fails the connection.";
constexpr std::string_view told_by_code =
    "The code is all that the developer of the other side learns of the reason.";

constexpr std::array own_faults{
    OwnFaultWords{"head-too-long", "A response head without end", "", "A response head ends.",
                  "Clients bound what they read, and give up.", "Send a head of usual size."},
    OwnFaultWords{"body-without-end", "A response whose body has no end", "RFC 9112 6",
                  "A response says how long its body is, or ends the connection behind it.",
                  "The client cannot tell where the response ends, and waits.",
                  "Send a Content-Length, or end TCP behind the body."},
    OwnFaultWords{"spoke-too-early", "Data before the handshake was answered", "4.1",
                  "Nobody sends frames before the handshake is done.",
                  "Whoever refuses the handshake takes the frames for another request.",
                  "Wait for the response before the first frame."},
    OwnFaultWords{"data-behind-close", "Data behind the Close", "5.5.1",
                  "Behind its Close an endpoint sends no more data.",
                  "The peer has stopped reading: what is sent is lost.",
                  "Keep a flag for the Close that was sent, and drop or refuse what comes later."},
    OwnFaultWords{"unasked-message", "A message that answers nothing", "",
                  "An echo server sends back what it got, and nothing else.", desynchronised,
                  "Find out what was taken for a message: bytes of a body or of a frame that was "
                  "refused are none."},
    OwnFaultWords{"answer-to-illegal-data", "An answer to what has to be refused", "7.1.7",
                  "Behind a frame that breaks a rule nothing is read any more.", desynchronised,
                  "Stop reading once the connection has to fail."},
    OwnFaultWords{"changed-echo", "An echo that is not what was sent", "5.4",
                  "A message comes in one piece and unchanged, however it was sent.",
                  "Data is lost or changed under way, and nobody notices.",
                  "Compare what is put together from fragments, and what is inflated, with what "
                  "was sent."},
    OwnFaultWords{"pong-to-request", "A Pong for what was no Ping", "RFC 9112 6.3",
                  "What stands in a request or its body is no frame.",
                  "Whoever can choose the body of a request can speak on a connection that is not "
                  "theirs.",
                  "Read the request to its end, body included, before the first frame."},
    OwnFaultWords{"endless", "Data without end", "", "An endpoint sends what it was asked for.",
                  "The peer's memory and time are used up by what it did not ask for.",
                  "Find the loop that sends the same again and again."},
    OwnFaultWords{"tcp-end", "Behind a Close", "7.1.1",
                  "The server ends TCP at once behind both Closes, and behind the Close with "
                  "which it fails the connection.",
                  "The client waits for the end in vain, and the server keeps a socket for each "
                  "client that is gone.",
                  "Once the Close is written, and the peer's is there or not to be had, shut down "
                  "and close the socket."},
    OwnFaultWords{"failing-with-1002", "A frame that breaks a rule of framing", "7.4.1",
                  "The Close with which a connection fails for a wrong frame has the code 1002.",
                  told_by_code, "Send the code 1002 (protocol error)."},
    OwnFaultWords{"failing-with-1007", "A payload that is not what it has to be", "7.4.1",
                  "The Close with which a connection fails for a text that is not UTF-8, or data "
                  "that cannot be inflated, has the code 1007.",
                  told_by_code, "Send the code 1007 (invalid payload data)."},
    OwnFaultWords{"failing-with-1008", "What no rule of the endpoint's own allows", "7.4.1",
                  "The Close with which a connection fails for the endpoint's own rules has the "
                  "code 1008.",
                  told_by_code, "Send the code 1008 (policy violation)."},
    OwnFaultWords{"failing-with-1009", "What is larger than is taken", "7.4.1",
                  "The Close with which a connection fails for its size has the code 1009.",
                  told_by_code, "Send the code 1009 (message too big)."},
    OwnFaultWords{"failing-the-connection", "What has to fail the connection", "7.1.7",
                  "An endpoint that fails an open connection should first send a Close that says "
                  "why.",
                  "Without a Close the other side sees 1006, as if a cable had been cut, and often "
                  "just connects again.",
                  "Write a Close with the code of the fault, then end TCP."},
    OwnFaultWords{"refusing", "A request that has to be refused", "4.2.1",
                  "A request that is not a handshake is answered with a status that says so, such "
                  "as 400.",
                  "Without a response nobody learns what was wrong, and proxies try again "
                  "elsewhere.",
                  "Write a response with status 400, then end TCP."},
    OwnFaultWords{"plain-handshake", "A plain opening handshake", "4.2.2",
                  "A handshake that fits is answered with 101.",
                  "Nobody can connect, or not everybody who may.",
                  "Answer with 101; where the server is full, find out by what."},
    OwnFaultWords{"spoke-behind-close", "A second Close, or a Pong, behind the Close", "5.5.1",
                  "Behind its Close an endpoint has nothing more to say.",
                  "It is harmless, and a sign that the state after the Close is not kept.",
                  "Keep a flag for the Close that was sent, and send nothing behind it."},
    OwnFaultWords{"memory-beyond-what-was-sent", "Memory far beyond what was sent", "10.4",
                  "An endpoint bounds what a peer can make it use.",
                  "A few bytes of one client cost megabytes: a few clients are enough to end the "
                  "server.",
                  "Allocate as data comes, never by what a header promises."},
    OwnFaultWords{"busy-without-connections", "A core in use after the last connection", "10.4",
                  "An endpoint bounds what a peer can make it use.",
                  "One client can take a core from all others, for good.",
                  "Look at what loops on a socket that is closed."},
    OwnFaultWords{"not-reached", "The target was not reached", "", "A target takes connections.",
                  "What could not be asked is not judged.",
                  "See whether it still runs, and whether it bounds connections."},
    OwnFaultWords{"not-connected", "TCP was not connected in time", "",
                  "A target takes connections.", "What could not be asked is not judged.",
                  "See whether its queue of connections is full; run with fewer --jobs."},
    OwnFaultWords{"out-of-tickets", "The good tickets are used up", "",
                  "The profile declares a ticket for every connection that needs one.",
                  "What could not be asked is not judged.", "Declare more of them in the profile."},
    OwnFaultWords{"given-up", "The run ended before", "", "The run goes to its end.",
                  "What could not be asked is not judged.", "Run these cases again."},
    OwnFaultWords{"not-judged", "The target was gone before", "", "A target outlives a case.",
                  "What could not be asked is not judged.",
                  "Mend what ends the target, and run these cases again."},
};

}  // namespace

std::span<const OwnFaultWords> own_fault_words() {
  return own_faults;
}

}  // namespace wsconform
