#include "runner/conversation/verdict_words.h"

#include <fmt/format.h>

#include <chrono>

#include "core/phrase.h"
#include "runner/casebook/ending_words.h"
#include "runner/conversation/offence_words.h"
#include "runner/conversation/reaction_words.h"
#include "runner/conversation/wire_log.h"

namespace wsconform {
namespace {

std::string words_for_ending(const Reaction& reaction, bool by_response) {
  return by_response ? fmt::format("A response with status {}", reaction.status.value_or(0))
                     : words_for(reaction);
}

std::string words_for_field(const ground::FieldFault& fault) {
  const FieldCheck& check = fault.check;
  switch (check.kind) {
    case FieldCheck::Kind::present:
      break;
    case FieldCheck::Kind::absent:
      return fmt::format("The response has a {} field.", check.name);
    case FieldCheck::Kind::equals:
      if (!fault.there) break;
      return fmt::format("The response's {} is {}, not '{}'.", check.name,
                         quoted(bytes_of(fault.value)), check.value);
    case FieldCheck::Kind::elements:
      if (!fault.there) break;
      return fmt::format("The response's {} is {}, which is not a list of elements of the form {}.",
                         check.name, quoted(bytes_of(fault.value)), check.value);
    case FieldCheck::Kind::lists:
      if (!fault.there) break;
      return fmt::format("The response's {} does not list '{}'.", check.name, check.value);
  }
  return fmt::format("The response has no {} field.", check.name);
}

std::string words_for_death(std::string_view what, const std::string& how) {
  return fmt::format("The target {} in this case{}{}.", what, how.empty() ? "" : ": ", how);
}

std::string_view words_for_when(ground::NotJudged::When when) {
  switch (when) {
    case ground::NotJudged::When::not_begun:
      return "The target had died, or hung, before this case began.";
    case ground::NotJudged::When::under_way:
      return "The target died or hung while this case was under way, and did not come back.";
    case ground::NotJudged::When::to_be_played_alone:
      return "The target had died, or hung, before this case was judged.";
    case ground::NotJudged::When::variant_of_a_killer:
      return "The target had died before this case was judged.";
  }
  return "";
}

// The reason of each kind of ground.
class Reason {
 public:
  explicit Reason(const Reaction& reaction) : came(reaction) {}

  std::string operator()(const ground::AllMet&) const {
    return "The target did everything that the case expects.";
  }
  std::string operator()(const ground::Offended& each) const {
    return words_for(each.offence) + '.';
  }
  std::string operator()(const ground::EndingFitted& each) const {
    return words_for_ending(came, each.by_response) + ": " + each.because;
  }
  std::string operator()(const ground::NoEndingFitted& each) const {
    return words_for_ending(came, each.by_response) + (each.by_response ? " came instead." : ".");
  }
  std::string operator()(const ground::NoEndingInTime& each) const {
    const std::string wait = words_for_wait(each.waited);
    if (came.open || came.end || came.close) return fmt::format("{} {}.", words_for(came), wait);
    if (came.status && !came.upgraded)
      return fmt::format("A response with status {}, and TCP was not ended {}.", *came.status,
                         wait);
    return fmt::format("{} came {}.", words_for_little(came), wait);
  }
  std::string operator()(const ground::AnsweredIllegalClose&) const {
    return fmt::format(
        "The illegal Close was answered with Close {}, as if it were legal: the fault went "
        "unnoticed.",
        *came.close->code);
  }
  std::string operator()(const ground::CalledCloseIllegal&) const {
    return fmt::format(
        "The target answered a legal Close with {}, an error code: it failed the connection.",
        *came.close->code);
  }
  std::string operator()(const ground::SpokeBehindClose&) const {
    return came.behind_close == BehindClose::second_close ? "A second Close followed the first."
                                                          : "A Ping after the Close was answered.";
  }
  std::string operator()(const ground::Instead&) const {
    return words_for_instead(came) + " came instead.";
  }
  std::string operator()(const ground::Hung& each) const {
    const std::string wait = words_for_wait(each.waited);
    if (came.unasked_pong) return fmt::format("{} came {}.", words_for_little(came), wait);
    return fmt::format("{} came {}: the connection hung.", words_for_little(came), wait);
  }
  std::string operator()(const ground::TooBig&) const {
    return fmt::format("The target refused a message of {} bytes with 1009: it has a limit.",
                       came.largest_sent);
  }
  std::string operator()(const ground::NotCompressed&) const {
    return "The message came back, but not compressed.";
  }
  std::string operator()(const ground::TimeLeaps& each) const {
    return fmt::format(
        "The time explodes: at least {:.1f} ms for the whole request, {:.1f} ms for a quarter of "
        "it, {:.1f} ms for a harmless one. A single client can hold up all others.",
        each.whole_ms, each.quarter_ms, each.harmless_ms);
  }
  std::string operator()(const ground::EndedInResponse&) const {
    return "TCP ended in the middle of the response.";
  }
  std::string operator()(const ground::EndedWithoutResponse&) const {
    return "TCP ended without a response.";
  }
  std::string operator()(const ground::RefusedByEnd&) const {
    return "The request was refused by the end of TCP, without a response.";
  }
  std::string operator()(const ground::RefusedByTornResponse&) const {
    return "The request was refused by a response that a reset cut off.";
  }
  std::string operator()(const ground::Accepted&) const {
    return "The handshake was accepted, though it had to be refused.";
  }
  std::string operator()(const ground::ServedBehindRefusal&) const {
    if (came.asked.of_head)
      return "Content followed the response to HEAD, which has none (RFC 9110 §9.3.2).";
    return "More followed the refusal: what came after the refused request was served too.";
  }
  std::string operator()(const ground::StatusLineMalformed&) const {
    return "The status line of the response is malformed (RFC 9112 §4).";
  }
  std::string operator()(const ground::WrongStatus&) const {
    return fmt::format("Status {} is not a proper refusal of this request.", status());
  }
  std::string operator()(const ground::OtherStatus& each) const {
    return fmt::format("Refused with status {}; {} would say what is wrong.", status(),
                       words(each.wanted));
  }
  std::string operator()(const ground::FieldFault& each) const { return words_for_field(each); }
  std::string operator()(const ground::CompanionMissing& each) const {
    return fmt::format("The response with status {} has no {} field.", status(), each.field);
  }
  std::string operator()(const ground::CompanionNotDemanded&) const {
    return fmt::format("Status {} came, with which HTTP requires no field: nothing was judged.",
                       status());
  }
  std::string operator()(const ground::OtherSubprotocol& each) const {
    return fmt::format("The subprotocol selected is {}, not {}.",
                       each.selected.empty() ? "none" : quoted(bytes_of(each.selected)),
                       each.wanted.empty() ? "none" : '\'' + each.wanted + '\'');
  }
  std::string operator()(const ground::NothingAgreed&) const {
    return "The target declined permessage-deflate as this case offers it, which is allowed.";
  }
  std::string operator()(const ground::OtherAgreement& each) const {
    return fmt::format(
        "The target agreed to permessage-deflate with a different {} from the one that this case "
        "tests.",
        each.parameter);
  }
  std::string operator()(const ground::NothingSeen&) const {
    return "The target neither echoes nor answers Pings: there is no telling whether the "
           "connection is alive.";
  }
  std::string operator()(const ground::TargetDied& each) const {
    return words_for_death("died", each.how);
  }
  std::string operator()(const ground::TargetHung& each) const {
    return words_for_death("hung", each.how);
  }
  std::string operator()(const ground::MemoryGrew& each) const {
    return fmt::format("The target's memory grew by {} for {} bytes that were sent.",
                       mebibytes(each.grown), each.sent);
  }
  std::string operator()(const ground::Spins& each) const {
    return fmt::format(
        "The target spins: {:.0f} s after the last connection was closed it still uses a whole "
        "core.",
        in_seconds(each.busy));
  }
  std::string operator()(const ground::NeedLacking& each) const {
    return fmt::format("The target lacks what the case needs: {}.", each.need);
  }
  std::string operator()(const ground::NotJudged& each) const {
    return std::string(words_for_when(each.when));
  }
  std::string operator()(const ground::NotReached& each) const {
    return fmt::format("The target could not be reached: {}.", each.why);
  }
  std::string operator()(const ground::NotConnected& each) const {
    return "TCP was not connected " + words_for_wait(each.waited) + '.';
  }
  std::string operator()(const ground::OutOfTickets&) const {
    return "The good tickets that the profile declares are used up.";
  }
  std::string operator()(const ground::GivenUp& each) const { return each.why; }

