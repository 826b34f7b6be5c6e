#include "fuzz/live/finding.h"

#include <algorithm>
#include <variant>

#include "reports/results/cause.h"
#include "runner/conversation/ground.h"
#include "runner/conversation/reaction.h"

namespace wsconform {
namespace {

// Where the ground says more of what came than the reaction does.
std::optional<std::string> told_by_ground(const Ground& ground) {
  if (const auto* offended = std::get_if<ground::Offended>(&ground))
    return std::string(name_of(offended->offence));
  if (is<ground::FieldFault>(ground) || is<ground::OtherSubprotocol>(ground) ||
      is<ground::SpokeBehindClose>(ground) || is<ground::CompanionMissing>(ground) ||
      is<ground::Accepted>(ground))
    return std::string(name_of(ground));
  return std::nullopt;
}

std::string instead_of(const Finished& ended) {
  if (is_death(ended)) return ended.result.cause.came;
  return told_by_ground(ended.outcome.ground).value_or(name_of(ended.outcome.reaction));
}

bool stays_open(const Finished& ended) {
  const Reaction& came = ended.outcome.reaction;
  return came.open && came.all_echoed && !is_death(ended) && !told_by_ground(ended.outcome.ground);
}

// The answer to the opening is wrong, whatever was sent behind it.
bool is_of_opening(const Finished& ended) {
  const Reaction& reaction = ended.outcome.reaction;
  if (is_death(ended) || !reaction.status) return false;
  return !reaction.upgraded ||
         (reaction.offence && std::holds_alternative<IllegalOpening>(*reaction.offence));
}

// Whoever is asked behind it does not answer (RFC 9110 §15.6.3 to §15.6.5): that is one cause,
// whatever the request was.
bool is_of_gateway(const Finished& ended) {
  const int status = ended.outcome.reaction.status.value_or(0);
  return !is_death(ended) && status >= 502 && status <= 504;
}

// What was to be sent behind the 101 did not kill it.
bool died_of_opening(const Finished& ended) {
  const Reaction& reaction = ended.outcome.reaction;
  return is_death(ended) && !reaction.upgraded && !reaction.status;
}

bool is_changed_echo(const Finished& ended) {
  const auto* offended = std::get_if<ground::Offended>(&ended.outcome.ground);
  return offended != nullptr && std::holds_alternative<ChangedEcho>(offended->offence);
}

// "rfc6455-4.2.1-key": what the case cites first.
std::string asked_by(const Demand& demand) {
  if (demand.requirements.empty()) return "opening";
  std::string name = demand.requirements.front();
  std::ranges::replace(name, '/', '-');
  return name;
}

}  // namespace

std::string name_of(const FindingCause& cause) {
  std::string name = cause.subject + '/' + std::string(name_of(cause.place)) + '-' + cause.instead;
  if (!cause.there.empty()) name += "-there-" + cause.there;
  std::ranges::replace(name.begin() + static_cast<std::ptrdiff_t>(cause.subject.size()) + 1,
                       name.end(), '/', '-');  // of a reaction with more than one part
  return name;
}

FindingCause cause_of(const Reading& reading, const Difference& difference) {
  return {reading.place, subject_of(reading), difference.here, difference.there};
}

std::string words_for_difference(const FindingCause& cause) {
  return "Here it is \"" + cause.instead + "\", and at the other endpoint \"" + cause.there + "\".";
}

bool is_death(const Finished& ended) {
  const std::string& came = ended.result.cause.came;
  return came == came_dead || came == came_hung;
}

bool is_death(const FindingCause& cause) {
  return cause.instead == came_dead || cause.instead == came_hung;
}

std::string reaction_of(const Finished& ended) {
  const std::string came = name_of(ended.outcome.reaction);
  const std::string instead = instead_of(ended);
  return instead == came ? came : came + '/' + instead;
}

std::optional<FindingCause> cause_of(const LiveSession& session, const Reading& reading,
                                     const Finished& ended, bool strict) {
  const Verdict verdict = ended.result.verdict;
  if (verdict != Verdict::fail && !(strict && verdict == Verdict::lenient)) return std::nullopt;
  FindingCause cause{reading.place, subject_of(reading), instead_of(ended), {}};
  // Only what came before all that breaks a rule is to be echoed.
  if (is_changed_echo(ended)) {
    cause.place = Place::open;
    cause.subject = "legal";
  }
  const bool of_gateway = is_of_gateway(ended);
  const bool opening_alone = session.moves.empty() || died_of_opening(ended);
  if (!of_gateway && session.demand && opening_alone) {
    cause.place = Place::opening;
    cause.subject = asked_by(*session.demand);
    // It was to be refused, whichever way the case says so.
    if (stays_open(ended)) cause.instead = ground::Accepted::name;
  } else if (of_gateway ||
             (reading.opening.none() && (is_of_opening(ended) || died_of_opening(ended)))) {
    cause.place = Place::opening;
    cause.subject = "legal";
  }
  return cause;
}

}  // namespace wsconform
