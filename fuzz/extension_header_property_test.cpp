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

TEST(ExtensionsPlainly, ReadsTheGrammar) {
  const Extension a{"a", {{"b", "c"}}};
  const Extension d{"d", {}};
  EXPECT_EQ(extensions_plainly("a; b=c, ,d"), (std::vector<Extension>{a, d}));
  for (const std::string_view value :
       {"", ",", "a b", "a;", "a;;b", "a;b=", "a;=b", "a=b", "a;b=c=d"})
    EXPECT_EQ(extensions_plainly(value), std::nullopt) << value;
}

TEST(ExtensionHeaderOracles, SeeAParserThatRefusesOrTakesTooMuch) {
  const ParsedExtensions other = std::vector<Extension>{Extension{"a", {}}};
  const ParsedExtensions refused = std::unexpected(GrammarError{0, "no"});
  EXPECT_EQ(breach_of_extensions("a;b=c", refused).value_or(""),
            "a list that is well written is refused");
  EXPECT_EQ(breach_of_extensions("a b", refused), std::nullopt);
  EXPECT_EQ(breach_of_extensions("a b", other).value_or(""), "the list is read otherwise");
  EXPECT_EQ(breach_of_extensions("a;b=c", other).value_or(""), "the list is read otherwise");
  EXPECT_EQ(breach_of_extensions("a b", std::unexpected(GrammarError{9, "no"})).value_or(""),
            "the error lies behind the value");
}

}  // namespace
}  // namespace wsconform::extension_header_property_test
