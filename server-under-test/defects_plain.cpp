// Wrong answers to requests that ask for no WebSocket (RFC 9110).
#include "server-under-test/hooks.h"
#include "server-under-test/planted_defects.h"
#include "server-under-test/site/plain_request.h"

namespace wsconform {
namespace {

// `act` on answers to plain requests of the method; "" is any.
Defect answering(std::string id, std::string says, std::string method,
                 void (*act)(Scene&, Answer&)) {
  return {.id = std::move(id),
          .says = std::move(says),
          .answer = [method = std::move(method), act](Scene& scene, Answer& answer) {
            if (is_plain(scene.request) && scene.request.start_line.starts_with(method))
              act(scene, answer);
          }};
}

void drop_date(Scene&, Answer& answer) {
  drop_field(answer.head, "Date");
}
void become_101(Scene& scene, Answer& answer) {
  const HttpHead& asked = scene.request;
  answer.head = HttpHead{.start_line = "HTTP/1.1 101 Switching Protocols"};
  answer.head.add("Upgrade", "websocket");
  answer.head.add("Connection", "Upgrade");
  answer.head.add("Sec-WebSocket-Accept", value_of(asked, "Sec-WebSocket-Key"));
  answer.body.clear();
}
void add_content(Scene&, Answer& answer) {
  if (answer.body.empty()) answer.body = "content";
}
void stay_silent(Scene& scene, Answer& answer) {
  answer.head.start_line.clear();
  scene.awaits_end = true;
}
void drop_end_of_content(Scene&, Answer& answer) {
  answer.body.resize(answer.body.size() / 2);
}
void drop_allow(Scene&, Answer& answer) {
  drop_field(answer.head, "Allow");
}

}  // namespace

std::vector<Defect> plain_defects() {
  return {
      {.id = "refusal-without-date",
       .says = "Sends no Date when it refuses a handshake.",
       .answer = on_refusal([](Scene& scene, Answer& answer) {
         if (!is_plain(scene.request)) drop_field(answer.head, "Date");
       })},
      answering("plain-without-date", "Sends no Date when it answers a plain request.", "",
                drop_date),
      answering("plain-get-is-101", "Switches protocols for a plain GET.", "GET ", become_101),
      answering("plain-post-is-101", "Switches protocols for a POST.", "POST ", become_101),
      answering("plain-head-with-content", "Sends content in its answer to a plain HEAD.", "HEAD ",
                add_content),
      answering("plain-options-is-silence", "Does not answer OPTIONS.", "OPTIONS ", stay_silent),
      answering("plain-get-is-silence", "Does not answer a plain GET.", "GET ", stay_silent),
      answering("plain-get-is-cut-off", "Sends a page that is shorter than its Content-Length.",
                "GET ", drop_end_of_content),
      answering("plain-put-is-silence", "Does not answer PUT.", "PUT ", stay_silent),
      answering("plain-delete-is-silence", "Does not answer DELETE.", "DELETE ", stay_silent),
      answering("plain-patch-is-silence", "Does not answer PATCH.", "PATCH ", stay_silent),
      answering("plain-405-without-allow", "Answers a PUT with a 405 that has no Allow.", "PUT ",
                drop_allow),
  };
}

}  // namespace wsconform
