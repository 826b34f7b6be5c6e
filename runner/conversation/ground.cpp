#include "runner/conversation/ground.h"

namespace wsconform {
namespace {

struct Name {
  std::string_view operator()(const ground::Offended& each) const { return name_of(each.offence); }
  template <typename Kind>
  std::string_view operator()(const Kind&) const {
    return Kind::name;
  }
};

}  // namespace

std::string_view name_of(const Ground& ground) {
  return std::visit(Name{}, ground);
}

}  // namespace wsconform
