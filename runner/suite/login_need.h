// Where one logs in before a connection: decided by what the case asks and what the target
// declares.
#pragma once

namespace wsconform {

struct Case;
struct TargetPolicy;

// What a fresh one of is to be shown.
struct LoginNeed {
  bool cookie = false;
  bool ticket = false;

  bool any() const { return cookie || ticket; }
  bool operator==(const LoginNeed&) const = default;
};

// A rule at the target's own URL is kept by every request, one at another path only by the cases
// about it. Where the profile does not say how one logs in, nobody does.
LoginNeed login_need(const Case& each, const TargetPolicy& policy);
// Wherever the profile says how.
LoginNeed every_login(const TargetPolicy& policy);

}  // namespace wsconform
