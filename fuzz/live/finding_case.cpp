#include "fuzz/live/finding_case.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

#include "core/permessage_deflate.h"
#include "core/phrase.h"
#include "fuzz/live/allowed_endings.h"
#include "fuzz/live/bystander.h"
#include "runner/casebook/case.h"
#include "runner/casebook/case_loader.h"
#include "runner/casebook/case_writer.h"

namespace wsconform {
namespace {

std::string says_of_legal(const Reading& reading) {
  if (!reading.messages) return "Every Ping is answered, and the connection stays open.";
  std::string how;
  if (reading.fragments) how += " in fragments";
  if (reading.compressed) how += how.empty() ? " compressed" : " and compressed";
  if (reading.cut) how += how.empty() ? " cut" : ", and cut";
  return fmt::format("Messages that are sent{} come back{}.", how,
                     reading.pings ? ", and Pings among them are answered" : "");
}

std::string section_cited(const Reading& reading) {
  if (reading.broken) return cited(rule_of(*reading.broken).section);
  for (const HandshakeRule& rule : handshake_rules())
    if (reading.opening.test(static_cast<std::size_t>(rule.fault))) return cited(rule.section);
  return cited(reading.close || reading.ended || reading.reset ? "7.1" : "6.2");
}

ExpectResponse an_upgrade() {
  ExpectResponse response;
  response.status.ranges = {{101, 101}};
  return response;
}

// What becomes of one of several connections is not asked.
ExpectEnding any_ending() {
  ExpectEnding any;
  for (const EndingKind kind :
       {EndingKind::open, EndingKind::failed_connection, EndingKind::closed, EndingKind::end}) {
    any.endings.emplace_back();
    any.endings.back().kind = kind;
  }
  return any;
}

// The steps of its own case, but that whatever comes of it will do.
void append_steps(const LiveSession& session, const Oracle& oracle, bool echoes, Case& made) {
  const Case alone = oracle.case_of(session, read(session), made.id, echoes);
  // A case that needs permessage-deflate needs it on each of its connections; what is to be
  // compressed is so where it is agreed.
  for (const std::string& need : alone.needs)
    if (need != permessage_deflate && std::ranges::find(made.needs, need) == made.needs.end())
      made.needs.push_back(need);
  if (!made.steps.empty()) made.steps.emplace_back(Act(Reconnect{.handshake = false}));
  const bool upgrades = alone.opens || (session.demand && !session.moves.empty());
  made.steps.emplace_back(Act(session.handshake));
  if (upgrades) made.steps.emplace_back(Expectation(an_upgrade()));
  std::ranges::copy_if(alone.steps, std::back_inserter(made.steps), [](const Step& step) {
    return std::holds_alternative<Act>(step) && as<SendRequest>(step) == nullptr;
  });
  ExpectEnding any = upgrades ? any_ending() : any_answer();
  for (Ending& each : any.endings) each.verdict = Verdict::pass;
  made.steps.emplace_back(Expectation(std::move(any)));
}

// One connection behind the other; each is left as it is, and at last one more is served.
void join(const std::vector<LiveSession>& sessions, const Oracle& oracle, bool echoes, Case& made) {
  made.says = fmt::format("After {} connections, each as it is here, the server serves the next.",
                          sessions.size());
  made.level = Level::must;
  made.handshake = {};
  made.opens = false;
  made.needs.clear();
  made.agreement = {};
  made.steps.clear();
  for (const LiveSession& each : sessions) append_steps(each, oracle, echoes, made);
  made.steps.emplace_back(Act(Reconnect{}));
  made.steps.emplace_back(Expectation(ExpectEnding{.endings = {Ending{}}, .plain = true}));
}

}  // namespace

std::string says_of(const LiveSession& session, const Reading& reading) {
  if (session.demand && session.moves.empty())
    return "The opening handshake is answered as it asks to be.";
  for (const HandshakeRule& rule : handshake_rules())
    if (reading.opening.test(static_cast<std::size_t>(rule.fault)))
      return fmt::format("An opening handshake is refused: {}.", clause(rule.says));
  if (reading.broken)
    return fmt::format("The connection fails {}: {}.", words_for(reading.place),
                       clause(rule_of(*reading.broken).says));
  if (reading.close)
    return fmt::format("A Close {} is answered{}, and then TCP ends.", words_for(reading.place),
                       reading.speaks_on ? ", whatever comes behind it" : "");
  if (reading.reset) return "After a reset the server serves the next connection.";
  if (reading.ended)
    return fmt::format("TCP ends once the client ends it {}.", words_for(reading.place));
  return says_of_legal(reading);
}

namespace {

std::string because_of(const Finding& finding, const Reading& reading, std::uint64_t seed) {
  return fmt::format("{} asks it. Found by fuzzing (seed {}): {}", section_cited(reading), seed,
                     finding.reason);
}

// Each session as a case of its own, and the one beside them that is to be served throughout.
std::vector<Case> cases_side_by_side(const Finding& finding, const Oracle& oracle, bool echoes,
                                     std::uint64_t seed) {
  const std::string name = name_of(finding.cause);
  std::vector<Case> cases;
  for (const LiveSession& each : finding.sessions) {
    const Reading reading = read(each);
    cases.push_back(
        oracle.case_of(each, reading, fmt::format("{}/{}", name, cases.size() + 1), echoes));
    cases.back().says = says_of(each, reading);
    cases.back().because = because_of(finding, reading, seed);
  }
  Case& beside = cases.emplace_back(bystander_case());
  beside.id = name + "/beside";
  beside.section = name;
  beside.requirements = oracle.requirements_of("legal");
  beside.because = because_of(finding, {}, seed);
  return cases;
}

}  // namespace

std::vector<Case> cases_of(const Finding& finding, const Oracle& oracle, bool echoes,
                           std::uint64_t seed) {
  if (finding.side_by_side) return cases_side_by_side(finding, oracle, echoes, seed);
  const LiveSession& last = finding.sessions.back();
  const Reading reading = read(last);
  Case made = oracle.case_of(last, reading, name_of(finding.cause), echoes);
  made.says = says_of(last, reading);
  // What is allowed at both is judged by nobody.
  if (!finding.cause.there.empty()) made.level = Level::observe;
  if (finding.sessions.size() > 1) join(finding.sessions, oracle, echoes, made);
  made.because = because_of(finding, reading, seed);
  return {made};
}

std::string options_to_replay(const Finding& finding) {
  const std::string name = name_of(finding.cause);
  if (!finding.side_by_side) return fmt::format("--case '{}'", name);
  return fmt::format("--case '{}/*' --jobs {}", name, finding.sessions.size() + 1);
}

std::filesystem::path keep_cases(const std::filesystem::path& folder,
                                 const std::vector<Case>& made) {
  const std::string& section = made.front().section;
  const std::filesystem::path file = folder / (section + ".json");
  std::filesystem::create_directories(file.parent_path());
  std::vector<Case> cases;
  const bool shared = made.size() == 1;
  if (shared && std::filesystem::exists(file))
    cases = load_cases_of(JsonSource::read(file), section);
  std::erase_if(cases, [&](const Case& each) { return each.id == made.front().id; });
  std::ranges::copy(made, std::back_inserter(cases));
  std::filesystem::path fresh = file;
  fresh += ".new";
  std::ofstream out(fresh, std::ios::binary);
  out << text_of_case_file("Found by fuzzing: " + section, "RFC 6455", cases) << std::flush;
  if (!out) throw std::system_error(errno, std::generic_category(), fresh.string());
  out.close();
  std::filesystem::rename(fresh, file);
  return file;
}

}  // namespace wsconform
