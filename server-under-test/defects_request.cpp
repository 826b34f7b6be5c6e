// Requests that are to be refused and are answered with 101, or are read wrongly (RFC 6455 §4.2.1).
#include <algorithm>

#include "core/ascii.h"
#include "core/base64.h"
#include "server-under-test/hooks.h"
#include "server-under-test/planted_defects.h"

namespace wsconform {
namespace {

using enum HandshakeFault;
using RequestHook = bool (*)(Scene&, HttpHead&);

constexpr std::string_view good_key = "dGhlIHNhbXBsZSBub25jZQ==";

// Faults that a server without a policy of its own finds in a head it can read.
bool is_requests_own(const HandshakeRule& rule) {
  return rule.status != 0 && rule.fault != head_too_large && rule.fault != request_line_too_long &&
         rule.fault != origin_refused && rule.fault != unauthorized;
}

// A server that does not look cannot find them (§4.2.1, §4.2.2).
bool is_for_who_looks(HandshakeFault fault) {
  return fault == http_version_unsupported || fault == subprotocols_malformed;
}

std::vector<Defect> taken_whatever_fault() {
  std::vector<Defect> rows;
  for (const HandshakeRule& rule : handshake_rules()) {
    if (!is_requests_own(rule)) continue;
    rows.push_back({.id = "answers-101-for-" + std::string(rule.name),
                    .says = "Answers with 101 where it should refuse: " + std::string(rule.says),
                    .lenient = is_for_who_looks(rule.fault),
                    .options = forgiving({rule.fault})});
  }
  return rows;
}

Defect taking_version(std::string name, std::string version) {
  return {.id = "answers-101-for-version-" + std::move(name),
          .says = "Answers with 101 to Sec-WebSocket-Version " + version + ".",
          .request = [version](Scene&, HttpHead& request) {
            if (request.count("Sec-WebSocket-Version") != 1 ||
                value_of(request, "Sec-WebSocket-Version") != version)
              return false;
            set_field(request, "Sec-WebSocket-Version", websocket_version);
            return true;
          }};
}

// The lines as a reader without care takes them.
bool tidy(HttpHead& request) {
  const auto is_control_byte = [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
  };
  std::erase_if(request.start_line, is_control_byte);
  std::erase_if(request.fields, [](const FieldLine& line) { return !is_token(line.name); });
  for (FieldLine& line : request.fields) {
    std::erase_if(line.value, is_control_byte);
    line.raw = line.name + ": " + line.value;
  }
  return true;
}

Defect taking_anomaly(HeadAnomaly anomaly) {
  return {.id = "answers-101-for-" + std::string(name_of(anomaly)),
          .says = "Overlooks a fault in a header line: " + std::string(name_of(anomaly)) + ".",
          .request = [anomaly](Scene&, HttpHead& request) {
            const bool only_this = std::ranges::all_of(
                request.anomalies, [&](const AnomalyAt& at) { return at.anomaly == anomaly; });
            return !request.anomalies.empty() && only_this && tidy(request);
          }};
}

Defect taking(std::string id, std::string says, RequestHook act) {
  return {.id = std::move(id), .says = std::move(says), .request = act};
}

// Takes keys of which `fits` is true, and answers for the key as it came.
Defect taking_key(std::string id, std::string says, bool (*fits)(std::string_view key)) {
  return {.id = std::move(id),
          .says = std::move(says),
          .request =
              [fits](Scene&, HttpHead& request) {
                if (request.count("Sec-WebSocket-Key") != 1) return false;
                const std::string key = value_of(request, "Sec-WebSocket-Key");
                if (is_key(key) || !fits(key)) return false;
                set_field(request, "Sec-WebSocket-Key", good_key);
                return true;
              },
          .answer = on_101([](Scene& scene, Answer& answer) {
            set_field(answer.head, "Sec-WebSocket-Accept",
                      accept_for(value_of(scene.request, "Sec-WebSocket-Key")));
          })};
}

bool replace_method(HttpHead& request, std::string_view method) {
  const auto line = parse_request_line(request.start_line);
  if (!line || line->method != method) return false;
  request.start_line = "GET " + std::string(line->target) + " " + std::string(line->version);
  return true;
}

Defect taking_method(std::string method) {
  return {
      .id = "answers-101-to-" + (method == "get" ? "lower-case-get" : in_lower_case(method)),
      .says = "Answers with 101 to a request with method " + method + ".",
      .request = [method](Scene&, HttpHead& request) { return replace_method(request, method); }};
}

bool replace_if(HttpHead& request, std::string_view name, bool (*concerns)(std::string_view),
                std::string_view by) {
  if (request.count(name) != 1 || !concerns(value_of(request, name))) return false;
  set_field(request, name, by);
  return true;
}

// NOLINTNEXTLINE(readability-function-size): a table, a row a defect
std::vector<Defect> taken_wrongly() {
  std::vector<Defect> rows = {
      taking("answers-101-for-upgrade-prefix",
             "Accepts any Upgrade field that begins with websocket.",
             [](Scene&, HttpHead& request) {
               return replace_if(
                   request, "Upgrade",
                   [](std::string_view v) { return v.starts_with("websocket"); }, "websocket");
             }),
      taking("answers-101-for-any-upgrade", "Accepts any Upgrade field.",
             [](Scene&, HttpHead& request) {
               return replace_if(
                   request, "Upgrade", [](std::string_view) { return true; }, "websocket");
             }),
      taking("answers-101-for-any-connection", "Accepts any Connection field.",
             [](Scene&, HttpHead& request) {
               return replace_if(
                   request, "Connection", [](std::string_view) { return true; }, "Upgrade");
             }),
      taking("answers-101-for-connection-substring",
             "Accepts a Connection field that contains upgrade anywhere.",
             [](Scene&, HttpHead& request) {
               return replace_if(
                   request, "Connection",
                   [](std::string_view v) { return v.find("pgrade") != std::string_view::npos; },
                   "Upgrade");
             }),
      at_most_lenient(taking("answers-101-for-http-2", "Accepts a request line with HTTP/2.0.",
                             [](Scene&, HttpHead& request) {
                               if (!request.start_line.ends_with("HTTP/2.0")) return false;
                               request.start_line.replace(request.start_line.size() - 3, 3, "1.1");
                               return true;
                             })),
      taking("answers-101-for-first-of-two-keys", "Uses the first of two keys.",
             [](Scene&, HttpHead& request) {
               if (request.count("Sec-WebSocket-Key") != 2) return false;
               const std::string first = value_of(request, "Sec-WebSocket-Key");
               drop_field(request, "Sec-WebSocket-Key");
               request.add("Sec-WebSocket-Key", first);
               return true;
             }),
      taking("answers-101-for-body",
             "Accepts a request with a Content-Length and reads its body as frames.",
             [](Scene&, HttpHead& request) {
               const bool has = request.count("Content-Length") > 0;
               drop_field(request, "Content-Length");
               return has;
             }),
      taking_key("answers-101-for-empty-key", "Accepts an empty key.",
                 [](std::string_view key) { return key.empty(); }),
      at_most_lenient(taking_key("answers-101-for-short-key",
                                 "Accepts a key of fewer than 16 bytes.",
                                 [](std::string_view key) {
                                   const auto bytes = base64_decode(key);
                                   return bytes && !bytes->empty() && bytes->size() < 16;
                                 })),
      at_most_lenient(taking_key("answers-101-for-long-key", "Accepts a key of more than 16 bytes.",
                                 [](std::string_view key) {
                                   const auto bytes = base64_decode(key);
                                   return bytes && bytes->size() > 16;
                                 })),
      taking_key("answers-101-for-key-not-base64", "Accepts a key that is not base64.",
                 [](std::string_view key) { return !key.empty() && !base64_decode(key); }),
      taking_key("answers-101-for-key-of-24-characters", "Accepts any key of 24 characters.",
                 [](std::string_view key) { return key.size() == 24; }),
  };
  for (const char* method : {"POST", "PUT", "HEAD", "OPTIONS", "get"})
    rows.push_back(taking_method(method));
  for (const char* version : {"12", "14", "255", "269", "013", "13.0"})
    rows.push_back(taking_version(version, version));
  rows.push_back(taking_version("with-sign", "+13"));
  rows.push_back(taking_version("last-in-list", "8, 13"));
  rows.push_back(taking_version("first-in-list", "13, 8"));
  rows.push_back(taking_version("empty", ""));
  for (const HeadAnomaly anomaly :
       {HeadAnomaly::space_before_colon, HeadAnomaly::no_colon, HeadAnomaly::empty_name,
        HeadAnomaly::name_not_token, HeadAnomaly::control_byte})
    rows.push_back(taking_anomaly(anomaly));
  return rows;
}

// The size of a body in too few bits: what follows the head is another request.
Defect body_taken_for_empty(std::string id, std::string_view length, std::string says) {
  return {.id = std::move(id),
          .says = std::move(says),
          .serves_after_refusal = [length](const Scene& scene) {
            return scene.request.value("Content-Length") == length;
          }};
}

// As a server that reads the body it refuses: behind such a chunk begins another request.
Defect chunk_taken_for_last(std::string id, std::string_view chunk, std::string says) {
  return {.id = std::move(id),
          .says = std::move(says),
          .read =
              [chunk](Scene& scene, Bytes& read) {
                const auto found = std::ranges::search(read, bytes_of(chunk));
                if (found.empty()) return;
                scene.count = 1;
                read.erase(found.begin(), found.end());
              },
          .serves_after_refusal = [](const Scene& scene) { return scene.count == 1; }};
}

std::vector<Defect> read_wrongly() {
  return {
      {.id = "head-in-one-read-only",
       .says = "Ends TCP when the head of a request does not arrive in a single read.",
       .read =
           [](Scene& scene, Bytes& read) {
             if (scene.count++ == 0 && text_of(read).find("\r\n\r\n") == std::string_view::npos)
               scene.ends = true;
           }},
      {.id = "loses-frames-of-same-read",
       .says = "Handles only the first frame of each read.",
       .read =
           [](Scene& scene, Bytes& read) {
             if (!scene.answered || read.size() < 6 || (read[1] & 0x7f) > 125) return;
             read.resize(std::min(read.size(), std::size_t{6} + (read[1] & 0x7f)));
           }},
      {.id = "serves-after-refusal",
       .says = "Serves a second request on a connection where it refused the first.",
       .serves_after_refusal = [](const Scene&) { return true; }},
      body_taken_for_empty("content-length-in-32-bits", "4294967296",
                           "Reads a Content-Length of 2^32 as 0."),
      body_taken_for_empty("content-length-in-64-bits", "18446744073709551616",
                           "Reads a Content-Length of 2^64 as 0."),
      chunk_taken_for_last("chunk-size-in-32-bits", "100000000\r\n\r\n",
                           "Takes a chunk of 2^32 bytes for the last chunk."),
      chunk_taken_for_last("chunk-size-in-64-bits", "10000000000000000\r\n\r\n",
                           "Takes a chunk of 2^64 bytes for the last chunk."),
  };
}

}  // namespace

std::vector<Defect> request_defects() {
  return rows_of({taken_whatever_fault, taken_wrongly, read_wrongly});
}

}  // namespace wsconform
