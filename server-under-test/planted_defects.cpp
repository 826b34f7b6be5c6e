#include "server-under-test/planted_defects.h"

#include <algorithm>
#include <iterator>

namespace wsconform {
namespace {

std::vector<Defect> all_defects() {
  std::vector<Defect> all;
  for (const auto theme :
       {ignored_rules,  wrong_close_codes,         request_defects,      strictness_defects,
        answer_defects, refusal_defects,           plain_defects,        access_defects,
        flow_defects,   resource_defects,          chat_defects,         reading_defects,
        parted_defects, writing_defects,           echo_defects,         fragmentation_defects,
        utf8_defects,   deflate_agreement_defects, deflate_data_defects, control_defects,
        closing_defects}) {
    std::vector<Defect> rows = theme();
    std::ranges::move(rows, std::back_inserter(all));
  }
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
