#include "fuzz/deflate_offer_property.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/extension.h"

namespace wsconform::deflate_offer_property_test {
namespace {

std::vector<Extension> parsed(std::string_view value) {
  return *parse_extensions(value);
}

TEST(DeflateOfferProperty, HoldsForOffersAndResponses) {
  for (const std::string_view input :
       {"permessage-deflate\npermessage-deflate",
        "permessage-deflate; client_max_window_bits\npermessage-deflate; client_max_window_bits=10",
        "permessage-deflate; server_max_window_bits=7",
        "permessage-deflate; server_max_window_bits=010", "x\npermessage-deflate", "",
        "permessage-deflate; server_no_context_takeover; server_max_window_bits=9, "
        "permessage-deflate\npermessage-deflate; server_max_window_bits=12",
        "permessage-deflate\npermessage-deflate, permessage-deflate",
        "permessage-deflate; a\npermessage-deflate; client_max_window_bits"}) {
    EXPECT_EQ(breach_of_deflate_offer(input), std::nullopt) << input;
  }
}

TEST(AgreementPlainly, IsOfTheFirstOfferThatTheResponseFits) {
  const auto offered = parsed(
      "permessage-deflate; server_max_window_bits=9; client_max_window_bits=12, "
      "permessage-deflate; client_max_window_bits");
  const auto agreed = agreement_plainly(
      parsed("permessage-deflate; server_max_window_bits=10; client_max_window_bits=11"), offered);
  ASSERT_TRUE(agreed);
  EXPECT_EQ(agreed->server, (DeflateContext{10, true}));
  EXPECT_EQ(agreed->client, (DeflateContext{11, true}));
  EXPECT_EQ(agreement_plainly(parsed("permessage-deflate; client_max_window_bits=8"),
                              parsed("permessage-deflate")),
            std::nullopt);
  EXPECT_EQ(agreement_plainly(parsed("x"), offered), std::nullopt);
}

TEST(ReadDeflatePlainly, DeclinesWhatIsUnknownRepeatedOrOutOfRange) {
  EXPECT_TRUE(read_deflate_plainly(parsed("permessage-deflate; client_max_window_bits")[0], false));
  EXPECT_FALSE(read_deflate_plainly(parsed("permessage-deflate; client_max_window_bits")[0], true));
  EXPECT_FALSE(
      read_deflate_plainly(parsed("permessage-deflate; server_max_window_bits=16")[0], false));
  EXPECT_FALSE(
      read_deflate_plainly(parsed("permessage-deflate; server_no_context_takeover=1")[0], false));
  EXPECT_FALSE(read_deflate_plainly(
      parsed("permessage-deflate; server_no_context_takeover; server_no_context_takeover")[0],
      false));
}

}  // namespace
}  // namespace wsconform::deflate_offer_property_test
