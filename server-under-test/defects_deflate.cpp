// permessage-deflate negotiated, written and read wrongly (RFC 7692).
#include <zlib.h>

#include <algorithm>
#include <array>

#include "core/close_code.h"
#include "core/permessage_deflate.h"
#include "core/utf8.h"
#include "server-under-test/defects.h"
#include "server-under-test/hooks.h"

namespace wsconform {
namespace {

constexpr std::string_view extensions_field = "Sec-WebSocket-Extensions";

std::function<void(ConnectionOptions&)> accepting_offers(
    std::optional<Extension> (*accept)(const Extension&)) {
  return [accept](ConnectionOptions& options) { options.policy.accept_extension = accept; };
}

bool is_deflate(const Extension& offered) {
  return offered.name == permessage_deflate;
}

Extension plain_acceptance() {
  return {std::string(permessage_deflate), {}};
}

// The extension as the response has it; nullptr where none is.
std::optional<Extension> accepted_in(const Answer& answer) {
  const auto list = parse_extensions(value_of(answer.head, extensions_field));
  if (!list || list->empty() || !is_deflate(list->front())) return std::nullopt;
  return list->front();
}

bool has(const Extension& extension, std::string_view name) {
  return std::ranges::count(extension.parameters, name, &ExtensionParameter::name) > 0;
}

void drop(Extension& extension, std::string_view name) {
  std::erase_if(extension.parameters,
                [&](const ExtensionParameter& each) { return each.name == name; });
}

// Edits what a 101 says of permessage-deflate, behind the endpoint's back.
AnswerHook saying(void (*edit)(Extension&)) {
  return on_101([edit](Scene&, Answer& answer) {
    auto accepted = accepted_in(answer);
    if (!accepted) return;
    edit(*accepted);
    set_field(answer.head, extensions_field, write_extension(*accepted));
  });
}

Defect telling(std::string id, std::string says, void (*edit)(Extension&)) {
  return {.id = std::move(id), .says = std::move(says), .answer = saying(edit)};
}

// Agrees to what the client asks for and does as if it had not.
Defect forgetting(std::string id, std::string says, std::string_view name) {
  static const auto answer_without = [](const Extension& offered, std::string_view parameter) {
    auto response = accept_deflate(offered);
    if (response) drop(*response, parameter);
    return response;
  };
  return {.id = std::move(id),
          .says = std::move(says),
          .options =
              [name](ConnectionOptions& options) {
                options.policy.accept_extension = [name](const Extension& offered) {
                  return answer_without(offered, name);
                };
              },
          .answer = on_101([name](Scene& scene, Answer& answer) {
            auto accepted = accepted_in(answer);
            if (!accepted || has(*accepted, name)) return;
            const auto offers = parse_extensions(value_of(scene.request, extensions_field));
            if (!offers) return;
            const auto asked = std::ranges::find_if(
                offers->front().parameters, [&](const auto& each) { return each.name == name; });
            if (asked == offers->front().parameters.end()) return;
            accepted->parameters.push_back(*asked);
            set_field(answer.head, extensions_field, write_extension(*accepted));
          })};
}

std::vector<Defect> wrong_responses() {
  return {
      telling("deflate-unknown-parameter", "Adds a parameter of its own to the response.",
              [](Extension& e) { e.parameters.push_back({"x_level", "6"}); }),
      telling("deflate-parameter-twice", "Names a parameter twice in the response.",
              [](Extension& e) {
                for (int n = 0; n < 2; ++n)
                  e.parameters.push_back({"client_no_context_takeover", {}});
              }),
      telling("deflate-takeover-with-value", "Gives server_no_context_takeover a value.",
              [](Extension& e) {
                drop(e, "server_no_context_takeover");
                e.parameters.push_back({"server_no_context_takeover", "true"});
              }),
      telling("deflate-client-window-unoffered",
              "Sets the client's window though the client did not offer that.",
              [](Extension& e) {
                if (!has(e, "client_max_window_bits"))
                  e.parameters.push_back({"client_max_window_bits", "15"});
              }),
      telling("deflate-client-window-bare", "Sends client_max_window_bits without a value.",
              [](Extension& e) {
                for (ExtensionParameter& each : e.parameters)
                  if (each.name == "client_max_window_bits") each.value.reset();
              }),
      telling("deflate-window-leading-zero", "Writes a window with a leading zero.",
              [](Extension& e) {
                for (ExtensionParameter& each : e.parameters)
                  if (each.value && each.value->size() == 1) each.value = "0" + *each.value;
              }),
      telling("deflate-window-16", "Answers with a window of 16 bits.",
              [](Extension& e) {
                drop(e, "server_max_window_bits");
                e.parameters.push_back({"server_max_window_bits", "16"});
              }),
      telling("deflate-server-window-larger", "Answers with a larger window than was offered.",
              [](Extension& e) {
                if (!has(e, "server_max_window_bits")) return;
                drop(e, "server_max_window_bits");
                e.parameters.push_back({"server_max_window_bits", "15"});
              }),
      telling("deflate-server-window-unsaid", "Accepts a window for itself without saying so.",
              [](Extension& e) { drop(e, "server_max_window_bits"); }),
      telling("deflate-server-takeover-unsaid",
              "Accepts server_no_context_takeover without saying so.",
              [](Extension& e) { drop(e, "server_no_context_takeover"); }),
      {.id = "deflate-accepted-twice",
       .says = "Names permessage-deflate twice in the response.",
       .answer = on_101([](Scene&, Answer& answer) {
         if (const auto accepted = accepted_in(answer))
           set_field(answer.head, extensions_field,
                     write_extension(*accepted) + ", " + write_extension(*accepted));
       })},
      {.id = "deflate-offer-refused",
       .says = "Refuses the handshake for an offer of permessage-deflate that it does not take.",
       .answer = on_101([](Scene& scene, Answer& answer) {
         const auto offers = parse_extensions(value_of(scene.request, extensions_field));
         if (!offers || !std::ranges::any_of(*offers, is_deflate) || accepted_in(answer)) return;
         answer.head.start_line = "HTTP/1.1 500 Internal Server Error";
         answer.head.add("Content-Length", "0");
         scene.ends = true;
       })},
  };
}

// A legal offer but for one kind of fault is taken as if that did not stand there.
template <typename Overlook>
Defect overlooking(std::string id, std::string says, Overlook) {
  return {.id = std::move(id),
          .says = std::move(says),
          .options = accepting_offers([](const Extension& offered) -> std::optional<Extension> {
            Extension mended = offered;
            Overlook{}(mended);
            return accept_deflate(mended);
          })};
}

void make_unique(Extension& offer) {
  std::vector<ExtensionParameter> kept;
  for (const ExtensionParameter& each : offer.parameters)
    if (std::ranges::count(kept, each.name, &ExtensionParameter::name) == 0) kept.push_back(each);
  offer.parameters = std::move(kept);
}

bool is_known(const ExtensionParameter& each) {
  return each.name.ends_with("_no_context_takeover") || each.name.ends_with("_max_window_bits");
}

std::vector<Defect> offers_taken_wrongly() {
  return {
      {.id = "deflate-any-offer",
       .says = "Accepts any offer of permessage-deflate, whatever its parameters.",
       .options = accepting_offers([](const Extension& offered) -> std::optional<Extension> {
         if (!is_deflate(offered)) return std::nullopt;
         return plain_acceptance();
       })},
      overlooking("deflate-unknown-overlooked", "Overlooks unknown parameters of an offer.",
                  [](Extension& e) {
                    std::erase_if(e.parameters, [](const auto& each) { return !is_known(each); });
                  }),
      overlooking("deflate-repeated-overlooked", "Overlooks that a parameter is repeated.",
                  [](Extension& e) { make_unique(e); }),
      overlooking("deflate-leading-zero-overlooked", "Takes windows with leading zeros.",
                  [](Extension& e) {
                    for (ExtensionParameter& each : e.parameters)
                      if (each.value)
                        each.value->erase(0, std::min(each.value->find_first_not_of('0'),
                                                      each.value->size() - 1));
                  }),
      overlooking("deflate-window-clamped", "Takes windows above 15 for 15.",
                  [](Extension& e) {
                    for (ExtensionParameter& each : e.parameters)
                      if (each.value == "16") each.value = "15";
                  }),
      overlooking("deflate-window-raised", "Takes windows below 8 for 8.",
                  [](Extension& e) {
                    for (ExtensionParameter& each : e.parameters)
                      if (each.value == "7") each.value = "8";
                  }),
      overlooking("deflate-takeover-value-overlooked", "Overlooks a value of a takeover parameter.",
                  [](Extension& e) {
                    for (ExtensionParameter& each : e.parameters)
                      if (each.name.ends_with("_no_context_takeover")) each.value.reset();
                  }),
      overlooking("deflate-bare-window-overlooked", "Takes server_max_window_bits without a value.",
                  [](Extension& e) {
                    for (ExtensionParameter& each : e.parameters)
                      if (each.name == "server_max_window_bits" && !each.value) each.value = "15";
                  }),
      {.id = "deflate-declined-and-used",
       .says = "Compresses though its response does not say so.",
       .answer = on_101([](Scene&, Answer& answer) { drop_field(answer.head, extensions_field); })},
      {.id = "deflate-agreed-and-unknown",
       .says = "Agrees to permessage-deflate and knows nothing of it.",
       .options = accepting_offers([](const Extension&) { return std::optional<Extension>(); }),
       .answer = on_101([](Scene& scene, Answer& answer) {
         const auto offers = parse_extensions(value_of(scene.request, extensions_field));
         if (!offers) return;
         for (const Extension& each : *offers)
           if (const auto response = accept_deflate(each))
             return set_field(answer.head, extensions_field, write_extension(*response));
       })},
      forgetting("deflate-server-window-forgotten",
                 "Uses the largest window though it agreed to less.", "server_max_window_bits"),
      forgetting("deflate-server-takeover-forgotten", "Keeps its context though it agreed not to.",
                 "server_no_context_takeover"),
  };
}

// What the server sends ----------------------------------------------------------------------------

FrameHook compressed(void (*act)(Scene&, Frame&)) {
  return when([](const Frame& frame) { return frame.header.rsv1; }, act);
}

Defect sending(std::string id, std::string says, void (*act)(Scene&, Frame&)) {
  return {.id = std::move(id), .says = std::move(says), .outgoing = compressed(act)};
}

std::vector<Defect> written_wrongly() {
  return {
      sending("deflate-tail-left", "Leaves 00 00 FF FF at the end of what it sends.",
              [](Scene&, Frame& frame) {
                frame.payload.insert(frame.payload.end(), {0x00, 0x00, 0xFF, 0xFF});
              }),
      sending("deflate-tail-cut-too-far", "Drops five octets from the end instead of four.",
              [](Scene&, Frame& frame) {
                if (frame.payload.size() > 1) frame.payload.pop_back();
              }),
      sending("deflate-without-rsv1", "Sends compressed messages without RSV1.",
              [](Scene&, Frame& frame) { frame.header.rsv1 = false; }),
      sending("deflate-rsv2-for-rsv1", "Marks compressed messages with RSV2.",
              [](Scene&, Frame& frame) {
                frame.header.rsv1 = false;
                frame.header.rsv2 = true;
              }),
      sending(
          "deflate-zlib-header", "Puts the header of zlib before its DEFLATE data.",
          [](Scene&, Frame& frame) { frame.payload.insert(frame.payload.begin(), {0x78, 0x9C}); }),
      sending("deflate-corrupt", "Sends data of which a bit is wrong.",
              [](Scene&, Frame& frame) { frame.payload.back() ^= 0x02; }),
      sending("deflate-empty-without-octet", "Sends a message with an octet too few.",
              [](Scene&, Frame& frame) { frame.payload.clear(); }),
      {.id = "deflate-rsv1-on-pong",
       .says = "Sets RSV1 on its Pongs where compression is agreed.",
       .outgoing = pongs([](Scene& scene, Frame& frame) {
         frame.header.rsv1 = scene.request.count(extensions_field) > 0;
       })},
      {.id = "deflate-rsv1-on-plain",
       .says = "Sets RSV1 on a message that is not compressed.",
       .options = accepting_offers([](const Extension&) { return std::optional<Extension>(); }),
       .answer = on_101([](Scene& scene, Answer& answer) {
         const auto offers = parse_extensions(value_of(scene.request, extensions_field));
         if (!offers || !std::ranges::any_of(*offers, is_deflate)) return;
         set_field(answer.head, extensions_field, permessage_deflate);
       }),
       .outgoing = messages([](Scene& scene, Frame& frame) {
         frame.header.rsv1 = scene.request.count(extensions_field) > 0;
       })},
      {.id = "deflate-rsv1-on-fragments",
       .says = "Sends compressed messages in fragments, each with RSV1.",
       .outgoing = when([](const Frame& frame) { return frame.header.rsv1; },
                        [](Scene&, Frame frame) -> Frames {
                          Frame rest = frame_of(Opcode::continuation, {});
                          rest.header.rsv1 = true;
                          frame.header.fin = false;
                          return both(std::move(frame), std::move(rest));
                        })},
  };
}

// What the server reads ----------------------------------------------------------------------------

std::vector<Defect> headers_read_wrongly() {
  return {
      {.id = "deflate-rsv1-on-control",
       .says = "Takes control frames with RSV1 where compression is agreed.",
       .header =
           [](Scene& scene, FrameHeader& header) {
             if (is_control(header.opcode) && scene.request.count(extensions_field) > 0)
               header.rsv1 = false;
           }},
      {.id = "deflate-rsv1-on-continuation",
       .says = "Takes RSV1 on fragments other than the first where compression is agreed.",
       .header =
           [](Scene& scene, FrameHeader& header) {
             if (header.opcode == Opcode::continuation && scene.in_message &&
                 scene.request.count(extensions_field) > 0)
               header.rsv1 = false;
           }},
      {.id = "deflate-other-bits",
       .says = "Overlooks RSV2 and RSV3 beside RSV1.",
       .header =
           [](Scene& scene, FrameHeader& header) {
             if (!header.rsv1 || scene.request.count(extensions_field) == 0) return;
             header.rsv2 = header.rsv3 = false;
           }},
      {.id = "deflate-uncompressed-inflated",
       .says = "Inflates every message where compression is agreed, whatever its RSV1.",
       .header =
           [](Scene& scene, FrameHeader& header) {
             if (header.opcode == Opcode::text || header.opcode == Opcode::binary)
               header.rsv1 = header.rsv1 || scene.request.count(extensions_field) > 0;
           }},
      {.id = "deflate-fragments-refused",
       .says = "Fails the connection for a compressed message in fragments.",
       .incoming = when([](const Frame& frame) { return frame.header.rsv1 && !frame.header.fin; },
                        [](Scene& scene, Frame) -> Frames {
                          scene.fail(close_unsupported_data);
                          return {};
                        })},
  };
}

// A compressed message in one frame, inflated by `inflate` in place of the endpoint.
Defect inflating(std::string id, std::string says, Bytes (*inflate)(Scene&, const Bytes&)) {
  return {.id = std::move(id),
          .says = std::move(says),
          .incoming = when([](const Frame& frame) { return frame.header.rsv1 && frame.header.fin; },
                           [inflate](Scene& scene, Frame& frame) {
                             if (scene.request.count(extensions_field) == 0) return;
                             frame.header.rsv1 = false;
                             frame.payload = inflate(scene, frame.payload);
                           })};
}

// As zlib does it in one call, with the octets put back or not. Nothing is noticed.
Bytes inflated_at_once(ByteView payload, ByteView tail) {
  Bytes data(payload.begin(), payload.end());
  append(data, tail);
  z_stream stream{};
  inflateInit2(&stream, -most_window_bits);
  stream.next_in = data.data();
  stream.avail_in = static_cast<uInt>(data.size());
  Bytes out;
  std::array<std::uint8_t, 4096> buffer{};
  int result = Z_OK;
  while (result == Z_OK) {
    stream.next_out = buffer.data();
    stream.avail_out = buffer.size();
    result = ::inflate(&stream, Z_SYNC_FLUSH);
    append(out, ByteView(buffer).first(buffer.size() - stream.avail_out));
    if (stream.avail_out > 0 && stream.avail_in == 0) break;
  }
  inflateEnd(&stream);
  return out;
}

constexpr std::array<std::uint8_t, 4> tail = {0x00, 0x00, 0xFF, 0xFF};

std::vector<Defect> data_read_wrongly() {
  return {
      inflating("deflate-client-context-dropped",
                "Forgets the client's context though nobody gave it up.",
                [](Scene&, const Bytes& payload) { return inflated_at_once(payload, tail); }),
      inflating("deflate-stops-at-final", "Drops what follows a block with BFINAL.",
                [](Scene& scene, const Bytes& payload) {
                  append(scene.kept, payload);  // so that the context lives on
                  Bytes all = inflated_at_once(scene.kept, tail);
                  const std::size_t before = scene.count;
                  scene.count = all.size();
                  return Bytes(
                      all.begin() + static_cast<std::ptrdiff_t>(std::min(before, all.size())),
                      all.end());
                }),
      inflating("deflate-empty-unread", "Takes a compressed message of one octet as it is.",
                [](Scene&, const Bytes& payload) {
                  return payload.size() == 1 ? payload : inflated_at_once(payload, tail);
                }),
      {.id = "deflate-stored-refused",
       .says = "Fails the connection for a message that begins with a stored block.",
       .incoming = compressed([](Scene& scene, Frame& frame) {
         if (frame.payload.size() > 1 && (frame.payload[0] & 0x06) == 0)
           scene.fail(close_invalid_payload);
       })},
      {.id = "deflate-fixed-refused",
       .says = "Fails the connection for a message that begins with a block of fixed codes.",
       .incoming = compressed([](Scene& scene, Frame& frame) {
         if (!frame.payload.empty() && (frame.payload[0] & 0x06) == 2)
           scene.fail(close_invalid_payload);
       })},
      {.id = "deflate-final-refused",
       .says = "Fails the connection for a block with BFINAL.",
       .incoming = compressed([](Scene& scene, Frame& frame) {
         if (!frame.payload.empty() && (frame.payload[0] & 0x01) != 0)
           scene.fail(close_invalid_payload);
       })},
      {.id = "deflate-dies-of-a-bomb",
       .says = "Ends like a server without memory at a message that inflates to more than 1 MiB.",
       .incoming = compressed([](Scene& scene, Frame& frame) {
         if (inflated_at_once(frame.payload, tail).size() > 1024 * 1024) scene.ends = true;
       })},
      {.id = "deflate-utf8-unchecked",
       .says = "Judges only texts that are not compressed.",
       .options = tolerating({Violation::invalid_utf8}),
       .incoming = judging_texts([](const Frames& fragments) {
         if (fragments.front().header.rsv1) return true;
         Bytes text;
         for (const Frame& each : fragments) append(text, ByteView(each.payload));
         return is_utf8(text);
       })},
      {.id = "deflate-small-window",
       .says = "Inflates with a window of 512 bytes, whatever was agreed.",
       .options =
           [](ConnectionOptions& options) {
             options.policy.accept_extension =
                 [](const Extension& offered) -> std::optional<Extension> {
               auto response = accept_deflate(offered);
               if (!response || !has(offered, "client_max_window_bits")) return response;
               drop(*response, "client_max_window_bits");
               response->parameters.push_back({"client_max_window_bits", "9"});
               return response;
             };
           },
       .answer = saying([](Extension& e) { drop(e, "client_max_window_bits"); })},
  };
}

}  // namespace

std::vector<Defect> deflate_defects() {
  std::vector<Defect> rows = wrong_responses();
  for (const auto more :
       {offers_taken_wrongly, written_wrongly, headers_read_wrongly, data_read_wrongly})
    for (Defect& row : more()) rows.push_back(std::move(row));
  return rows;
}

}  // namespace wsconform
