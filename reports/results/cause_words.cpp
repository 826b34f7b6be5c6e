#include "reports/results/cause_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <ranges>
#include <utility>

#include "core/ascii.h"
#include "core/handshake_fault.h"
#include "core/phrase.h"
#include "core/violation.h"
#include "reports/results/fault_words.h"
#include "reports/results/results.h"

namespace wsconform {
namespace {

template <typename Row>
const Row* row_named(std::span<const Row> rows, std::string_view name) {
  const auto found = std::ranges::find(rows, name, &Row::name);
  return found == rows.end() ? nullptr : &*found;
}

void cite(CauseWords& words, std::string_view section) {
  if (section.empty()) return;
  words.section = cited(section);
  words.url = url_of_section(section);
}

// "no-sec-websocket-version" -> "sec-websocket-version"; nullopt where it does not begin so.
std::optional<std::string_view> behind(std::string_view beginning, std::string_view name) {
  if (!name.starts_with(beginning)) return std::nullopt;
  return name.substr(beginning.size());
}

// A field's name as it is usually spelled: "sec-websocket-key" -> "Sec-WebSocket-Key".
std::string spelled(std::string_view field) {
  std::string name;
  for (const auto part : field | std::views::split('-')) {
    const std::string_view word(part);
    name += name.empty() ? "" : "-";
    name += word == "websocket" ? "WebSocket" : word == "www" ? "WWW" : capitalised(word);
  }
  return name;
}

// Sent on purpose

std::string change_for(const Rule& rule, const Cause& cause) {
  if (cause.came == came_dead || cause.came == came_hung)
    return "Find what the frame does to the program: refuse it before using any part of it.";
  return fmt::format(
      "Check for it before the payload is used; send a Close with code {}, end TCP, and read "
      "nothing more.",
      rule.close_code);
}

std::string change_for(const HandshakeRule& rule, const Cause& cause) {
  if (cause.came == came_dead || cause.came == came_hung)
    return "Find what the head does to the program: refuse it before using any part of it.";
  return fmt::format("Check for it before the 101 is written, and answer with status {}.",
                     rule.status);
}

std::optional<CauseWords> words_for_sent(const Cause& cause) {
  const SentFaultWords* row = row_named(sent_fault_words(), cause.asked);
  if (row == nullptr) return std::nullopt;
  CauseWords words{.title = std::string(row->subject),
                   .rule = std::string(row->rule),
                   .section = {},
                   .url = {},
                   .why = std::string(row->why),
                   .change = {}};
  if (const Rule* rule = row_named(rules(), cause.asked)) {
    cite(words, rule->section);
    words.change = change_for(*rule, cause);
  } else if (const HandshakeRule* fault = row_named(handshake_rules(), cause.asked)) {
    cite(words, fault->section);
    words.change = change_for(*fault, cause);
  }
  return words;
}

// Done by the target

std::optional<CauseWords> words_for_own(const Cause& cause) {
  if (const OwnFaultWords* row = row_named(own_fault_words(), cause.asked)) {
    CauseWords words{.title = std::string(row->subject),
                     .rule = std::string(row->rule),
                     .section = {},
                     .url = {},
                     .why = std::string(row->why),
                     .change = std::string(row->change)};
    cite(words, row->section);
    return words;
  }
  if (!cause.came.empty()) return std::nullopt;
  CauseWords words;
  if (const Rule* rule = row_named(rules(), cause.asked)) {
    words = {.title = "The target breaks a framing rule: " + without_stop(rule->says),
             .rule = std::string(row_named(sent_fault_words(), cause.asked)->rule),
             .section = {},
             .url = {},
             .why = "A client that follows the standard fails the connection.",
             .change = "Fix the code that writes frames, so that it sends none like this."};
    cite(words, rule->section);
  } else if (const HandshakeRule* fault = row_named(handshake_rules(), cause.asked)) {
    words = {.title = without_stop(fault->says),
             .rule = "A 101 response fits what was offered; a client rejects one that does not.",
             .section = {},
             .url = {},
             .why = "A client that follows the standard fails the connection.",
             .change = "Make the response fit the request, or leave out what does not fit."};
    cite(words, fault->section);
  } else {
    return std::nullopt;
  }
  return words;
}

// Asked for

std::optional<CauseWords> words_for_offer(const Cause& cause) {
  const auto offered = behind("offer-", cause.asked);
  if (!offered) return std::nullopt;
  std::vector<std::string> parameters;
  for (const std::string_view each : {"client-max-window-bits", "client-no-context-takeover",
                                      "server-max-window-bits", "server-no-context-takeover"}) {
    if (!offered->contains(each)) continue;
    parameters.emplace_back(each);
    std::ranges::replace(parameters.back(), '-', '_');
  }
  CauseWords words{
      .title = "An offer of permessage-deflate" +
               (parameters.empty() ? "" : " with " + joined(parameters, " and ")),
      .rule = "A server that does not want an offered extension leaves it out of its 101.",
      .section = {},
      .url = {},
      .why =
          "Browsers offer compression in every handshake: a server that refuses the handshake "
          "because of an offer locks their users out.",
      .change =
          "Answer with 101, and leave permessage-deflate out of the response if the offer is not "
          "wanted."};
  cite(words, "RFC 7692 5");
  return words;
}

std::string change_for_requirement(const Cause& cause) {
  if (cause.came == came_dead)
    return "Find out what ends the program, and change the server so that this holds: ";
  if (cause.came == came_hung)
    return "Find out what the program hangs in, and change the server so that this holds: ";
  return "Change the server so that this holds: ";
}

CauseWords words_for_requirement(const CauseGroup& group, const Results& results) {
  const CaseResult& shown = *group.simplest;
  const auto found = std::ranges::find(results.requirements, group.cause.asked, &Requirement::id);
  const std::string instead =
      group.cause.came.empty() ? "" : "; instead: " + words_for_came(group.cause.came);
  CauseWords words{.title = without_stop(shown.says) + instead,
                   .rule = shown.says,
                   .section = {},
                   .url = {},
                   .why = {},
                   .change = {}};
  if (found == results.requirements.end()) return words;
  words.change = change_for_requirement(group.cause) + shown.says;
  words.title = without_stop(found->says) + instead;
  words.rule = found->says;
  if (found->standard == "iana-close-codes") {
    words.section = "IANA's registry of close codes, " + found->section;
    words.url = "https://www.iana.org/assignments/websocket/websocket.xhtml#close-code-number";
  } else if (const auto number = behind("rfc", found->standard))
    cite(words, fmt::format("RFC {} {}", *number, found->section));
  return words;
}

}  // namespace

CauseWords words_for(const CauseGroup& group, const Results& results) {
  CauseWords words;
  if (auto own = words_for_own(group.cause))
    words = std::move(*own);
  else if (auto sent = words_for_sent(group.cause))
    words = std::move(*sent);
  else if (auto offer = words_for_offer(group.cause))
    words = std::move(*offer);
  else
    return words_for_requirement(group, results);
  if (!group.cause.came.empty()) words.title += ": " + words_for_came(group.cause.came);
  return words;
}

std::string words_for_came(std::string_view came) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 22> told{{
      {"accepted", "accepted"},
      {came_dead, "the target died"},
      {came_hung, "the target hung"},
      {"silence", "silence"},
      {"unfinished-response", "an endless response"},
      {"unfinished-request", "an endless request"},
      {"ended-in-response", "a response that breaks off"},
      {"end-without-close", "TCP ended without a Close"},
      {"end-without-response", "TCP ended without a response"},
      {"end-without-request", "TCP ended without a request"},
      {"left-open", "TCP was left open"},
      {"open", "the connection stayed open"},
      {"open-without-echo", "the connection stayed open, but no echo came"},
      {"close-without-code", "a Close without a code"},
      {"changed-echo", "the echo differs from what was sent"},
      {"not-compressed", "the echo is not compressed"},
      {"time-leaps", "the time it takes explodes"},
      {"served-behind-refusal", "refused, but what followed it was served"},
      {"other-subprotocol", "a different subprotocol"},
      {"called-close-illegal", "refused as illegal"},
      {"too-big", "refused as too big"},
      {"all-met", "everything that was asked for"},
  }};
  const auto found =
      std::ranges::find(told, came, &std::pair<std::string_view, std::string_view>::first);
  if (found != told.end()) return std::string(found->second);
  if (const auto status = behind("status-", came)) return fmt::format("status {}", *status);
  if (const auto status = behind("interim-", came))
    return fmt::format("interim status {}", *status);
  if (const auto code = behind("close-", came)) return fmt::format("Close {}", *code);
  if (const auto field = behind("no-", came)) return fmt::format("no {} field", spelled(*field));
  if (const auto field = behind("wrong-", came))
    return fmt::format("a wrong {} field", spelled(*field));
  std::string words(came);
  std::ranges::replace(words, '-', ' ');
  return words;
}

std::string url_of_section(std::string_view section) {
  std::string_view standard = "6455";
  if (const auto other = behind("RFC ", section)) {
    standard = other->substr(0, other->find(' '));
    section = other->substr(std::min(other->size(), standard.size() + 1));
  }
  return fmt::format("https://www.rfc-editor.org/rfc/rfc{}#section-{}", standard, section);
}

}  // namespace wsconform
