// Wrong answers at paths that send on, and at those where nothing is (RFC 9110 §15.4, §15.5.5).
#include "core/handshake_key.h"
#include "server-under-test/hooks.h"
#include "server-under-test/planted_defects.h"
#include "server-under-test/site/normal_path.h"

namespace wsconform {
namespace {

bool is_spelled(const HttpHead& request, std::string_view path) {
  const auto line = parse_request_line(request.start_line);
  return line && line->target.substr(0, line->target.find('?')) == path;
}

// `act` on answers that send on, to handshakes or to plain requests.
Defect sending_on(std::string id, std::string says, bool plain, AnswerHook act) {
  return {.id = std::move(id),
          .says = std::move(says),
          .answer =
              [plain, act = std::move(act)](Scene& scene, Answer& answer) {
                if (status_of(answer) / 100 == 3 && is_plain(scene.request) == plain)
                  act(scene, answer);
              },
          .of_flows = true};
}

}  // namespace

std::vector<Defect> resource_defects() {
  const auto without_location = [](Scene&, Answer& answer) { drop_field(answer.head, "Location"); };
  const auto as_200 = [](Scene&, Answer& answer) { answer.head.start_line = "HTTP/1.1 200 OK"; };
  return {
      sending_on("redirect-without-location", "Redirects a handshake without a Location.", false,
                 without_location),
      sending_on("redirect-of-a-page-without-location",
                 "Redirects a plain request without a Location.", true, without_location),
      sending_on("redirect-of-a-page-is-200", "Answers 200 at a path that should redirect.", true,
                 as_200),
      seeing("redirect-serves-in-place", "Opens a WebSocket at a path that should redirect.",
             [](HttpHead& request) {
               if (!is_plain(request) && is_spelled(request, "/old")) go_to_root(request);
             }),
      seeing("redirect-serves-other-spellings",
             "Opens a WebSocket at another spelling of a path that redirects.",
             [](HttpHead& request) {
               const auto line = parse_request_line(request.start_line);
               if (!is_plain(request) && line && !is_spelled(request, "/old") &&
                   normal_path(line->target) == "/old")
                 go_to_root(request);
             }),
      seeing("nowhere-is-served", "Opens a WebSocket at a path that does not exist.",
             [](HttpHead& request) {
               if (!is_plain(request) && is_spelled(request, "/nowhere")) go_to_root(request);
             }),
      seeing("below-nowhere-is-served", "Opens a WebSocket below a path that does not exist.",
             [](HttpHead& request) {
               if (!is_plain(request) && request.start_line.starts_with("GET /nowhere/"))
                 go_to_root(request);
             }),
      seeing("nowhere-in-absolute-form-is-served",
             "Opens a WebSocket at any target in absolute form.",
             [](HttpHead& request) {
               if (!is_plain(request) && request.start_line.starts_with("GET http"))
                 go_to_root(request);
             }),
      {.id = "not-found-is-200",
       .says = "Answers 200 to a plain request for a path that does not exist.",
       .answer = on_refusal(
           [](Scene& scene, Answer& answer) {
             if (is_plain(scene.request)) answer.head.start_line = "HTTP/1.1 200 OK";
           },
           404),
       .of_flows = true},
      {.id = "not-found-is-silence",
       .says = "Ends TCP without an answer to a handshake at a path that does not exist.",
       .answer = on_refusal(
           [](Scene& scene, Answer& answer) {
             if (is_plain(scene.request)) return;
             answer.head.start_line.clear();
             scene.ends = true;
           },
           404),
       .of_flows = true},
  };
}

}  // namespace wsconform
