#include "runner/conversation/sent_request.h"

#include <algorithm>

#include "core/handshake_judge.h"
#include "runner/casebook/act.h"

namespace wsconform {
namespace {

// An offer in other words, with quotes or white space, is asked for its words rather than
// for what it offers.
std::vector<Extension> plainly_offered(const HttpHead& head) {
  constexpr std::string_view field = "Sec-WebSocket-Extensions";
  if (head.count(field) != 1) return {};
  const auto offered = parse_extensions(*head.value(field));
  if (!offered) return {};
  std::string plain;
  for (const Extension& each : *offered)
    plain += (plain.empty() ? "" : ", ") + write_extension(each);
  return plain == *head.value(field) ? *offered : std::vector<Extension>{};
}

}  // namespace

SentRequest seen_in(const SendRequest& step, const HttpHead& head) {
  SentRequest seen;
  seen.plain = step == SendRequest{};
  seen.of_head = step.method == "HEAD";
  seen.offered = plainly_offered(head);
  if (!step.finished) return seen;
  const std::vector<HandshakeFault> faults = judge_request(head);
  const auto first = std::ranges::find_if(
      faults, [](HandshakeFault fault) { return fault != HandshakeFault::body_announced; });
  if (first != faults.end()) seen.fault = *first;
  return seen;
}

}  // namespace wsconform
