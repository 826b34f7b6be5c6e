#include "core/permessage_deflate.h"

#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <vector>

namespace wsconform::permessage_deflate_test {
namespace {

using enum HandshakeFault;

std::vector<Extension> list(std::string_view field) {
  if (field.empty()) return {};
  return *parse_extensions(field);
}

// A server's answer to one offer, and what it sends in response; "" where it declines.
struct Offer {
  const char* name;
  const char* offer;
  const char* response;
};
void PrintTo(const Offer& row, std::ostream* out) {
  *out << row.name;
}

class AcceptDeflate : public testing::TestWithParam<Offer> {};

TEST_P(AcceptDeflate, AnswersAnOffer) {
  const auto answer = accept_deflate(list(GetParam().offer).front());
  EXPECT_EQ(answer ? write_extension(*answer) : "", GetParam().response);
}

TEST_P(AcceptDeflate, GivesAResponseThatIsLegal) {
  const auto offered = list(GetParam().offer);
  const auto answer = accept_deflate(offered.front());
  if (!answer) return;
  EXPECT_EQ(judge_deflate({{*answer}}, offered), std::nullopt);
  EXPECT_TRUE(deflate_agreement({{*answer}}, offered).has_value());
}

INSTANTIATE_TEST_SUITE_P(
    Accepted, AcceptDeflate,
    testing::Values(
        Offer{"Plain", "permessage-deflate", "permessage-deflate"},
        Offer{"ClientWindowBare", "permessage-deflate; client_max_window_bits",
              "permessage-deflate"},
        Offer{"ClientWindow", "permessage-deflate; client_max_window_bits=10",
              "permessage-deflate; client_max_window_bits=10"},
        Offer{"ServerWindow", "permessage-deflate; server_max_window_bits=8",
              "permessage-deflate; server_max_window_bits=8"},
        Offer{"LargestWindow", "permessage-deflate; server_max_window_bits=15",
              "permessage-deflate; server_max_window_bits=15"},
        Offer{"Quoted", "permessage-deflate; server_max_window_bits=\"10\"",
              "permessage-deflate; server_max_window_bits=10"},
        Offer{"NoTakeovers",
              "permessage-deflate; client_no_context_takeover; server_no_context_takeover",
              "permessage-deflate; server_no_context_takeover; client_no_context_takeover"}),
    [](const auto& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Declined, AcceptDeflate,
    testing::Values(
        Offer{"OtherName", "permessage-bzip2", ""}, Offer{"OtherCase", "Permessage-Deflate", ""},
        Offer{"UnknownParameter", "permessage-deflate; x", ""},
        Offer{"ParameterInOtherCase", "permessage-deflate; Server_No_Context_Takeover", ""},
        Offer{"RepeatedParameter",
              "permessage-deflate; server_no_context_takeover; server_no_context_takeover", ""},
        Offer{"RepeatedWindow",
              "permessage-deflate; server_max_window_bits=10; server_max_window_bits=10", ""},
        Offer{"ServerWindowBare", "permessage-deflate; server_max_window_bits", ""},
        Offer{"WindowOf7", "permessage-deflate; server_max_window_bits=7", ""},
        Offer{"WindowOf16", "permessage-deflate; client_max_window_bits=16", ""},
        Offer{"WindowOf0", "permessage-deflate; client_max_window_bits=0", ""},
        Offer{"WindowWithLeadingZero", "permessage-deflate; server_max_window_bits=09", ""},
        Offer{"WindowWithSign", "permessage-deflate; server_max_window_bits=+9", ""},
        Offer{"WindowInHex", "permessage-deflate; server_max_window_bits=0xA", ""},
        Offer{"WindowOfMore", "permessage-deflate; client_max_window_bits=10a", ""},
        Offer{"TakeoverWithValue", "permessage-deflate; server_no_context_takeover=1", ""},
        Offer{"ClientTakeoverWithValue", "permessage-deflate; client_no_context_takeover=true",
              ""}),
    [](const auto& row) { return row.param.name; });

// A response held against the offers.
struct Response {
  const char* name;
  const char* offers;
  const char* response;
  std::optional<HandshakeFault> fault;
};
void PrintTo(const Response& row, std::ostream* out) {
  *out << row.name;
}

class JudgeDeflate : public testing::TestWithParam<Response> {};

TEST_P(JudgeDeflate, NamesTheRuleBroken) {
  const auto& [name, offers, response, fault] = GetParam();
  EXPECT_EQ(judge_deflate(list(response), list(offers)), fault);
  EXPECT_EQ(deflate_agreement(list(response), list(offers)).has_value(), !fault && *response != 0);
}

INSTANTIATE_TEST_SUITE_P(
    Legal, JudgeDeflate,
    testing::Values(Response{"Declined", "permessage-deflate", "", {}},
                    Response{"Plain", "permessage-deflate", "permessage-deflate", {}},
                    Response{"ServerTakeoverUnasked",
                             "permessage-deflate",
                             "permessage-deflate; server_no_context_takeover",
                             {}},
                    Response{"ClientTakeoverUnasked",
                             "permessage-deflate",
                             "permessage-deflate; client_no_context_takeover",
                             {}},
                    Response{"ClientTakeoverHintIgnored",
                             "permessage-deflate; client_no_context_takeover",
                             "permessage-deflate",
                             {}},
                    Response{"ServerWindowUnasked",
                             "permessage-deflate",
                             "permessage-deflate; server_max_window_bits=9",
                             {}},
                    Response{"ServerWindowSmaller",
                             "permessage-deflate; server_max_window_bits=12",
                             "permessage-deflate; server_max_window_bits=9",
                             {}},
                    Response{"LargestServerWindowNotNamed",
                             "permessage-deflate; server_max_window_bits=15",
                             "permessage-deflate",
                             {}},
                    Response{"ClientWindowIgnored",
                             "permessage-deflate; client_max_window_bits=9",
                             "permessage-deflate",
                             {}},
                    Response{"ClientWindowForBareOffer",
                             "permessage-deflate; client_max_window_bits",
                             "permessage-deflate; client_max_window_bits=9",
                             {}},
                    // §7.1.2.2 has the offered value for a hint: the client keeps to it by itself.
                    Response{"ClientWindowLargerThanOffered",
                             "permessage-deflate; client_max_window_bits=9",
                             "permessage-deflate; client_max_window_bits=15",
                             {}},
                    Response{"SecondOffer",
                             "permessage-deflate; server_max_window_bits=9, permessage-deflate",
                             "permessage-deflate",
                             {}},
                    Response{"IllegalOfferBeforeAGoodOne",
                             "permessage-deflate; x, permessage-deflate",
                             "permessage-deflate",
                             {}}),
    [](const auto& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Illegal, JudgeDeflate,
    testing::Values(
        Response{"UnknownParameter", "permessage-deflate", "permessage-deflate; x",
                 deflate_parameter_unknown},
        Response{"RepeatedParameter", "permessage-deflate",
                 "permessage-deflate; server_no_context_takeover; server_no_context_takeover",
                 deflate_parameter_repeated},
        Response{"TakeoverWithValue", "permessage-deflate",
                 "permessage-deflate; server_no_context_takeover=1", deflate_parameter_value},
        Response{"ClientWindowBare", "permessage-deflate; client_max_window_bits",
                 "permessage-deflate; client_max_window_bits", deflate_parameter_value},
        Response{"ServerWindowBare", "permessage-deflate",
                 "permessage-deflate; server_max_window_bits", deflate_parameter_value},
        Response{"WindowOf16", "permessage-deflate",
                 "permessage-deflate; server_max_window_bits=16", deflate_parameter_value},
        Response{"WindowOf7", "permessage-deflate", "permessage-deflate; server_max_window_bits=7",
                 deflate_parameter_value},
        Response{"LeadingZero", "permessage-deflate; client_max_window_bits",
                 "permessage-deflate; client_max_window_bits=09", deflate_parameter_value},
        Response{"ClientWindowNotOffered", "permessage-deflate",
                 "permessage-deflate; client_max_window_bits=15",
                 deflate_client_window_not_offered},
        Response{"ServerTakeoverNotGivenUp", "permessage-deflate; server_no_context_takeover",
                 "permessage-deflate", deflate_takeover_not_given_up},
        Response{"ServerWindowNotNamed", "permessage-deflate; server_max_window_bits=14",
                 "permessage-deflate", deflate_window_not_kept},
        Response{"ServerWindowLarger", "permessage-deflate; server_max_window_bits=9",
                 "permessage-deflate; server_max_window_bits=10", deflate_window_not_kept},
        Response{"AllOffersIllegal",
                 "permessage-deflate; x, permessage-deflate; server_max_window_bits=16",
                 "permessage-deflate", deflate_offer_to_be_declined},
        Response{"Twice", "permessage-deflate, permessage-deflate",
                 "permessage-deflate, permessage-deflate", deflate_accepted_twice}),
    [](const auto& row) { return row.param.name; });

TEST(DeflateAgreement, IsWhatTheResponseSays) {
  const auto offers = list("permessage-deflate; server_max_window_bits=12; client_max_window_bits");
  const auto response = list(
      "permessage-deflate; server_max_window_bits=9; client_max_window_bits=10; "
      "client_no_context_takeover");
  EXPECT_EQ(deflate_agreement(response, offers), (DeflateAgreement{{9, true}, {10, false}}));
}

TEST(DeflateAgreement, HasTheLargestWindowsWhereNothingIsSaid) {
  EXPECT_EQ(deflate_agreement(list("permessage-deflate"), list("permessage-deflate")),
            DeflateAgreement());
  EXPECT_EQ(deflate_agreement({}, list("permessage-deflate")), std::nullopt);
}

TEST(DeflateAgreement, KeepsAClientToTheWindowItOffered) {
  EXPECT_EQ(deflate_agreement(list("permessage-deflate"),
                              list("permessage-deflate; client_max_window_bits=9"))
                ->client,
            (DeflateContext{9, true}));
}

}  // namespace
}  // namespace wsconform::permessage_deflate_test