 private:
  int status() const { return came.status.value_or(0); }

  const Reaction& came;
};

// What came, where that is not simply the reaction.
struct WhatCame {
  const Reaction& came;

  std::string operator()(const ground::EndingFitted& each) const {
    return words_for_ending(came, each.by_response);
  }
  std::string operator()(const ground::NoEndingFitted& each) const {
    return words_for_ending(came, each.by_response);
  }
  std::string operator()(const ground::Instead&) const { return words_for_instead(came); }
  std::string operator()(const ground::Hung&) const {
    return is_begun(came) || came.unasked_pong ? words_for_little(came) : "Silence, with TCP open";
  }
  std::string operator()(const ground::NotCompressed&) const { return "It came back uncompressed"; }
  std::string operator()(const ground::TimeLeaps&) const { return "A time out of proportion"; }
  std::string operator()(const ground::Accepted&) const { return start_line_of(came); }
  std::string operator()(const ground::ServedBehindRefusal&) const { return start_line_of(came); }
  std::string operator()(const ground::StatusLineMalformed&) const { return start_line_of(came); }
  std::string operator()(const ground::WrongStatus&) const { return start_line_of(came); }
  std::string operator()(const ground::FieldFault&) const { return start_line_of(came); }
  std::string operator()(const ground::OtherSubprotocol&) const { return start_line_of(came); }
  template <typename Kind>
  std::string operator()(const Kind&) const {
    return words_for(came);
  }
};

}  // namespace

std::string words_for(const Ground& ground, const Reaction& reaction) {
  return std::visit(Reason(reaction), ground);
}

std::string words_for_received(const Ground& ground, const Reaction& reaction) {
  return std::visit(WhatCame{reaction}, ground);
}

std::string words_for_wait(Duration waited) {
  return fmt::format("within {:.1f} s", in_seconds(waited));
}

std::string words_for_echoes_beside(std::size_t count) {
  return fmt::format("{} came back before that.", counted(count, "message"));
}

std::string words_for_unasked_pong(ByteView beginning) {
  return "The target sent a Pong that nobody asked for, which is allowed (RFC 6455 §5.5.3): " +
         quoted(beginning, MessageGlimpse::most_shown) + ".";
}

std::string_view words_for(Note note) {
  switch (note) {
    case Note::ping_for_echo:
      return "The target does not echo: in place of an echo, a Ping checked that the connection is "
             "alive.";
    case Note::while_for_pong:
      return "The target answers no Pings: where a Pong would show that the connection is alive, a "
             "pause in which it stayed open had to do.";
  }
  return "";
}

}  // namespace wsconform
