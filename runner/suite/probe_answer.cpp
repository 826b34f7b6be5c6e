#include "runner/suite/probe_answer.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/http_head.h"
#include "core/phrase.h"
#include "runner/casebook/case.h"
#include "runner/conversation/wire_log.h"
#include "runner/suite/probe_cases.h"

namespace wsconform {
namespace {

// RFC 9113 §3.4: an HTTP/2 server begins with a SETTINGS frame: type 4, on stream 0.
bool is_settings_frame(ByteView came) {
  constexpr std::size_t header_size = 9;
  return came.size() >= header_size && came[3] == 4 &&
         std::ranges::all_of(came.subspan(5, 4), [](std::uint8_t each) { return each == 0; });
}

bool is_tls_alert(ByteView came) {
  constexpr std::uint8_t alert = 0x15;
  constexpr std::uint8_t major_version = 3;
  return came.size() > 1 && came[0] == alert && came[1] == major_version;
}

// Some say so only to a client that begins as HTTP/2 has it: with the preface and a SETTINGS
// frame of its own.
bool speaks_http_2(Stage& stage) {
  return is_settings_frame(played_alone(stage, http_2_case()).outcome.reaction.beginning);
}

constexpr std::string_view speaks_tls = "It speaks TLS: use wss:// instead of ws://.";

// Whoever vouches for it.
TargetProfile with_tls(TargetProfile profile, bool tls) {
  profile.address.tls = tls;
  profile.trust.anything = true;
  return profile;
}

// An HTTP response comes where it is asked so.
bool answers(Stage& stage, TargetProfile profile) {
  const Finished ended = played_alone(stage, handshake_case(), std::move(profile));
  return ended.outcome.reaction.head.has_value();
}

std::string why_not_reached(const CaseResult& result, Stage& stage) {
  const TargetProfile& profile = stage.profile();
  if (!profile.address.tls) return result.reason;
  if (answers(stage, with_tls(profile, false)))
    return "It does not speak TLS: use ws:// instead of wss://.";
  if (!profile.trust.anything && answers(stage, with_tls(profile, true)))
    return result.reason +
           " Give its authority with --ca FILE, or accept any certificate with --insecure.";
  return result.reason;
}

// "" where that is nothing that we know.
std::string_view what_helps_against(int status) {
  switch (status) {
    case 401:
      return " It asks who wsconform is: declare \"basic\", \"cookie\" or \"ticket\" in the "
             "policy of a profile, or give --header 'Authorization: ...' or --header 'Cookie: "
             "...'.";
    case 403:
      return " It does not let wsconform in: declare the \"origin\" that it allows, or the "
             "\"cookie\" or \"ticket\" that it asks for, in the policy of a profile, or give "
             "--header 'Origin: ...'.";
    case 404:
      return " There is nothing at this path: the URL needs the path of the WebSocket endpoint.";
    default:
      return "";
  }
}

Finished first_of(Played played) {
  Finished ended;
  if (!played.finished.empty()) ended = std::move(played.finished.front());
  ended.task = {};
  return ended;
}

}  // namespace

Finished played_alone(Stage& stage, const Case& made, std::size_t others) {
  return first_of(stage.play({.tasks = {{&made, 1}}, .beside = others}));
}

Finished played_alone(Stage& stage, const Case& made, TargetProfile profile) {
  return first_of(stage.play({.tasks = {{&made, 1}}, .profile = std::move(profile)}));
}

bool unreached(const Finished& ended) {
  return ended.result.at_fault == AtFault::target_unreachable;
}

bool upgraded(const Finished& ended) {
  return ended.outcome.reaction.upgraded;
}

std::string server_field(const Finished& ended, const Secrets& secrets) {
  const std::optional<HttpHead>& head = ended.outcome.reaction.head;
  return head ? shown_line(std::string(head->value("Server").value_or("")), secrets) : "";
}

std::string why_not_spoken(const Finished& ended, Stage& stage) {
  const CaseResult& result = ended.result;
  if (result.at_fault == AtFault::setup) return result.reason;
  if (unreached(ended)) return why_not_reached(result, stage);
  const bool plain = !stage.profile().address.tls;
  if (const auto& head = ended.outcome.reaction.head) {
    const int status = ended.outcome.reaction.status.value_or(0);
    if (plain && status == 400 && answers(stage, with_tls(stage.profile(), true)))
      return std::string(speaks_tls);
    return fmt::format("It answers the opening handshake with '{}', not with 101.{}",
                       shown_line(head->start_line, stage.profile().secrets),
                       what_helps_against(status));
  }
  const Bytes& came = ended.outcome.reaction.beginning;
  const bool silent = came.empty() && ended.outcome.timed_out;
  if (is_tls_alert(came) ||
      (plain && came.empty() && !silent && answers(stage, with_tls(stage.profile(), true))))
    return std::string(speaks_tls);
  if (is_settings_frame(came) || speaks_http_2(stage)) {
    return "It speaks HTTP/2, but not HTTP/1.1: wsconform judges the opening handshake of RFC "
           "6455, "
           "which is HTTP/1.1, and not the one of RFC 8441.";
  }
  if (silent) return "It accepts TCP, but says nothing: the opening handshake got no answer.";
  if (ended.outcome.reaction.opening_begun)
    return fmt::format(
        "Its answer to the opening handshake, which begins with {}, does not end: {}",
        quoted(came, 40), result.reason);
  if (!came.empty()) {
    return fmt::format("Its answer to the opening handshake is not HTTP: {}.", quoted(came, 40));
  }
  return fmt::format("It accepts TCP, but the opening handshake got no answer: {}", result.reason);
}

}  // namespace wsconform
