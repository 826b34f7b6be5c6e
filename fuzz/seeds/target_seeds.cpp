#include "fuzz/seeds/target_seeds.h"

#include <algorithm>
#include <fstream>
#include <functional>
#include <set>
#include <stdexcept>

#include "core/extension.h"
#include "core/frame_decoder.h"
#include "core/handshake.h"
#include "core/permessage_deflate.h"
#include "fuzz/connection_property.h"
#include "fuzz/frame_header_property.h"
#include "fuzz/frame_stream_property.h"
#include "fuzz/handshake_request_property.h"
#include "fuzz/handshake_response_property.h"
#include "fuzz/http_head_property.h"
#include "fuzz/message_property.h"
#include "fuzz/seeds/case_traffic.h"
#include "fuzz/suite/conversation_property.h"
#include "runner/casebook/case.h"
#include "runner/casebook/case_writer.h"

namespace wsconform {
namespace {

constexpr std::string_view extensions_field = "Sec-WebSocket-Extensions";

// Cuts of all kinds, from byte by byte to hardly any.
std::uint8_t cuts_for(ByteView stream) {
  return static_cast<std::uint8_t>(1 + stream.size() % 64);
}

class SeedCollection {
 public:
  // `choices` stand before the stream.
  void add(const std::string& name, Bytes choices, ByteView stream) {
    if (stream.empty()) return;
    append(choices, stream);
    if (!seen_.insert(choices).second) return;
    std::string file = name;
    std::ranges::replace(file, '/', '.');
    seeds_.push_back({std::move(file), std::move(choices)});
  }
  // With the cuts behind the choices.
  void add_cut(const std::string& name, std::uint8_t choices, ByteView stream) {
    add(name, {choices, cuts_for(stream)}, stream);
  }
  std::vector<Seed> take() { return std::move(seeds_); }

