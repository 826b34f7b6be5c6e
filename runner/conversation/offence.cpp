#include "runner/conversation/offence.h"

namespace wsconform {
namespace {

struct OffenceName {
  std::string_view operator()(const IllegalFrame& each) const {
    return rule_of(each.violation).name;
  }
  std::string_view operator()(const IllegalOpening& each) const { return rule_of(each.fault).name; }
  std::string_view operator()(const HeadTooLong&) const { return "head-too-long"; }
  std::string_view operator()(const BodyWithoutEnd&) const { return "body-without-end"; }
  std::string_view operator()(const SpokeTooEarly&) const { return "spoke-too-early"; }
  std::string_view operator()(const DataBehindClose&) const { return "data-behind-close"; }
  std::string_view operator()(const TextNotUtf8&) const {
    return rule_of(Violation::invalid_utf8).name;
  }
  std::string_view operator()(const MalformedDeflate&) const {
    return rule_of(Violation::malformed_deflate).name;
  }
  std::string_view operator()(const UnaskedMessage&) const { return "unasked-message"; }
  std::string_view operator()(const AnswerToIllegalData&) const { return "answer-to-illegal-data"; }
  std::string_view operator()(const ChangedEcho&) const { return "changed-echo"; }
  std::string_view operator()(const PongToRequest&) const { return "pong-to-request"; }
  std::string_view operator()(const Endless&) const { return "endless"; }
};

}  // namespace

std::string_view name_of(const Offence& offence) {
  return std::visit(OffenceName{}, offence);
}

}  // namespace wsconform
