#include "proof/rehearsal.h"

#include <utility>

#include "proof/reference_target.h"
#include "runner/casebook/case.h"

namespace wsconform {
namespace {

constexpr std::size_t most_light = 8 * 1024;      // bytes on the wire
constexpr std::size_t most_written = 256 * 1024;  // bytes of a transcript; beyond, it is played

// What a defective server is held against. It is defective, too, for the seams hand on in other
// pieces than a server without them.
const Defect& nothing_wrong(bool of_flows) {
  static const Defect nothing{.id = "none", .says = "Does nothing wrong.", .options = {}};
  static const Defect flows{
      .id = "none", .says = "Does nothing wrong.", .options = {}, .of_flows = true};
  return of_flows ? flows : nothing;
}

// What it signs is in the profile: the conversation says something else from the start.
bool changes_what_is_sent(const Case& each, const Defect& defect) {
  return defect.authentication != nullptr && is_of_flows(each, &defect);
}

}  // namespace

bool tells(Verdict verdict, const Case& each, const Defect& defect) {
  const bool noticed = verdict == Verdict::lenient && (each.level != Level::must || defect.lenient);
  return noticed || verdict == Verdict::fail || verdict == Verdict::error;
}

bool catches(const Case& each, const Defect& defect) {
  return tells(judge_in_memory(each, &defect).result.verdict, each, defect);
}

Rehearsal::Take::Take(const Case& each, bool of_flows)
    : transcript(std::make_unique<Transcript>()) {
  ReferenceServer server = server_for(each, &nothing_wrong(of_flows));
  server.make = transcript->written_for(std::move(server.make), most_written);
  const CaseResult result = judge_in_memory(each, server).result;
  verdict = result.verdict;
  for (const WireEntry& entry : result.wire) bytes += entry.size;
}

Rehearsal::Rehearsal(const Case& each) : case_(&each), open_(each, false) {
  if (!is_of_flows(each, nullptr) && is_of_flows(each, &nothing_wrong(true)))
    flows_ = std::make_unique<Later>();
}

bool Rehearsal::is_heavy() const {
  return open_.bytes > most_light;
}

const Rehearsal::Take& Rehearsal::take_for(const Defect& defect) const {
  if (!flows_ || !defect.of_flows) return open_;
  std::call_once(flows_->once, [&] { flows_->take = std::make_unique<Take>(*case_, true); });
  return *flows_->take;
}

bool Rehearsal::catches(const Defect& defect) const {
  const Take& take = take_for(defect);
  if (changes_what_is_sent(*case_, defect) || !take.transcript->is_whole() ||
      !take.transcript->is_followed_by(target_for(*case_, &defect)))
    return wsconform::catches(*case_, defect);
  return tells(take.verdict, *case_, defect);
}

}  // namespace wsconform