 private:
  std::set<Bytes> seen_{};
  std::vector<Seed> seeds_{};
};

using Add = std::function<void(const CaseTraffic&, SeedCollection&)>;

std::uint8_t bit_if(bool set, std::uint8_t bit) {
  return set ? bit : std::uint8_t{0};
}

std::vector<FrameDecoder::Item> frames_in(ByteView stream) {
  std::vector<FrameDecoder::Item> items;
  FrameDecoder().feed(stream, items);
  return items;
}

HttpHead request_of(const CaseTraffic& traffic) {
  return parse_head(text_of(traffic.request));
}

// As the reference server does: what it takes of the request, it agrees to.
Bytes response_to(const CaseTraffic& traffic) {
  ServerPolicy policy;
  policy.subprotocols = {"chat", "superchat"};
  policy.accept_extension = accept_deflate;
  const HandshakeAnswer answer = answer_request(request_of(traffic), policy);
  Bytes response = to_bytes(write_head(answer.head));
  append(response, answer.body);
  return response;
}

Bytes joined(const Bytes& head, const Bytes& frames) {
  Bytes all = head;
  append(all, ByteView(frames));
  return all;
}

void add_frame_stream(const CaseTraffic& traffic, SeedCollection& seeds) {
  const std::uint8_t deflates = bit_if(traffic.deflates, frame_stream_deflate);
  const std::uint8_t to_client = deflates | frame_stream_to_client;
  seeds.add_cut(traffic.id, deflates, traffic.from_client);
  seeds.add_cut(traffic.id + ".narrow", deflates | frame_stream_narrow, traffic.from_client);
  seeds.add_cut(traffic.id + ".to-client", to_client, traffic.from_server);
  seeds.add_cut(traffic.id + ".to-client.narrow",
                to_client | frame_stream_narrow | frame_stream_one_at_a_time, traffic.from_server);
  seeds.add_cut(traffic.id + ".decoded", frame_stream_decoded, traffic.from_client);
}

void add_message(const CaseTraffic& traffic, SeedCollection& seeds) {
  if (traffic.deflates) return;
  seeds.add_cut(traffic.id, 0, traffic.from_client);
  seeds.add_cut(traffic.id + ".to-client", message_to_client, traffic.from_server);
}

void add_frame_header(const CaseTraffic& traffic, SeedCollection& seeds) {
  const std::uint8_t rsv1 = bit_if(traffic.deflates, header_rsv1_defined);
  for (const auto& [stream, choices] :
       {std::pair(&traffic.from_client, rsv1),
        std::pair(&traffic.from_server, static_cast<std::uint8_t>(rsv1 | header_to_client))}) {
    for (const auto& item : frames_in(*stream)) {
      const ByteView rest = ByteView(*stream).subspan(item.offset);
      seeds.add(traffic.id, {choices}, rest.first(std::min(rest.size(), max_header_size)));
    }
  }
}

void add_connection_server(const CaseTraffic& traffic, SeedCollection& seeds) {
  const std::uint8_t choices = life_subprotocols | bit_if(traffic.deflates, life_deflate);
  const Bytes stream = joined(traffic.request, traffic.from_client);
  const std::uint8_t cuts = cuts_for(stream);
  seeds.add(traffic.id, {choices, cuts, 0}, stream);
  seeds.add(traffic.id + ".active", {choices, cuts, 7}, stream);
  const auto open = static_cast<std::uint8_t>(choices | life_open | life_narrow | life_deadlines);
  seeds.add(traffic.id + ".open", {open, cuts, 3}, traffic.from_client);
}

void add_connection_client(const CaseTraffic& traffic, SeedCollection& seeds) {
  const std::uint8_t choices = life_subprotocols | bit_if(traffic.deflates, life_deflate);
  const Bytes stream = joined(response_to(traffic), traffic.from_server);
  const std::uint8_t cuts = cuts_for(stream);
  seeds.add(traffic.id, {choices, cuts, 0}, stream);
  seeds.add(traffic.id + ".active", {choices, cuts, 7}, stream);
  const auto open = static_cast<std::uint8_t>(choices | life_open | life_narrow | life_deadlines);
  seeds.add(traffic.id + ".open", {open, cuts, 3}, traffic.from_server);
}

void add_payloads(const CaseTraffic& traffic, SeedCollection& seeds, Opcode opcode, Bytes choices) {
  for (const auto& item : frames_in(traffic.from_server)) {
    if (item.frame.header.opcode == opcode) seeds.add(traffic.id, choices, item.frame.payload);
  }
}

void add_masking(const CaseTraffic& traffic, SeedCollection& seeds) {
  const auto offset = static_cast<std::uint8_t>(traffic.id.size());
  add_payloads(traffic, seeds, Opcode::binary, {0x37, 0xFA, 0x21, 0x3D, offset, 9});
}

void add_utf8(const CaseTraffic& traffic, SeedCollection& seeds) {
  add_payloads(traffic, seeds, Opcode::text, {3});
}

void add_close_payload(const CaseTraffic& traffic, SeedCollection& seeds) {
  add_payloads(traffic, seeds, Opcode::close, {0});
  add_payloads(traffic, seeds, Opcode::close, {1});
}

void add_http_head(const CaseTraffic& traffic, SeedCollection& seeds) {
  seeds.add_cut(traffic.id, 0, traffic.request);
  seeds.add_cut(traffic.id + ".response", head_of_response, response_to(traffic));
}

void add_handshake_request(const CaseTraffic& traffic, SeedCollection& seeds) {
  seeds.add_cut(traffic.id, handshake_subprotocols | handshake_extensions, traffic.request);
  seeds.add_cut(traffic.id + ".strict", handshake_origins | handshake_gate | handshake_short_head,
                traffic.request);
}

void add_handshake_response(const CaseTraffic& traffic, SeedCollection& seeds) {
  const Bytes response = response_to(traffic);
  const std::uint8_t deflate = bit_if(traffic.deflates, response_deflate | response_windows);
  seeds.add_cut(traffic.id, response_subprotocols | deflate, response);
  seeds.add_cut(traffic.id + ".short", response_short_head, response);
}

void add_extension_header(const CaseTraffic& traffic, SeedCollection& seeds) {
  for (const FieldLine& line : request_of(traffic).fields) {
    if (line.name == extensions_field || line.name == "Sec-WebSocket-Protocol") {
      seeds.add(traffic.id, {}, bytes_of(line.value));
    }
  }
}

void add_deflate_offer(const CaseTraffic& traffic, SeedCollection& seeds) {
  const auto offers = request_of(traffic).combined(extensions_field);
  if (!offers) return;
  const HttpHead response = parse_head(text_of(response_to(traffic)));
  const std::string answer = response.combined(extensions_field).value_or("");
  seeds.add(traffic.id, {}, bytes_of(*offers + "\n" + answer));
  seeds.add(traffic.id + ".echoed", {}, bytes_of(*offers + "\n" + *offers));
}

void add_inflate(const CaseTraffic& traffic, SeedCollection& seeds) {
  if (!traffic.deflates) return;
  for (const auto& item : frames_in(traffic.from_server)) {
    if (item.frame.header.rsv1) seeds.add(traffic.id, {0, 7, 0}, item.frame.payload);
  }
  for (const std::uint8_t form : Bytes{0x10, 0x37, 0x58, 0x9F}) {
    seeds.add("plain", {form, 7, 40}, traffic.request);
  }
}

void add_conversation(const CaseTraffic& traffic, SeedCollection& seeds) {
  const auto choices = static_cast<std::uint8_t>(
      hostile_accepts | hostile_ends | bit_if(traffic.deflates, hostile_agrees_to_deflate));
  const std::uint8_t cuts = cuts_for(traffic.from_server);
  for (std::size_t number = 0; number < played_cases().size(); ++number) {
    const auto which = static_cast<std::uint8_t>(number);
    seeds.add(traffic.id, {which, choices, cuts}, traffic.from_server);
  }
  seeds.add(traffic.id + ".response", {4, hostile_ends, 0}, response_to(traffic));
}

void add_report_text(const CaseTraffic& traffic, SeedCollection& seeds) {
  const auto verdict = static_cast<std::uint8_t>(0x80 | traffic.id.size() % 6);
  add_payloads(traffic, seeds, Opcode::text, {verdict});
  seeds.add(traffic.id, {verdict}, traffic.request);
}

std::vector<Seed> case_file_seeds(const std::vector<Case>& cases) {
  SeedCollection seeds;
  for (const Case& each : cases) {
    const std::string text = text_of_case_file("T", "S", {each});
    if (text.size() <= max_seed) seeds.add(each.id, {}, bytes_of(text));
  }
  return seeds.take();
}

}  // namespace

std::vector<SeedsOfTarget> seeds_of(const std::vector<Case>& cases) {
  const std::vector<CaseTraffic> all = traffic_of(cases);
  const std::vector<std::pair<std::string_view, Add>> targets = {
      {"close_payload", add_close_payload},
      {"connection_client", add_connection_client},
      {"connection_server", add_connection_server},
      {"conversation", add_conversation},
      {"deflate_offer", add_deflate_offer},
      {"extension_header", add_extension_header},
      {"frame_header", add_frame_header},
      {"frame_stream", add_frame_stream},
      {"handshake_request", add_handshake_request},
      {"handshake_response", add_handshake_response},
      {"http_head", add_http_head},
      {"inflate", add_inflate},
      {"masking", add_masking},
      {"message", add_message},
      {"report_text", add_report_text},
      {"utf8", add_utf8},
  };
  std::vector<SeedsOfTarget> seeds;
  for (const auto& [target, add] : targets) {
    SeedCollection collection;
    for (const CaseTraffic& traffic : all) add(traffic, collection);
    seeds.push_back({target, collection.take()});
  }
  seeds.push_back({"case_file", case_file_seeds(cases)});
  return seeds;
}

void write_seeds(const std::filesystem::path& folder, const std::vector<Seed>& seeds) {
  std::filesystem::create_directories(folder);
  for (std::size_t number = 0; number < seeds.size(); ++number) {
    // Several frames of one case make seeds of one name.
    std::filesystem::path path = folder / seeds[number].name;
    if (std::filesystem::exists(path)) path += "-" + std::to_string(number);
    std::ofstream file(path, std::ios::binary);
    file << text_of(seeds[number].bytes);
    file.close();
    if (!file) throw std::runtime_error("cannot write " + path.string());
  }
}

}  // namespace wsconform
