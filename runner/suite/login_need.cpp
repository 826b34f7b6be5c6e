#include "runner/suite/login_need.h"

#include <algorithm>
#include <string_view>

#include "runner/casebook/case.h"
#include "runner/target/target_policy.h"

namespace wsconform {
namespace {

// Whether a case asks for what it needs to get around, or to keep, a rule of this kind.
bool is_about(const Case& each, std::string_view kind) {
  return std::ranges::any_of(each.needs,
                             [&](std::string_view need) { return need.find(kind) != need.npos; });
}

}  // namespace

LoginNeed login_need(const Case& each, const TargetPolicy& policy) {
  LoginNeed need = every_login(policy);
  need.cookie = need.cookie && (policy.cookie->path.empty() || is_about(each, "cookie"));
  need.ticket = need.ticket && (policy.ticket->path.empty() || is_about(each, "ticket"));
  return need;
}

LoginNeed every_login(const TargetPolicy& policy) {
  return {policy.cookie && policy.cookie->login, policy.ticket && policy.ticket->login};
}

}  // namespace wsconform
