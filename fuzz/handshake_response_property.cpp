#include "fuzz/handshake_response_property.h"

#include <algorithm>

#include "core/ascii.h"
#include "core/handshake_judge.h"
#include "core/permessage_deflate.h"
#include "fuzz/beast_parser.h"
#include "fuzz/cutting.h"
#include "fuzz/http_head_property.h"
#include "fuzz/telling.h"

namespace wsconform {
namespace {

constexpr std::string_view accept_of_key = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";  // RFC 6455 §1.3

std::vector<std::string> values_of(const BeastMessage& message, std::string_view name) {
  std::vector<std::string> values;
  for (const auto& [field, value] : message.fields) {
    if (equals_ignoring_case(field, name)) values.push_back(value);
  }
  return values;
}

// Beast takes no head with a Connection that is no list of tokens, where RFC 6455 §4.1 asks
// for a token in it.
bool is_for_beast(const HttpHead& head) {
  return std::ranges::none_of(head.fields, [](const FieldLine& field) {
    return equals_ignoring_case(field.name, "Connection") && !beast_tokens(field.value);
  });
}

Breach breach_of_opened(const HandshakeResponse& response, std::string_view head) {
  const HttpHead parsed = parse_head(head);
  for (const HandshakeFault fault : judge_response(parsed, response.offer)) {
    return "a response was taken in spite of " + std::string(rule_of(fault).name);
  }
  if (is_for_beast(parsed))
    if (auto breach = breach_of_101(head)) return breach;
  const auto subprotocol = parsed.value("Sec-WebSocket-Protocol");
  if (subprotocol && std::ranges::count(response.offer.subprotocols, *subprotocol) == 0) {
    return "a subprotocol was taken that was not offered";
  }
  const auto extensions = parsed.combined("Sec-WebSocket-Extensions");
  if (extensions && response.offer.extensions.empty()) {
    return "an extension was taken that was not offered";
  }
  return std::nullopt;
}

Breach breach_of_client_outcome(const HandshakeResponse& response, const Telling& told) {
  if (told.events.empty()) return "neither Opened nor Refused was told";
  const std::string_view stream = text_of(response.bytes);
  const auto end = size_of_head(stream);
  if (!end || *end > response.max_head) {
    if (told.opened) return "half a head was taken";
    return told.refused == 0 ? Breach() : "half a head has a status";
  }
  const std::string_view head = stream.substr(0, *end);
  if (told.opened) return breach_of_opened(response, head);
  const HttpHead parsed = parse_head(head);
  if (judge_response(parsed, response.offer).empty()) return "a response that is right was refused";
  const auto line = parse_status_line(parsed.start_line);
  return told.refused == (line ? line->code : 0) ? Breach()
                                                 : "a refusal was told with another status";
}

}  // namespace

HandshakeResponse read_handshake_response(ByteView input) {
  HandshakeResponse response;
  const std::uint8_t choices = take_choice(input);
  response.cut_choice = take_choice(input);
  response.bytes = input;
  response.offer.key = offered_key;
  response.max_head = (choices & response_short_head) != 0 ? 200 : Limits{}.max_head;
  if ((choices & response_subprotocols) != 0) response.offer.subprotocols = {"chat", "superchat"};
  std::vector<Extension>& extensions = response.offer.extensions;
  const std::string name(permessage_deflate);
  if ((choices & response_windows) != 0) {
    extensions.push_back(
        {name, {{"client_max_window_bits", "10"}, {"server_max_window_bits", "9"}}});
  }
  if ((choices & response_deflate) != 0) {
    extensions.push_back({name, {{"client_max_window_bits", std::nullopt}}});
  }
  return response;
}

std::string request_with(const ClientOffer& offer) {
  HttpHead head;
  head.start_line = "GET / HTTP/1.1";
  head.add("Host", "localhost");
  head.add("Upgrade", "websocket");
  head.add("Connection", "Upgrade");
  head.add("Sec-WebSocket-Version", websocket_version);
  head.add("Sec-WebSocket-Key", offer.key);
  for (const std::string& one : offer.subprotocols) head.add("Sec-WebSocket-Protocol", one);
  for (const Extension& one : offer.extensions) {
    head.add("Sec-WebSocket-Extensions", write_extension(one));
  }
  return write_head(head);
}

ConnectionOptions client_for(const HandshakeResponse& response) {
  ConnectionOptions options;
  options.role = Role::client;
  options.limits.max_head = response.max_head;
  options.deadlines = {Duration::zero(), Duration::zero(), Duration::zero(), Duration::zero()};
  options.offer = response.offer;
  options.request = request_with(response.offer);
  options.next_masking_key = [] { return MaskingKey{0x37, 0xFA, 0x21, 0x3D}; };
  return options;
}

Breach breach_of_101(std::string_view head) {
  // A higher minor version is read as the one that is known (RFC 9110 §2.5); Beast reads none.
  std::string as_known(head);
  constexpr std::size_t minor = std::string_view("HTTP/1.").size();
  if (head.starts_with("HTTP/1.") && head.size() > minor && head[minor] > '1')
    as_known[minor] = '1';
  const auto beasts = beast_response(as_known, true);
  if (!beasts) return "Beast takes the 101 for no response";
  if (!beasts->start_line.starts_with("HTTP/1.1 101 ")) return "the 101 is none";
  const auto upgrade = values_of(*beasts, "Upgrade");
  if (upgrade.size() != 1 || !equals_ignoring_case(upgrade.front(), "websocket")) {
    return "the 101 does not upgrade to websocket";
  }
  const auto listed = [](const std::string& value) {
    const auto tokens = beast_tokens(value).value_or(std::vector<std::string>{});
    return std::ranges::any_of(
        tokens, [](const std::string& token) { return equals_ignoring_case(token, "upgrade"); });
  };
  if (!std::ranges::any_of(values_of(*beasts, "Connection"), listed)) {
    return "the 101 does not list Upgrade in Connection";
  }
  if (values_of(*beasts, "Sec-WebSocket-Accept") != std::vector{std::string(accept_of_key)}) {
    return "the 101 does not belong to the key";
  }
  return std::nullopt;
}

Breach breach_of_client(const HandshakeResponse& response, const ConnectionOptions& client) {
  const Telling whole = hear(client, {response.bytes});
  if (const auto breach = breach_of_client_outcome(response, whole)) return breach;
  if (!text_of(whole.output).starts_with(client.request)) return "the request was not sent";
  if (whole.refused && whole.output.size() != client.request.size()) {
    return "something was sent behind a response that was refused";
  }
  const auto pieces = cut(response.bytes, response.cut_choice);
  const Telling in_pieces = hear(client, pieces);
  if (const auto other = difference(whole, in_pieces)) return "when cut " + *other;
  if (const auto other = difference(whole, hear_one_at_a_time(client, pieces))) {
    return "one at a time " + *other;
  }
  return breach_of_memory(std::max(whole.held, in_pieces.held), response.bytes.size());
}

Breach breach_of_handshake_response(ByteView input) {
  const HandshakeResponse response = read_handshake_response(input);
  return breach_of_client(response, client_for(response));
}

}  // namespace wsconform
