#include "fuzz/extension_header_property.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wsconform::extension_header_property_test {
namespace {

TEST(ExtensionHeaderProperty, HoldsForListsWellWrittenAndNot) {
  for (const std::string_view value :
       {"permessage-deflate", "a; b=c; d, e", "a;b=\"c\"", "a;b=\"c d\"", "a;;b", "a,,b", ",", "",
        "a b", "chat, superchat", "chat, chat", "a;b=", "a;=b", "a , b", "a\t;\tb = c"}) {
    EXPECT_EQ(breach_of_extension_header(value), std::nullopt) << value;
  }
}

}  // namespace
}  // namespace wsconform::extension_header_property_test
