#include "runner/target/message_form.h"

#include <gtest/gtest.h>

namespace wsconform::message_form_test {
namespace {

std::string filled(std::string_view form, std::string_view payload, bool first = true,
                   bool last = true) {
  return std::string(
      text_of(MessageForm::parse(form).value().filled(bytes_of(payload), first, last)));
}

TEST(MessageForm, PutsThePayloadWhereItBelongs) {
  EXPECT_EQ(filled("say {payload}!", "a \"b\""), "say a \"b\"!");
  EXPECT_EQ(filled(R"({"msg": {payload-as-json}})", "a \"b\"\\\n"),
            R"({"msg": "a \"b\"\\\u000a"})");
}

TEST(MessageForm, IsFilledPieceByPiece) {
  const std::string_view form = R"({"msg": {payload-as-json}})";
  EXPECT_EQ(filled(form, "a", true, false), R"({"msg": "a)");
  EXPECT_EQ(filled(form, "b", false, false), "b");
  EXPECT_EQ(filled(form, "c", false, true), R"(c"})");
}

TEST(MessageForm, KeepsWhatIsNoUtf8) {
  EXPECT_EQ(filled("{payload-as-json}", "\xce\xff"), "\"\xce\xff\"");
}

TEST(MessageForm, HoldsThePayloadOnce) {
  EXPECT_FALSE(MessageForm::parse(""));
  EXPECT_FALSE(MessageForm::parse("nothing"));
  EXPECT_FALSE(MessageForm::parse("{payload}{payload}"));
  EXPECT_FALSE(MessageForm::parse("{payload}{payload-as-json}"));
}

}  // namespace
}  // namespace wsconform::message_form_test
