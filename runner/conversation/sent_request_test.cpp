#include "runner/conversation/sent_request.h"

#include <gtest/gtest.h>

#include "core/http_head.h"
#include "runner/casebook/cases_from_text.h"
#include "runner/conversation/request_writer.h"

namespace wsconform::sent_request_test {
namespace {

SentRequest seen(std::string_view edits) {
  TargetProfile target;
  target.address = parse_target_url("ws://example.org:9001/chat").value();
  const auto step = step_of<SendRequest>(R"({"request": )" + std::string(edits) + "}");
  const auto written = write_request(step, target, "dGhlIHNhbXBsZSBub25jZQ==");
  return seen_in(step, parse_head(written.head));
}

TEST(SentRequest, IsPlainWhereNothingWasAskedBeside) {
  EXPECT_TRUE(seen("{}").plain);
  EXPECT_FALSE(seen(R"({"set": {"Origin": "http://example.org"}})").plain);
}

TEST(SentRequest, NamesTheFirstRuleThatItBreaks) {
  EXPECT_EQ(seen("{}").fault, std::nullopt);
  EXPECT_EQ(seen(R"({"drop": ["Host", "Sec-WebSocket-Key"]})").fault, HandshakeFault::host_missing);
}

TEST(SentRequest, MayHaveABody) {
  EXPECT_EQ(seen(R"({"set": {"Content-Length": "5"}})").fault, std::nullopt);
  EXPECT_EQ(seen(R"({"set": {"Content-Length": "5"}, "drop": ["Sec-WebSocket-Key"]})").fault,
            HandshakeFault::key_missing);
}

TEST(SentRequest, LacksNothingWhileItIsNotFinished) {
  EXPECT_EQ(seen(R"({"drop": ["Host"], "finished": false})").fault, std::nullopt);
}

TEST(SentRequest, OffersWhatIsWrittenPlainly) {
  const auto offered = [](std::string_view value) {
    return seen(R"({"set": {"Sec-WebSocket-Extensions": ")" + std::string(value) + R"("}})")
        .offered.size();
  };
  EXPECT_EQ(offered("permessage-deflate; server_max_window_bits=12, x"), 2U);
  EXPECT_EQ(offered("permessage-deflate ;server_max_window_bits=12"), 0U);
  EXPECT_EQ(offered("permessage-deflate;;"), 0U);
  EXPECT_TRUE(seen("{}").offered.empty());
}

}  // namespace
}  // namespace wsconform::sent_request_test
