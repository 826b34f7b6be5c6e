// permessage-deflate negotiated wrongly, and agreements that are not kept (RFC 7692 §7.1).
#include <algorithm>

#include "core/close_code.h"
#include "core/permessage_deflate.h"
#include "server-under-test/hooks.h"
#include "server-under-test/planted_defects.h"

namespace wsconform {
namespace {

constexpr std::string_view agreement_field = "Sec-WebSocket-Extensions";

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
  const auto list = parse_extensions(value_of(answer.head, agreement_field));
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
    set_field(answer.head, agreement_field, write_extension(*accepted));
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
            const auto offers = parse_extensions(value_of(scene.request, agreement_field));
            if (!offers) return;
            const auto asked = std::ranges::find_if(
                offers->front().parameters, [&](const auto& each) { return each.name == name; });
            if (asked == offers->front().parameters.end()) return;
            accepted->parameters.push_back(*asked);
            set_field(answer.head, agreement_field, write_extension(*accepted));
          })};
}

// NOLINTNEXTLINE(readability-function-size): a table, a row a defect
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
              "Sets the client's window although the client did not offer that.",
              [](Extension& e) {
                if (!has(e, "client_max_window_bits"))
                  e.parameters.push_back({"client_max_window_bits", "15"});
              }),
      telling("deflate-client-window-bare", "Sends client_max_window_bits without a value.",
              [](Extension& e) {
                for (ExtensionParameter& each : e.parameters)
                  if (each.name == "client_max_window_bits") each.value.reset();
              }),
      telling("deflate-window-leading-zero", "Writes a window size with a leading zero.",
              [](Extension& e) {
                for (ExtensionParameter& each : e.parameters)
                  if (each.value && each.value->size() == 1) each.value = "0" + *each.value;
              }),
      telling("deflate-window-16", "Answers with a window of 16 bits.",
              [](Extension& e) {
                drop(e, "server_max_window_bits");
                e.parameters.push_back({"server_max_window_bits", "16"});
              }),
      telling("deflate-server-window-larger",
              "Answers with a larger window than the client offered.",
              [](Extension& e) {
                if (!has(e, "server_max_window_bits")) return;
                drop(e, "server_max_window_bits");
                e.parameters.push_back({"server_max_window_bits", "15"});
              }),
      telling("deflate-server-window-unsaid",
              "Accepts a window for itself, but does not say so in the response.",
              [](Extension& e) { drop(e, "server_max_window_bits"); }),
      telling("deflate-server-takeover-unsaid",
              "Accepts server_no_context_takeover, but does not say so in the response.",
              [](Extension& e) { drop(e, "server_no_context_takeover"); }),
      {.id = "deflate-accepted-twice",
       .says = "Names permessage-deflate twice in the response.",
       .answer = on_101([](Scene&, Answer& answer) {
         if (const auto accepted = accepted_in(answer))
           set_field(answer.head, agreement_field,
                     write_extension(*accepted) + ", " + write_extension(*accepted));
       })},
      {.id = "deflate-offer-refused",
       .says = "Refuses the handshake if it does not accept an offer of permessage-deflate.",
       .answer = on_101([](Scene& scene, Answer& answer) {
         const auto offers = parse_extensions(value_of(scene.request, agreement_field));
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
      overlooking("deflate-unknown-overlooked", "Ignores unknown parameters of an offer.",
                  [](Extension& e) {
                    std::erase_if(e.parameters, [](const auto& each) { return !is_known(each); });
                  }),
      overlooking("deflate-repeated-overlooked", "Ignores that a parameter is repeated.",
                  [](Extension& e) { make_unique(e); }),
      overlooking("deflate-leading-zero-overlooked", "Accepts window sizes with leading zeros.",
                  [](Extension& e) {
                    for (ExtensionParameter& each : e.parameters)
                      if (each.value)
                        each.value->erase(0, std::min(each.value->find_first_not_of('0'),
                                                      each.value->size() - 1));
                  }),
      overlooking("deflate-window-clamped", "Reads window sizes above 15 as 15.",
                  [](Extension& e) {
                    for (ExtensionParameter& each : e.parameters)
                      if (each.value == "16") each.value = "15";
                  }),
      overlooking("deflate-window-raised", "Reads window sizes below 8 as 8.",
                  [](Extension& e) {
                    for (ExtensionParameter& each : e.parameters)
                      if (each.value == "7") each.value = "8";
                  }),
      overlooking("deflate-takeover-value-overlooked", "Ignores the value of a takeover parameter.",
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
       .says = "Compresses although its response does not agree to it.",
       .answer = on_101([](Scene&, Answer& answer) { drop_field(answer.head, agreement_field); })},
      {.id = "deflate-agreed-and-unknown",
       .says = "Agrees to permessage-deflate but does not implement it.",
       .options = accepting_offers([](const Extension&) { return std::optional<Extension>(); }),
       .answer = on_101([](Scene& scene, Answer& answer) {
         const auto offers = parse_extensions(value_of(scene.request, agreement_field));
         if (!offers) return;
         for (const Extension& each : *offers)
           if (const auto response = accept_deflate(each))
             return set_field(answer.head, agreement_field, write_extension(*response));
       })},
      forgetting("deflate-server-window-forgotten",
                 "Uses the largest window although it agreed to a smaller one.",
                 "server_max_window_bits"),
      forgetting("deflate-server-takeover-forgotten",
                 "Keeps its context although it agreed not to.", "server_no_context_takeover"),
  };
}

// Done otherwise than the answer says.
std::vector<Defect> agreements_broken() {
  return {
      {.id = "deflate-rsv1-on-plain",
       .says = "Sets RSV1 on a message that is not compressed.",
       .options = accepting_offers([](const Extension&) { return std::optional<Extension>(); }),
       .answer = on_101([](Scene& scene, Answer& answer) {
         const auto offers = parse_extensions(value_of(scene.request, agreement_field));
         if (!offers || !std::ranges::any_of(*offers, is_deflate)) return;
         set_field(answer.head, agreement_field, permessage_deflate);
       }),
       .outgoing = messages([](Scene& scene, Frame& frame) {
         frame.header.rsv1 = scene.request.count(agreement_field) > 0;
       })},
      {.id = "deflate-inflater-follows-deflater",
       .says = "Resets the client's context, too, if it gave up its own.",
       .options =
           [](ConnectionOptions& options) {
             options.policy.accept_extension =
                 [](const Extension& offered) -> std::optional<Extension> {
               auto response = accept_deflate(offered);
               if (response && has(*response, "server_no_context_takeover") &&
                   !has(*response, "client_no_context_takeover"))
                 response->parameters.push_back({"client_no_context_takeover", {}});
               return response;
             };
           },
       .answer = on_101([](Scene& scene, Answer& answer) {
         auto accepted = accepted_in(answer);
         const auto offers = parse_extensions(value_of(scene.request, agreement_field));
         if (!accepted || !offers || has(offers->front(), "client_no_context_takeover")) return;
         drop(*accepted, "client_no_context_takeover");
         set_field(answer.head, agreement_field, write_extension(*accepted));
       })},
      {.id = "deflate-small-window",
       .says = "Inflates with a window of 512 bytes whatever was agreed.",
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

std::vector<Defect> deflate_agreement_defects() {
  return rows_of({wrong_responses, offers_taken_wrongly, agreements_broken});
}

}  // namespace wsconform
