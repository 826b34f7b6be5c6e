// The reference server's own flows in memory: sessions and tickets that it signs, an end of
// sessions, a path that sends on, one where nothing is; and what a profile says of them. A
// defect of authentication is planted in both: a server that signs too little of a token signs
// so what it gives out.
#pragma once

#include <memory>

#include "runner/target/target_policy.h"
#include "server-under-test/defect.h"
#include "server-under-test/site/site.h"

namespace wsconform {

// Of one conversation.
struct Flows {
  std::shared_ptr<Site> site;
  TargetPolicy policy;  // tickets and cookies that no conversation has used
};
// `host` is the Host of every request, `address` the client's.
Flows reference_flows(const Defect* defect, const std::string& host, const std::string& address);
// The site alone, as it is there.
std::shared_ptr<Site> flow_site(const Defect* defect);

}  // namespace wsconform
