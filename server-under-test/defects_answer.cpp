// 101s that are not what a client may expect (RFC 6455 §4.2.2).
#include <algorithm>

#include "core/ascii.h"
#include "core/base64.h"
#include "server-under-test/hooks.h"
#include "server-under-test/planted_defects.h"

namespace wsconform {
namespace {

constexpr std::string_view accept_field = "Sec-WebSocket-Accept";
constexpr std::string_view protocol_field = "Sec-WebSocket-Protocol";
constexpr std::string_view extensions_field = "Sec-WebSocket-Extensions";

using AnswerAct = void (*)(Scene&, Answer&);

Defect accepting(std::string id, std::string says, AnswerAct act) {
  return {.id = std::move(id), .says = std::move(says), .answer = on_101(act)};
}

Defect accepting_with(std::string id, std::string says, std::string_view name,
                      std::string_view value) {
  return {.id = std::move(id),
          .says = std::move(says),
          .answer = on_101(
              [name, value](Scene&, Answer& answer) { set_field(answer.head, name, value); })};
}

Defect accepting_without(std::string_view name) {
  return {.id = "101-without-" + in_lower_case(name),
          .says = "Sends a 101 without " + std::string(name) + ".",
          .answer = on_101([name](Scene&, Answer& answer) { drop_field(answer.head, name); })};
}

Defect accepting_as(std::string id, std::string says, std::string_view start_line) {
  return {.id = std::move(id),
          .says = std::move(says),
          .answer = on_101(
              [start_line](Scene&, Answer& answer) { answer.head.start_line = start_line; })};
}

std::string key_of(const Scene& scene) {
  return value_of(scene.request, "Sec-WebSocket-Key");
}

void set_accept(Answer& answer, const std::string& value) {
  set_field(answer.head, accept_field, value);
}

std::vector<Defect> wrong_accepts() {
  return {
      accepting("accept-for-lower-case-key",
                "Computes the accept value from the key in lower case.",
                [](Scene& scene, Answer& answer) {
                  set_accept(answer, accept_for(in_lower_case(key_of(scene))));
                }),
      accepting("accept-for-decoded-key",
                "Computes the accept value from the decoded bytes of the key.",
                [](Scene& scene, Answer& answer) {
                  set_accept(answer, accept_for(base64_decode(key_of(scene)).value_or("")));
                }),
      accepting("accept-for-no-key", "Computes the accept value from the GUID alone.",
                [](Scene&, Answer& answer) { set_accept(answer, accept_for("")); }),
      accepting("accept-for-key-without-padding",
                "Computes the accept value from the key without its padding.",
                [](Scene& scene, Answer& answer) {
                  const std::string key = key_of(scene);
                  set_accept(answer, accept_for(key.substr(0, key.find('='))));
                }),
      accepting("accept-of-example", "Sends everybody the accept value of the standard's example.",
                [](Scene&, Answer& answer) { set_accept(answer, "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="); }),
      accepting("accept-is-key", "Sends the key itself as the accept value.",
                [](Scene& scene, Answer& answer) { set_accept(answer, key_of(scene)); }),
      accepting("accept-in-lower-case", "Sends the accept value in lower case.",
                [](Scene&, Answer& answer) {
                  set_accept(answer, in_lower_case(value_of(answer.head, accept_field)));
                }),
      accepting("accept-without-padding", "Sends the accept value without its padding.",
                [](Scene&, Answer& answer) {
                  std::string accept = value_of(answer.head, accept_field);
                  accept.pop_back();
                  set_accept(answer, accept);
                }),
      accepting("accept-in-hex", "Sends the accept value in hex digits.",
                [](Scene&, Answer& answer) {
                  const std::string accept =
                      base64_decode(value_of(answer.head, accept_field)).value_or("");
                  set_accept(answer, to_hex(bytes_of(accept)));
                }),
      accepting("accept-quoted", "Puts the accept value in quotes.",
                [](Scene&, Answer& answer) {
                  set_accept(answer, '"' + value_of(answer.head, accept_field) + '"');
                }),
      accepting_with("accept-empty", "Sends an empty accept value.", accept_field, ""),
      accepting("accept-twice", "Sends the accept value on two lines.",
                [](Scene&, Answer& answer) {
                  answer.head.add(accept_field, value_of(answer.head, accept_field));
                }),
  };
}

// NOLINTNEXTLINE(readability-function-size): a table, a row a defect
std::vector<Defect> wrong_101s() {
  return {
      accepting_without(accept_field),
      accepting_without("Upgrade"),
      accepting_without("Connection"),
      accepting_with("101-upgrade-to-h2c", "Names another protocol in Upgrade.", "Upgrade", "h2c"),
      accepting_with("101-upgrade-empty", "Sends an empty Upgrade.", "Upgrade", ""),
      accepting_with("101-upgrade-list", "Names two protocols in Upgrade.", "Upgrade",
                     "websocket, h2c"),
      accepting_with("101-connection-keep-alive", "Sends Connection: keep-alive with a 101.",
                     "Connection", "keep-alive"),
      accepting_with("101-connection-close", "Sends Connection: close with a 101.", "Connection",
                     "close"),
      accepting_with("101-content-length", "Sends a Content-Length with a 101.", "Content-Length",
                     "0"),
      accepting_with("101-transfer-encoding", "Sends a Transfer-Encoding with a 101.",
                     "Transfer-Encoding", "chunked"),
      accepting("101-with-body", "Sends a body after the head of a 101.",
                [](Scene&, Answer& answer) { answer.body = "Welcome\n"; }),
      accepting_as("200-instead-of-101", "Accepts a handshake with status 200.", "HTTP/1.1 200 OK"),
      accepting_as("201-instead-of-101", "Accepts a handshake with status 201.",
                   "HTTP/1.1 201 Created"),
      accepting_as("100-instead-of-101", "Accepts a handshake with status 100.",
                   "HTTP/1.1 100 Continue"),
      accepting_as("302-instead-of-101", "Accepts a handshake with status 302.",
                   "HTTP/1.1 302 Found"),
      accepting_as("500-instead-of-101", "Accepts a handshake with status 500.",
                   "HTTP/1.1 500 Internal Server Error"),
      accepting_as("101-of-http-1.0", "Sends a 101 with HTTP/1.0.",
                   "HTTP/1.0 101 Switching Protocols"),
      accepting_as("101-of-http-2", "Sends a 101 with HTTP/2.0.",
                   "HTTP/2.0 101 Switching Protocols"),
      accepting_as("101-without-reason", "Ends the status line of a 101 behind its status.",
                   "HTTP/1.1 101"),
      accepting_as("101-of-lower-case-http", "Writes HTTP in lower case in the status line.",
                   "http/1.1 101 Switching Protocols"),
      accepting_as("101-without-version", "Sends a status line without a version.",
                   "101 Switching Protocols"),
      accepting_as("101-of-four-digits", "Sends a status code of four digits.",
                   "HTTP/1.1 1010 Switching Protocols"),
      accepting("101-twice", "Sends the 101 twice.",
                [](Scene&, Answer& answer) { answer.body = write_head(answer.head); }),
      accepting("101-with-bare-lf", "Ends the lines of a 101 with a bare LF.",
                [](Scene& scene, Answer& answer) {
                  std::string head = write_head(answer.head);
                  std::erase(head, '\r');
                  append(scene.wire, std::string_view(head));
                  answer.head.start_line.clear();
                }),
      accepting(
          "101-space-before-colon", "Writes a space before a colon in a 101.",
          [](Scene&, Answer& answer) { answer.head.fields.front().raw = "Upgrade : websocket"; }),
      accepting("101-line-without-colon", "Writes a line without a colon in a 101.",
                [](Scene&, Answer& answer) { answer.head.fields.push_back({"", "", "Welcome"}); }),
      accepting("101-folded-line", "Sends a folded line in a 101.",
                [](Scene&, Answer& answer) { answer.head.fields.back().raw += "\r\n "; }),
      accepting("101-without-end", "Sends a 101 without the empty line at its end.",
                [](Scene& scene, Answer& answer) {
                  std::string head = write_head(answer.head);
                  head.resize(head.size() - 2);
                  append(scene.wire, std::string_view(head));
                  answer.head.start_line.clear();
                }),
      accepting("101-never-sent", "Never answers a valid request.",
                [](Scene& scene, Answer& answer) {
                  answer.head.start_line.clear();
                  scene.awaits_end = true;
                }),
  };
}

std::vector<Defect> odd_101s() {
  return {
      accepting_with("connection-with-empty-element",
                     "Sends an empty list element in the Connection field of a 101.", "Connection",
                     "Upgrade, ,"),
      accepting("message-unasked", "Sends a message of its own as soon as the connection is open.",
                [](Scene&, Answer& answer) { answer.body = "\x81\x05Hello"; }),
      accepting("continuation-unasked",
                "Sends a continuation frame as soon as the connection is open.",
                [](Scene&, Answer& answer) { answer.body = std::string("\x80\x00", 2); }),
  };
}

// The subprotocols that the request offers; none: an empty list.
std::vector<std::string> offered(const Scene& scene) {
  return parse_subprotocols(scene.request.combined(protocol_field).value_or(""))
      .value_or(std::vector<std::string>{});
}

std::vector<Defect> wrong_negotiation() {
  return {
      accepting_with("subprotocol-not-offered", "Names a subprotocol that was not offered.",
                     protocol_field, "wsconform-other"),
      accepting("subprotocol-for-none-offered", "Names a subprotocol when none was offered.",
                [](Scene& scene, Answer& answer) {
                  if (offered(scene).empty()) set_field(answer.head, protocol_field, "chat");
                }),
      accepting("subprotocol-other-case", "Names the offered subprotocol in another letter case.",
                [](Scene& scene, Answer& answer) {
                  if (!offered(scene).empty())
                    set_field(answer.head, protocol_field, in_upper_case(offered(scene).front()));
                }),
      accepting("subprotocols-all", "Names all the subprotocols that were offered.",
                [](Scene& scene, Answer& answer) {
                  if (const auto all = scene.request.combined(protocol_field))
                    set_field(answer.head, protocol_field, *all);
                }),
      accepting("subprotocol-twice", "Names the subprotocol on two lines.",
                [](Scene& scene, Answer& answer) {
                  if (offered(scene).empty()) return;
                  drop_field(answer.head, protocol_field);
                  for (int line = 0; line < 2; ++line)
                    answer.head.add(protocol_field, offered(scene).front());
                }),
      accepting("subprotocol-empty", "Sends an empty subprotocol.",
                [](Scene& scene, Answer& answer) {
                  if (!offered(scene).empty()) set_field(answer.head, protocol_field, "");
                }),
      accepting_with("extensions-empty", "Sends an empty list of extensions in each 101.",
                     extensions_field, ""),
      accepting_with("extension-not-offered", "Names an extension that was not offered.",
                     extensions_field, "permessage-deflate"),
      accepting("extension-other-than-offered", "Answers an offer with another extension.",
                [](Scene& scene, Answer& answer) {
                  if (scene.request.count(extensions_field) > 0)
                    set_field(answer.head, extensions_field, "x-wsconform-other");
                }),
      accepting("extension-empty", "Answers an offer with an empty list of extensions.",
                [](Scene& scene, Answer& answer) {
                  if (scene.request.count(extensions_field) > 0)
                    set_field(answer.head, extensions_field, "");
                }),
      accepting("extension-malformed", "Answers an offer with a malformed list of extensions.",
                [](Scene& scene, Answer& answer) {
                  if (scene.request.count(extensions_field) > 0)
                    set_field(answer.head, extensions_field, ";=,");
                }),
  };
}

}  // namespace

std::vector<Defect> answer_defects() {
  return rows_of({wrong_accepts, wrong_101s, odd_101s, wrong_negotiation});
}

}  // namespace wsconform
