#include "runner/casebook/payload_reader.h"

#include <gtest/gtest.h>

#include "runner/casebook/cases_from_text.h"

namespace wsconform::payload_reader_test {
namespace {

Payload read(std::string_view json) {
  const JsonSource source = JsonSource::parse("p", json);
  JsonReading reading{source};
  return read_payload(JsonNode(source.value(), reading, ""));
}

std::string hex(std::string_view json) {
  return to_hex(read(json).build());
}

std::string fault(std::string_view json) {
  try {
    read(json);
  } catch (const InputError& error) {
    return error.pointer() + ": " + error.message();
  }
  return "";
}

TEST(PayloadReader, ReadsEveryKind) {
  EXPECT_EQ(hex(R"("é")"), "c3a9");
  EXPECT_EQ(hex(R"("\u0000")"), "00");
  EXPECT_EQ(hex("42"), "3432");
  EXPECT_EQ(hex(R"({"hex": "C0 af"})"), "c0af");
  EXPECT_EQ(hex(R"({"repeat": "ab", "times": 2})"), "61626162");
  EXPECT_EQ(hex(R"({"repeat": "a", "times": 0})"), "");
  EXPECT_EQ(hex(R"({"repeat-hex": "00ff", "times": 2})"), "00ff00ff");
  EXPECT_EQ(read(R"({"random": 300})").size(), 300u);
}

TEST(PayloadReader, JoinsPartsInOrder) {
  EXPECT_EQ(hex(R"({"join": ["a", {"hex": "00"}, {"join": [{"repeat": "b", "times": 2}]}, ""]})"),
            "61006262");
}

TEST(PayloadReader, RefusesWhatContradictsItself) {
  EXPECT_EQ(fault(R"({"hex": "0"})"), "/hex: is not hex");
  EXPECT_EQ(fault(R"({"hex": "00", "random": 1})"), R"(: has both "hex" and "random")");
  EXPECT_EQ(fault(R"({"repeat": "a"})"), R"(: lacks the member "times")");
  EXPECT_EQ(fault(R"({"hex": "00", "times": 2})"), R"(: has "times" without "repeat")");
  EXPECT_EQ(fault(R"({"times": 2})"), ": says nothing of its bytes");
}

TEST(PayloadReader, RefusesWhatIsTooLargeWithoutBuildingIt) {
  EXPECT_EQ(fault(R"({"random": 268435456})"), "");
  EXPECT_EQ(fault(R"({"random": 268435457})"), ": is a payload of more than 256 MiB");
  EXPECT_EQ(fault(R"({"repeat": "ab", "times": 18446744073709551615})"),
            ": is a payload of more than 256 MiB");
  EXPECT_EQ(fault(R"({"join": [{"random": 200000000}, {"random": 200000000}]})"),
            ": is a payload of more than 256 MiB");
}

TEST(PayloadReader, BoundsWhatAllTextsTake) {
  const JsonSource source = JsonSource::parse("p", R"({"repeat": "a", "times": 60})");
  JsonReading reading{source, 100};
  const JsonNode node(source.value(), reading, "");
  EXPECT_EQ(read_text(node), std::string(60, 'a'));
  EXPECT_THROW(read_text(node), InputError);
}

}  // namespace
}  // namespace wsconform::payload_reader_test
