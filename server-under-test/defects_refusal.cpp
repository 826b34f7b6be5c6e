// Refusals that are not what a client may expect (RFC 6455 §4.2.2, §4.4, RFC 9110, RFC 9112).
#include "server-under-test/hooks.h"
#include "server-under-test/planted_defects.h"

namespace wsconform {
namespace {

using RefusalAct = void (*)(Scene&, Answer&);

Defect refusing(std::string id, std::string says, RefusalAct act, int status = 0) {
  return {.id = std::move(id), .says = std::move(says), .answer = on_refusal(act, status)};
}

Defect refusing_as(std::string_view start_line) {
  const std::string status(start_line.substr(9, 3));
  return {.id = "refusal-is-" + status,
          .says = "Refuses requests with status " + status + ".",
          .answer = on_refusal(
              [start_line](Scene&, Answer& answer) { answer.head.start_line = start_line; })};
}

}  // namespace

// NOLINTNEXTLINE(readability-function-size): a table, a row a defect
std::vector<Defect> refusal_defects() {
  std::vector<Defect> rows = {
      refusing("426-without-version", "Sends a 426 that does not name the version it speaks.",
               [](Scene&, Answer& answer) { drop_field(answer.head, "Sec-WebSocket-Version"); }),
      refusing(
          "426-without-upgrade", "Sends a 426 that does not name the protocol to upgrade to.",
          [](Scene&, Answer& answer) { drop_field(answer.head, "Upgrade"); }, 426),
      refusing("426-with-other-version", "Names version 12 when it refuses another version.",
               [](Scene&, Answer& answer) {
                 if (answer.head.count("Sec-WebSocket-Version") > 0)
                   set_field(answer.head, "Sec-WebSocket-Version", "12");
               }),
      refusing("426-with-empty-element",
               "Sends an empty list element among the versions it speaks.",
               [](Scene&, Answer& answer) {
                 if (answer.head.count("Sec-WebSocket-Version") > 0)
                   set_field(answer.head, "Sec-WebSocket-Version", "13,");
               }),
      refusing("refusal-never-sent", "Never answers a request that it refuses.",
               [](Scene& scene, Answer& answer) {
                 answer.head.start_line.clear();
                 scene.awaits_end = true;
               }),
      refusing("refusal-is-end", "Ends TCP without a response to a request that it refuses.",
               [](Scene&, Answer& answer) { answer.head.start_line.clear(); }),
      refusing("refusal-without-end",
               "Announces that it closes after a refusal, but keeps TCP open.",
               [](Scene& scene, Answer&) { scene.awaits_end = true; }),
      refusing("refusal-without-empty-line", "Sends a refusal whose head never ends.",
               [](Scene& scene, Answer& answer) {
                 append(scene.wire, std::string_view(answer.head.start_line + "\r\nServer: x\r\n"));
                 answer.head.start_line.clear();
                 scene.awaits_end = true;
               }),
      refusing("refusal-shorter-than-said",
               "Sends a refusal whose body is shorter than its Content-Length.",
               [](Scene&, Answer& answer) { answer.body.resize(answer.body.size() / 2); }),
      refusing("refusal-longer-than-said",
               "Sends a refusal whose body is longer than its Content-Length.",
               [](Scene&, Answer& answer) { answer.body += "and more\n"; }),
      refusing("refusal-of-two-lengths", "Sends two Content-Length fields with a refusal.",
               [](Scene&, Answer& answer) { answer.head.add("Content-Length", "1"); }),
      refusing(
          "refusal-twice", "Sends every refusal twice.",
          [](Scene&, Answer& answer) { answer.body += write_head(answer.head) + answer.body; }),
      refusing("refusal-and-close-frame", "Sends a Close frame after a refusal.",
               [](Scene&, Answer& answer) { answer.body += "\x88\x02\x03\xea"; }),
      refusing("refusal-is-close-frame", "Sends a Close frame instead of a refusal.",
               [](Scene& scene, Answer& answer) {
                 answer.head.start_line.clear();
                 scene.write(close_frame(1002));
               }),
      refusing("refusal-without-http", "Refuses with a line that is not HTTP.",
               [](Scene&, Answer& answer) { answer.head.start_line = "ERROR bad request"; }),
      refusing("refusal-with-body-only", "Refuses with the body alone, without a head.",
               [](Scene& scene, Answer& answer) {
                 append(scene.wire, std::string_view(answer.body));
                 answer.head.start_line.clear();
               }),
      refusing(
          "405-without-allow", "Sends a 405 that does not name the methods it allows.",
          [](Scene&, Answer& answer) { drop_field(answer.head, "Allow"); }, 405),
  };
  for (const std::string_view line :
       {"HTTP/1.1 200 OK", "HTTP/1.1 302 Found", "HTTP/1.1 404 Not Found",
        "HTTP/1.1 500 Internal Server Error", "HTTP/1.1 503 Service Unavailable",
        "HTTP/1.1 100 Continue"})
    rows.push_back(refusing_as(line));
  return rows;
}

}  // namespace wsconform
