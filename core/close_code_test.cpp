#include "core/close_code.h"

#include <gtest/gtest.h>

namespace wsconform::close_code_test {
namespace {

struct Range {
  const char* name = "";
  int first = 0;
  int last = 0;
  CloseCodeClass code_class = CloseCodeClass::assigned;
  bool from_server = false;
  bool from_client = false;
};
void PrintTo(const Range& range, std::ostream* out) {
  *out << range.name;
}

class CloseCodes : public testing::TestWithParam<Range> {};

TEST_P(CloseCodes, EveryCodeOfTheRangeIsClassified) {
  const Range& range = GetParam();
  for (int value = range.first; value <= range.last; ++value) {
    const auto code = static_cast<std::uint16_t>(value);
    EXPECT_EQ(classify_close_code(code), range.code_class) << code;
    EXPECT_EQ(may_be_sent(code, Role::server), range.from_server) << code;
    EXPECT_EQ(may_be_sent(code, Role::client), range.from_client) << code;
  }
}

using enum CloseCodeClass;
INSTANTIATE_TEST_SUITE_P(
    Ranges, CloseCodes,
    testing::Values(Range{"BelowTheRange", 0, 999, below_range, false, false},
                    Range{"NormalToUnsupportedData", 1000, 1003, assigned, true, true},
                    Range{"ReservedAndLocalOnly", 1004, 1006, never_sent, false, false},
                    Range{"InvalidPayloadToTooBig", 1007, 1009, assigned, true, true},
                    Range{"MandatoryExtension", 1010, 1010, assigned, false, true},
                    Range{"InternalErrorToBadGateway", 1011, 1014, assigned, true, true},
                    Range{"TlsHandshake", 1015, 1015, never_sent, false, false},
                    Range{"Unassigned", 1016, 2999, unassigned, false, false},
                    Range{"Libraries", 3000, 3999, library, true, true},
                    Range{"Applications", 4000, 4999, application, true, true},
                    Range{"AboveTheRange", 5000, 65535, above_range, false, false}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(NameOfCloseCode, NamesWhatIsRegistered) {
  for (std::uint16_t code = 1000; code <= 1015; ++code)
    EXPECT_EQ(name_of_close_code(code).empty(), code == 1004) << code;
  EXPECT_EQ(name_of_close_code(1002), "protocol error");
  for (const int code : {0, 999, 1016, 3000, 4000, 65535})
    EXPECT_EQ(name_of_close_code(static_cast<std::uint16_t>(code)), "") << code;
}

}  // namespace
}  // namespace wsconform::close_code_test
