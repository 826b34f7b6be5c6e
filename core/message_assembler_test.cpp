#include "core/message_assembler.h"

#include <gtest/gtest.h>

#include <string>

namespace wsconform::message_assembler_test {
namespace {

FrameHeader header(Opcode opcode, std::size_t length, bool fin) {
  FrameHeader header = header_for(opcode, length);
  header.fin = fin;
  return header;
}

// Takes a whole frame; the first violation, if any.
std::optional<Violation> put(MessageAssembler& assembler, Opcode opcode, std::string_view payload,
                             bool fin) {
  if (const auto broken = assembler.begin_frame(header(opcode, payload.size(), fin))) return broken;
  if (const auto broken = assembler.add(bytes_of(payload), 0)) return broken;
  return assembler.end_frame();
}

TEST(MessageAssembler, ViewsAnUnfragmentedMessageWhereItLies) {
  const std::string payload = "Hello";
  MessageAssembler assembler(10);
  EXPECT_EQ(put(assembler, Opcode::text, payload, true), std::nullopt);
  EXPECT_TRUE(assembler.under_way());
  const auto message = assembler.take();
  EXPECT_EQ(static_cast<const void*>(message.payload.data()), payload.data());
  EXPECT_EQ(message.opcode, Opcode::text);
  EXPECT_FALSE(assembler.under_way());
}

TEST(MessageAssembler, JoinsFragmentsUnderTheFirstOpcode) {
  MessageAssembler assembler(10);
  put(assembler, Opcode::text, "Hel", false);
  put(assembler, Opcode::continuation, "", false);
  EXPECT_EQ(assembler.size(), 3u);
  put(assembler, Opcode::continuation, "lo", true);
  const auto message = assembler.take();
  EXPECT_EQ(message.opcode, Opcode::text);
  EXPECT_EQ(text_of(message.payload), "Hello");
  EXPECT_EQ(assembler.size(), 0u);
}

TEST(MessageAssembler, GivesAnEmptyMessage) {
  MessageAssembler assembler(10);
  EXPECT_EQ(put(assembler, Opcode::binary, "", true), std::nullopt);
  EXPECT_TRUE(assembler.take().payload.empty());
}

TEST(MessageAssembler, ACharacterMayBeCutBetweenFragments) {
  MessageAssembler assembler(10);
  EXPECT_EQ(put(assembler, Opcode::text, "\xE2\x82", false), std::nullopt);
  EXPECT_EQ(put(assembler, Opcode::continuation, "\xAC", true), std::nullopt);
  EXPECT_EQ(text_of(assembler.take().payload), "\xE2\x82\xAC");
}

TEST(MessageAssembler, ACharacterMustBeWholeAtTheEnd) {
  MessageAssembler assembler(10);
  EXPECT_EQ(put(assembler, Opcode::text, "\xE2", false), std::nullopt);
  EXPECT_EQ(put(assembler, Opcode::continuation, "\x82", true), Violation::invalid_utf8);
}

TEST(MessageAssembler, TextFailsAtItsFirstWrongByteInsideAFrame) {
  MessageAssembler assembler(10);
  ASSERT_EQ(assembler.begin_frame(header(Opcode::text, 1000, false)), std::nullopt);
  EXPECT_EQ(assembler.add(bytes_of("fine"), 996), std::nullopt);
  EXPECT_EQ(assembler.add(bytes_of("\xFF"), 995), Violation::invalid_utf8);
}

TEST(MessageAssembler, BinaryIsNotText) {
  MessageAssembler assembler(10);
  EXPECT_EQ(put(assembler, Opcode::binary, "\xFF", false), std::nullopt);
  EXPECT_EQ(put(assembler, Opcode::continuation, "\xFE", true), std::nullopt);
}

TEST(MessageAssembler, EachTextIsValidatedAnew) {
  MessageAssembler assembler(10);
  put(assembler, Opcode::text, "\xE2", false);
  put(assembler, Opcode::text, "new", true);
  EXPECT_EQ(text_of(assembler.take().payload), "new");
}

TEST(MessageAssembler, CountsEmptyFragmentsToo) {
  MessageAssembler assembler(3);
  EXPECT_EQ(put(assembler, Opcode::binary, "", false), std::nullopt);
  EXPECT_EQ(put(assembler, Opcode::continuation, "", false), std::nullopt);
  EXPECT_EQ(put(assembler, Opcode::continuation, "", false), std::nullopt);
  EXPECT_EQ(put(assembler, Opcode::continuation, "", true), Violation::too_many_fragments);
}

TEST(MessageAssembler, CountsTheFragmentsOfEachMessage) {
  MessageAssembler assembler(2);
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(put(assembler, Opcode::binary, "a", false), std::nullopt);
    EXPECT_EQ(put(assembler, Opcode::continuation, "b", true), std::nullopt);
    assembler.take();
  }
}

TEST(MessageAssembler, ToleratesWhatItIsTold) {
  ViolationSet all;
  all.set();
  MessageAssembler assembler(1, all);
  EXPECT_EQ(put(assembler, Opcode::text, "\xFF", false), std::nullopt);
  EXPECT_EQ(put(assembler, Opcode::continuation, "\xE2", true), std::nullopt);
  EXPECT_EQ(text_of(assembler.take().payload), "\xFF\xE2");
}

TEST(MessageAssembler, AToleratedOrphanIsABinaryMessage) {
  MessageAssembler assembler(10);
  EXPECT_EQ(put(assembler, Opcode::continuation, "orphan", true), std::nullopt);
  const auto message = assembler.take();
  EXPECT_EQ(message.opcode, Opcode::binary);
  EXPECT_EQ(text_of(message.payload), "orphan");
}

}  // namespace
}  // namespace wsconform::message_assembler_test
