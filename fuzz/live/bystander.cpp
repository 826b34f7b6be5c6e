#include "fuzz/live/bystander.h"

#include "runner/casebook/case.h"

namespace wsconform {

Case bystander_case() {
  Case made;
  made.id = bystander_id;
  made.section = "fuzz";
  made.says = "A connection beside others is served, whatever they do.";
  SendFrame text;
  text.payload = Payload(to_bytes("bystander"));
  Ending ended;
  ended.kind = EndingKind::failed_connection;
  ended.verdict = Verdict::fail;
  const ExpectEnding quiet{.endings = {Ending{}, ended}};
  for (int n = 0; n < 3; ++n) {
    made.steps.emplace_back(Act(text));
    made.steps.emplace_back(Expectation(quiet));
  }
  return made;
}

}  // namespace wsconform
