#include "proof/reference_target.h"

#include <algorithm>
#include <utility>

#include "proof/flow_target.h"
#include "runner/casebook/case.h"
#include "runner/conversation/conversation.h"
#include "server-under-test/echo_endpoint.h"
#include "server-under-test/site/access.h"

namespace wsconform {
namespace {

class ReferenceTarget : public MemoryTarget {
 public:
  ReferenceTarget(EchoOptions options, Instant now) : endpoint_(std::move(options), now) {}

  void receive(std::span<std::uint8_t> bytes) override {
    endpoint_.receive(bytes);
    while (const auto check = endpoint_.take_check()) endpoint_.checked(check->run());
  }
  void receive_end() override { endpoint_.receive_end(); }
  void tick(Instant now) override { endpoint_.tick(now); }
  std::optional<Instant> next_deadline() const override { return endpoint_.next_deadline(); }
  Bytes take_output() override {
    Bytes output;
    ChatMember* const member = endpoint_.deliveries();
    while (member != nullptr && !member->waiting().empty()) {
      const ByteView bytes = member->waiting().front();
      append(output, bytes);
      member->take(bytes.size());
    }
    append(output, ByteView(endpoint_.take_output()));
    return output;
  }
  bool wants_close() const override { return endpoint_.wants_close(); }

