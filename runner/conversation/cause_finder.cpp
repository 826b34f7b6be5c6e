#include "runner/conversation/cause_finder.h"

#include <algorithm>
#include <set>

#include "core/ascii.h"
#include "core/permessage_deflate.h"
#include "reports/results/case_result.h"
#include "runner/conversation/offence_words.h"
#include "runner/conversation/reaction_words.h"

namespace wsconform {
namespace {

constexpr std::string_view accepted = "accepted";

// The rule that what we sent breaks; "": none.
std::string_view fault_sent(const Reaction& came) {
  if (came.sent_violation) return rule_of(*came.sent_violation).name;
  return came.asked.fault ? rule_of(*came.asked.fault).name : "";
}

// "response-among-frames" rather than the rule that its first two bytes break as a frame.
std::string_view name_of_wrong(const Offence& offence) {
  const auto* frame = std::get_if<IllegalFrame>(&offence);
  const bool is_response = frame != nullptr && looks_like_http(frame->header);
  return is_response ? "response-among-frames" : name_of(offence);
}

// It shows that what we sent wrong was taken.
struct ShowsAcceptance {
  const Reaction& came;

  bool operator()(const AnswerToIllegalData&) const { return true; }
  bool operator()(const PongToRequest&) const { return came.sent_violation.has_value(); }
  bool operator()(const TextNotUtf8&) const {
    return came.sent_violation == Violation::invalid_utf8;
  }
  bool operator()(const IllegalFrame& each) const { return came.sent_violation == each.violation; }
  bool operator()(const IllegalOpening&) const { return came.asked.fault.has_value(); }
  template <typename Kind>
  bool operator()(const Kind&) const {
    return false;
  }
};

std::string field_name(std::string_view before, std::string_view field) {
  return std::string(before) + in_lower_case(field);
}

std::string status_name(const Reaction& came) {
  return "status-" + std::to_string(came.status.value_or(0));
}

std::string reaction_name(const Reaction& came) {
  if (came.open && !fault_sent(came).empty()) return std::string(accepted);
  Reaction tame = came;
  if (tame.end == StreamEnd::reset) tame.end = StreamEnd::fin;
  if (came.close && !came.end) tame.end = StreamEnd::fin;  // what follows is told by NoEndingInTime
  return name_of(tame);
}

// What came, of grounds that are no offence.
struct ReactionName {
  const Reaction& came;

