#include "cli/reference_target.h"

#include <algorithm>
#include <utility>

#include "runner/conversation.h"
#include "server-under-test/echo_endpoint.h"

namespace wsconform {
namespace {

class ReferenceTarget : public MemoryTarget {
 public:
  ReferenceTarget(EchoOptions options, Instant now) : endpoint_(std::move(options), now) {}

  void receive(std::span<std::uint8_t> bytes) override { endpoint_.receive(bytes); }
  void receive_end() override { endpoint_.receive_end(); }
  void tick(Instant now) override { endpoint_.tick(now); }
  std::optional<Instant> next_deadline() const override { return endpoint_.next_deadline(); }
  Bytes take_output() override { return endpoint_.take_output(); }
  bool wants_close() const override { return endpoint_.wants_close(); }

 private:
  EchoEndpoint endpoint_;
};

bool met(const Case& each, const std::set<std::string>& features) {
  return std::ranges::all_of(each.needs,
                             [&](const std::string& need) { return features.contains(need); });
}

}  // namespace

std::function<std::unique_ptr<MemoryTarget>(Instant)> reference_target(const Defect* defect) {
  return [defect](Instant now) {
    EchoOptions options;
    options.defect = defect;
    return std::make_unique<ReferenceTarget>(std::move(options), now);
  };
}

std::function<std::unique_ptr<MemoryTarget>(Instant)> limited_target(const Limits& limits) {
  return [limits](Instant now) {
    EchoOptions options;
    options.limits = limits;
    return std::make_unique<ReferenceTarget>(std::move(options), now);
  };
}

const TargetProfile& reference_profile() {
  static const TargetProfile profile = [] {
    TargetProfile made;
    made.name = "reference";
    made.url = "ws://127.0.0.1/";
    made.address.host = "127.0.0.1";
    made.features = {"echo", "permessage-deflate"};
    return made;
  }();
  return profile;
}

std::vector<Case> cases_for(std::vector<Case> cases, const std::set<std::string>& features) {
  std::erase_if(cases, [&](const Case& each) {
    return each.full_only || !met(each, features) ||
           std::ranges::find(each.sides, Role::server) == each.sides.end();
  });
  return cases;
}

MemoryRun judge_in_memory(const Case& each, const Defect* defect, const StreamCuts& cuts) {
  Pace pace;
  const Instant now{};
  return run_in_memory(Conversation(each, reference_profile(), pace, 1, now),
                       reference_target(defect), now, cuts);
}

}  // namespace wsconform
