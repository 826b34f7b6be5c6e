#include "core/handshake_judge.h"

#include <algorithm>
#include <optional>

#include "core/ascii.h"
#include "core/comma_list.h"
#include "core/handshake_key.h"
#include "core/permessage_deflate.h"
#include "core/request_target.h"

namespace wsconform {
namespace {

using enum HandshakeFault;
using Faults = std::vector<HandshakeFault>;

constexpr HttpVersion http_1_1{1, 1};

bool has_anomaly_in_request(const HttpHead& head) {
  // A server ignores one empty line before the request line (RFC 9112 §2.2).
  return std::ranges::any_of(head.anomalies, [](const AnomalyAt& at) {
    return at.anomaly != HeadAnomaly::leading_empty_line;
  });
}

void judge_request_line(const HttpHead& request, Faults& faults) {
  const auto line = parse_request_line(request.start_line);
  if (!line) return faults.push_back(request_line_malformed);
  const HttpVersion version = *parse_http_version(line->version);
  if (version.major >= 2) faults.push_back(http_version_unsupported);
  if (version < http_1_1) faults.push_back(http_version_below_1_1);
  if (line->method != "GET") faults.push_back(method_not_get);
  if (!is_websocket_target(line->target)) faults.push_back(target_malformed);
}

bool announces_body(const HttpHead& head) {
  return std::ranges::any_of(head.fields, [](const FieldLine& line) {
    return equals_ignoring_case(line.name, "Transfer-Encoding") ||
           (equals_ignoring_case(line.name, "Content-Length") && line.value != "0");
  });
}

void judge_host(const HttpHead& request, Faults& faults) {
  switch (request.count("Host")) {
    case 0:
      return faults.push_back(host_missing);
    case 1:
      break;
    default:
      return faults.push_back(host_repeated);
  }
  if (!is_host(*request.value("Host"))) faults.push_back(host_malformed);
}

// Upgrade lists protocols, each a name with an optional version (RFC 9110 §7.8); the name decides.
bool asks_for_websocket(const HttpHead& request) {
  const std::string all = request.combined("Upgrade").value_or("");
  for (const std::string_view protocol : list_elements(all)) {
    const auto slash = protocol.find('/');
    const bool version_fits =
        slash == std::string_view::npos || is_token(protocol.substr(slash + 1));
    if (version_fits && equals_ignoring_case(protocol.substr(0, slash), "websocket")) return true;
  }
  return false;
}

void judge_key(const HttpHead& request, Faults& faults) {
  switch (request.count("Sec-WebSocket-Key")) {
    case 0:
      return faults.push_back(key_missing);
    case 1:
      break;
    default:
      return faults.push_back(key_repeated);
  }
  if (!is_key(*request.value("Sec-WebSocket-Key"))) faults.push_back(key_malformed);
}

void judge_version(const HttpHead& request, Faults& faults) {
  switch (request.count("Sec-WebSocket-Version")) {
    case 0:
      return faults.push_back(version_missing);
    case 1:
      break;
    default:
      return faults.push_back(version_repeated);
  }
  if (*request.value("Sec-WebSocket-Version") != websocket_version) {
    faults.push_back(version_unsupported);
  }
}

void judge_accept(const HttpHead& response, std::string_view key, Faults& faults) {
  switch (response.count("Sec-WebSocket-Accept")) {
    case 0:
      return faults.push_back(accept_missing);
    case 1:
      break;
    default:
      return faults.push_back(accept_repeated);
  }
  if (*response.value("Sec-WebSocket-Accept") != accept_for(key)) faults.push_back(accept_wrong);
}

void judge_extensions(const HttpHead& response, const ClientOffer& offer, Faults& faults) {
  const auto field = response.combined("Sec-WebSocket-Extensions");
  if (!field) return;
  const auto extensions = parse_extensions(*field);
  if (!extensions) return faults.push_back(extension_response_malformed);
  const auto offered = [&](const Extension& extension) {
    return std::ranges::count(offer.extensions, extension.name, &Extension::name) > 0;
  };
  if (!std::ranges::all_of(*extensions, offered)) return faults.push_back(extension_not_offered);
  if (const auto fault = judge_deflate(*extensions, offer.extensions)) faults.push_back(*fault);
}

void judge_subprotocol(const HttpHead& response, const ClientOffer& offer, Faults& faults) {
  const auto subprotocol = response.value("Sec-WebSocket-Protocol");
  if (!subprotocol) return;
  if (response.count("Sec-WebSocket-Protocol") > 1) faults.push_back(subprotocol_repeated);
  if (std::ranges::count(offer.subprotocols, *subprotocol) == 0) {
    faults.push_back(subprotocol_not_offered);
  }
}

}  // namespace

std::vector<HandshakeFault> judge_request(const HttpHead& request) {
  Faults faults;
  // §4.2.1 1. A GET request of HTTP/1.1 or higher for a path or an http URI, well written; a GET
  // has no body that could be told from frames.
  judge_request_line(request, faults);
  if (has_anomaly_in_request(request)) faults.push_back(field_malformed);
  if (announces_body(request)) faults.push_back(body_announced);
  // 2. Host, exactly once (RFC 9112 §3.2).
  judge_host(request, faults);
  // 3. Upgrade names websocket.
  if (!asks_for_websocket(request)) faults.push_back(upgrade_missing);
  // 4. Connection lists Upgrade.
  if (!request.list_has("Connection", "Upgrade")) faults.push_back(connection_missing_upgrade);
  // 5. Sec-WebSocket-Key, 16 bytes in base64.
  judge_key(request, faults);
  // 6. Sec-WebSocket-Version, 13.
  judge_version(request, faults);
  // 7. Origin is for the server's policy.
  // 8. Sec-WebSocket-Protocol, lines joined (§11.3.4).
  const auto subprotocols = request.combined("Sec-WebSocket-Protocol");
  if (subprotocols && !parse_subprotocols(*subprotocols)) faults.push_back(subprotocols_malformed);
  // 9. Sec-WebSocket-Extensions, lines joined (§11.3.2).
  const auto extensions = request.combined("Sec-WebSocket-Extensions");
  if (extensions && !parse_extensions(*extensions)) faults.push_back(extensions_malformed);
  // 10. Other fields are ignored.
  return faults;
}

std::vector<HandshakeFault> judge_response(const HttpHead& response, const ClientOffer& offer) {
  Faults faults;
  if (!response.anomalies.empty()) faults.push_back(response_field_malformed);
  // §4.1 1. The status is 101.
  const std::string_view line = response.start_line;
  const auto status = parse_status_line(line);
  const int code = status_code_in(line);
  if (!status) faults.insert(faults.begin(), status_line_malformed);
  if (!status && code != 101) return faults;
  const HttpVersion version = *parse_http_version(line.substr(0, line.find(' ')));
  if (version < http_1_1 || version.major > 1) faults.push_back(response_http_version);
  if (code != 101) {
    faults.push_back(status_not_101);
    return faults;
  }
  // 2. Upgrade is websocket and nothing else.
  const auto upgrade = response.combined("Upgrade");
  if (!upgrade) faults.push_back(response_upgrade_missing);
  if (upgrade && !equals_ignoring_case(*upgrade, "websocket")) {
    faults.push_back(response_upgrade_wrong);
  }
  // 3. Connection lists Upgrade.
  if (!response.list_has("Connection", "Upgrade")) faults.push_back(response_connection_missing);
  // 4. Sec-WebSocket-Accept belongs to the key, and stands once (§11.3.3).
  judge_accept(response, offer.key, faults);
  // 5. Extensions were offered.
  judge_extensions(response, offer, faults);
  // 6. The subprotocol was offered, and is one (§11.3.4).
  judge_subprotocol(response, offer, faults);
  // §4.2.2 5.1. A 101 as HTTP has it: without content.
  if (response.count("Content-Length") + response.count("Transfer-Encoding") > 0) {
    faults.push_back(content_in_101);
  }
  return faults;
}

}  // namespace wsconform