  std::string operator()(const ground::EndingFitted&) const { return reaction_name(came); }
  std::string operator()(const ground::NoEndingFitted&) const { return reaction_name(came); }
  std::string operator()(const ground::Instead&) const { return reaction_name(came); }
  std::string operator()(const ground::NoEndingInTime&) const {
    return came.close ? "left-open" : reaction_name(came);
  }
  std::string operator()(const ground::Hung&) const {
    if (!is_begun(came)) return "silence";
    return came.of == Role::client ? "unfinished-request" : "unfinished-response";
  }
  std::string operator()(const ground::EndedWithoutResponse&) const {
    return "end-without-response";
  }
  std::string operator()(const ground::RefusedByEnd&) const { return "end-without-response"; }
  std::string operator()(const ground::RefusedByTornResponse&) const {
    return "end-without-response";
  }
  std::string operator()(const ground::AnsweredIllegalClose&) const {
    return std::string(accepted);
  }
  std::string operator()(const ground::WrongStatus&) const { return status_name(came); }
  std::string operator()(const ground::OtherStatus&) const { return status_name(came); }
  std::string operator()(const ground::FieldFault& each) const {
    return field_name(each.there ? "wrong-" : "no-", each.check.name);
  }
  std::string operator()(const ground::CompanionMissing& each) const {
    return field_name("no-", each.field);
  }
  template <typename Kind>
  std::string operator()(const Kind&) const {
    return std::string(Kind::name);
  }
  std::string operator()(const ground::Offended& each) const {
    return std::string(name_of(each.offence));
  }
};

// Grounds that say it all.
bool is_all(const Ground& ground) {
  return is<ground::SpokeBehindClose>(ground) || is<ground::StatusLineMalformed>(ground) ||
         is<ground::NotReached>(ground) || is<ground::NotConnected>(ground) ||
         is<ground::OutOfTickets>(ground) || is<ground::GivenUp>(ground) ||
         is<ground::MemoryGrew>(ground) || is<ground::Spins>(ground) ||
         is<ground::NotJudged>(ground);
}

// The refusal came without a response, where one would have been better.
bool is_refused_by_end(const Ground& ground, const Reaction& came) {
  if (is<ground::RefusedByEnd>(ground) || is<ground::RefusedByTornResponse>(ground)) return true;
  return is<ground::EndingFitted>(ground) && !came.upgraded && came.end && !came.status;
}

// "offer-server-max-window-bits": all parameters of legal offers of permessage-deflate; "":
// other offers, or none.
std::string offer_name(const std::vector<Extension>& offered) {
  std::set<std::string> parameters;
  for (const Extension& each : offered) {
    if (each.name != permessage_deflate || !parse_deflate_offer(each)) return "";
    for (const ExtensionParameter& one : each.parameters) parameters.insert(one.name);
  }
  if (offered.empty()) return "";
  std::string name = "offer";
  for (const std::string& each : parameters) name += '-' + each;
  if (parameters.empty()) name += '-' + std::string(permessage_deflate);
  std::ranges::replace(name, '_', '-');
  return name;
}

// The connection failed, as it had to; how says more of the target than why.
std::string way_of_failing(const Reaction& came) {
  if (!came.sent_violation || !came.upgraded) return "";
  if (came.close) return "failing-with-" + std::to_string(rule_of(*came.sent_violation).close_code);
  return came.end ? "failing-the-connection" : "";
}

std::string what_it_is_about(const CaseResult& of) {
  return of.requirements.empty() ? of.id : of.requirements.front();
}

// Of a target that ended: what was broken, else what the case is about.
std::string fault_or_requirement(const CaseResult& of, const Reaction& came) {
  const std::string_view fault = fault_sent(came);
  return fault.empty() ? what_it_is_about(of) : std::string(fault);
}

std::string asked_for(const CaseResult& of, const Ground& ground, const Reaction& came) {
  if (is<ground::NoEndingInTime>(ground) && came.close) return "tcp-end";
  if (is_refused_by_end(ground, came)) return "refusing";
  const bool failed = !is<ground::AnsweredIllegalClose>(ground);
  if (std::string way = way_of_failing(came); failed && !way.empty()) return way;
  if (!fault_sent(came).empty()) return std::string(fault_sent(came));
  if (!came.upgraded) {
    if (std::string offer = offer_name(came.asked.offered); !offer.empty()) return offer;
    if (came.asked.plain) return "plain-handshake";
  }
  return what_it_is_about(of);
}

}  // namespace

Cause cause_of(const CaseResult& of, const Ground& ground, const Reaction& came) {
  if (const auto* offended = std::get_if<ground::Offended>(&ground)) {
    const std::string_view fault = fault_sent(came);
    if (!fault.empty() && std::visit(ShowsAcceptance{came}, offended->offence))
      return {std::string(fault), std::string(accepted)};
    if (!std::holds_alternative<ChangedEcho>(offended->offence))
      return {std::string(name_of_wrong(offended->offence)), ""};
  }
  if (is_all(ground)) return {std::string(name_of(ground)), ""};
  if (is<ground::TargetDied>(ground))
    return {fault_or_requirement(of, came), std::string(came_dead)};
  if (is<ground::TargetHung>(ground))
    return {fault_or_requirement(of, came), std::string(came_hung)};
  return {asked_for(of, ground, came), std::visit(ReactionName{came}, ground)};
}

}  // namespace wsconform
