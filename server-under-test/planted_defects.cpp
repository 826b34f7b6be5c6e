#include "server-under-test/planted_defects.h"

#include <algorithm>
#include <iterator>

namespace wsconform {
namespace {

// The code of a Close (RFC 6455 §7.1.7, §7.4.1), the shortest length (§5.2 binds who sends it), the status of a refusal
// (§10.7, RFC 9110 §15.5), what a server that does not look cannot find (§4.2.1, §4.2.2), credentials that RFC 7617 leaves
// to the reader, an offer that may be refused, an end of TCP without a Close, and a Close without a code, which may answer
// one byte of payload or fail for it.
bool deserves_lenient(const Defect& defect) {
  constexpr std::string_view some[] = {"ignores-length-not-minimal",
                                       "answers-101-for-http-version-unsupported",
                                       "answers-101-for-http-2",
                                       "answers-101-for-subprotocols-malformed",
                                       "answers-101-for-short-key",
                                       "answers-101-for-long-key",
                                       "refuses-subprotocol-offer",
                                       "basic-loose-base64",
                                       "basic-first-of-two",
                                       "basic-last-of-two",
                                       "401-is-403",
                                       "length-high-bit-too-big",
                                       "deflate-dies-of-a-bomb",
                                       "close-one-byte-is-empty",
                                       "ignores-close-payload-of-one-byte"};
  return defect.id.starts_with("wrong-code-for-") ||
         std::ranges::find(some, defect.id) != std::end(some);
}

std::vector<Defect> all_defects() {
  std::vector<Defect> all;
  for (const auto theme : {ignored_rules,
                           wrong_close_codes,
                           request_defects,
                           strictness_defects,
                           answer_defects,
                           refusal_defects,
                           plain_defects,
                           access_defects,
                           flow_defects,
                           resource_defects,
                           reading_defects,
                           parted_defects,
                           writing_defects,
                           echo_defects,
                           fragmentation_defects,
                           utf8_defects,
                           deflate_agreement_defects,
                           deflate_data_defects,
                           control_defects,
                           closing_defects}) {
    std::vector<Defect> rows = theme();
    std::ranges::move(rows, std::back_inserter(all));
  }
  for (Defect& each : all) each.lenient = deserves_lenient(each);
  return all;
}

}  // namespace

std::span<const Defect> defects() {
  static const std::vector<Defect> all = all_defects();
  return all;
}

const Defect* defect_named(std::string_view id) {
  const auto all = defects();
  const auto found = std::ranges::find(all, id, &Defect::id);
  return found == all.end() ? nullptr : &*found;
}

}  // namespace wsconform