 private:
  EchoEndpoint endpoint_;
};

// Large enough for every other case.
constexpr std::uint64_t declared_limit = 1024 * 1024 + 64 * 1024;

std::function<std::unique_ptr<MemoryTarget>(Instant)> target_with(EchoOptions options,
                                                                  const Defect* defect) {
  options.limits.max_message = declared_limit;
  options.limits.max_frame = declared_limit;
  options.defect = defect;
  return [options = std::move(options)](Instant now) mutable {
    ++options.client.id;
    return std::make_unique<ReferenceTarget>(options, now);
  };
}

// Who it is, and what it can do; whom it lets in is not said.
TargetProfile open_profile() {
  TargetProfile made;
  made.name = "reference";
  made.url = "ws://127.0.0.1:9001/";
  made.address.host = "127.0.0.1";
  made.address.port = 9001;
  made.features = features_of(reference_limits());
  made.features.insert({"echo", "permessage-deflate", "several-connections", "many-connections"});
  return made;
}

constexpr std::string_view client_address = "192.0.2.1";

std::function<std::unique_ptr<MemoryTarget>(Instant)> flow_target(std::shared_ptr<Site> site,
                                                                  const Defect* defect) {
  EchoOptions options;
  options.site = std::move(site);
  options.rooms = std::make_shared<ChatRooms>();
  options.client.address = client_address;
  return target_with(std::move(options), defect);
}

// The server's own flows, as a conversation meets them.
ReferenceServer flow_server(const Defect* defect) {
  ReferenceServer server{.profile = open_profile(), .make = {}};
  Flows flows =
      reference_flows(defect, server.profile.address.authority(), std::string(client_address));
  server.profile.declare(std::move(flows.policy));
  server.make = flow_target(std::move(flows.site), defect);
  return server;
}

const std::set<std::string>& features_of_flows() {
  static const std::set<std::string> features = flow_server(nullptr).profile.features;
  return features;
}

bool met(const Case& each, const std::set<std::string>& features) {
  return std::ranges::all_of(each.needs,
                             [&](const std::string& need) { return features.contains(need); });
}

}  // namespace

std::vector<std::string> tickets(std::size_t how_many) {
  std::vector<std::string> made;
  for (std::size_t i = 0; i < how_many; ++i) made.push_back("tk-" + std::to_string(1000 + i));
  return made;
}

std::shared_ptr<Access> reference_access(std::size_t how_many_tickets) {
  auto access = std::make_shared<Access>();
  access->policy = {.origins = {"https://app.example", "https://admin.example:8443"},
                    .users = {"Aladdin:open sesame", "Ali:open:sesame", "Zoë:pässword"},
                    .cookie_name = "session",
                    .cookie = "4f1d6c20a9",
                    .tickets = tickets(how_many_tickets),
                    .expired_tickets = {"tk-0000"},
                    .single_use = true,
                    .own_paths = true};
  return access;
}

DeclaredLimits reference_limits() {
  return {.max_message = declared_limit, .max_frame = declared_limit};
}

TargetPolicy reference_policy(std::size_t how_many_tickets) {
  const AccessPolicy held = reference_access(how_many_tickets)->policy;
  TargetPolicy policy;
  policy.origin = OriginPolicy{.allowed = held.origins,
                               .foreign = "https://foreign.example",
                               .required_path = "/origin-required",
                               .path = "/origin"};
  policy.basic =
      BasicPolicy{.good = {{"Aladdin", "open sesame"}, {"Ali", "open:sesame"}, {"Zoë", "pässword"}},
                  .bad = Credentials{"Aladdin", "close sesame"},
                  .path = "/basic"};
  policy.cookie = CookiePolicy{
      .name = held.cookie_name, .good = held.cookie, .bad = "0000000000", .path = "/cookie"};
  policy.ticket = TicketPolicy{.parameter = held.ticket_parameter,
                               .good = held.tickets,
                               .bad = "tk-9999",
                               .expired = held.expired_tickets.front(),
                               .single_use = true,
                               .path = "/ticket"};
  return policy;
}

std::function<std::unique_ptr<MemoryTarget>(Instant)> reference_target(const Defect* defect) {
  EchoOptions options;
  options.site = std::make_shared<Site>([] { return std::chrono::sys_seconds(); });
  options.access = reference_access();
  return target_with(std::move(options), defect);
}

std::function<std::unique_ptr<MemoryTarget>(Instant)> limited_target(const Limits& limits) {
  return [limits](Instant now) {
    EchoOptions options;
    options.limits = limits;
    return std::make_unique<ReferenceTarget>(std::move(options), now);
  };
}

TargetProfile fresh_reference_profile() {
  TargetProfile profile = reference_profile();
  profile.tickets = std::make_shared<TicketPool>(*profile.policy.ticket);
  profile.shown_lately = std::make_shared<Secrets>(most_shown_lately);
  return profile;
}

const TargetProfile& reference_profile() {
  static const TargetProfile profile = [] {
    TargetProfile made = open_profile();
    made.declare(reference_policy());
    return made;
  }();
  return profile;
}

std::set<std::string> reference_features() {
  std::set<std::string> features = reference_profile().features;
  features.insert(features_of_flows().begin(), features_of_flows().end());
  return features;
}

bool is_of_flows(const Case& each, const Defect* defect) {
  const bool wanted = defect != nullptr && defect->of_flows;
  return (wanted || !met(each, reference_profile().features)) && met(each, features_of_flows());
}

std::vector<Case> cases_for(std::vector<Case> cases, const std::set<std::string>& features) {
  std::erase_if(cases, [&](const Case& each) {
    return each.full_only || !met(each, features) ||
           std::ranges::find(each.sides, Role::server) == each.sides.end();
  });
  return cases;
}

ReferenceServer server_for(const Case& each, const Defect* defect) {
  if (is_of_flows(each, defect)) return flow_server(defect);
  return {.profile = fresh_reference_profile(), .make = reference_target(defect)};
}

std::function<std::unique_ptr<MemoryTarget>(Instant)> target_for(const Case& each,
                                                                 const Defect* defect) {
  if (!is_of_flows(each, defect)) return reference_target(defect);
  return flow_target(flow_site(defect), defect);
}

MemoryRun judge_in_memory(const Case& each, const ReferenceServer& server, const StreamCuts& cuts) {
  Pace pace;
  const Instant now{};
  return run_in_memory(Conversation(each, server.profile, pace, 1, now), server.make, now, cuts);
}

MemoryRun judge_in_memory(const Case& each, const Defect* defect, const StreamCuts& cuts) {
  return judge_in_memory(each, server_for(each, defect), cuts);
}

}  // namespace wsconform
