#include "runner/conversation/scripted_frames.h"

#include <gtest/gtest.h>

#include "runner/casebook/cases_from_text.h"

namespace wsconform::scripted_frames_test {
namespace {

// Keys 01010101, 02020202 ... in the order they are asked for.
std::vector<WrittenFrame> written(std::string_view step, Role sender = Role::client) {
  std::uint8_t last = 0;
  const auto next_key = [&] {
    ++last;
    return MaskingKey{last, last, last, last};
  };
  return write_frames(step_of<SendFrame>(step), sender, next_key);
}

std::string wire(std::string_view step, Role sender = Role::client) {
  std::string all;
  for (const WrittenFrame& frame : written(step, sender)) {
    all += (all.empty() ? "" : " ") + to_hex(frame.wire);
  }
  return all;
}

struct Row {
  std::string_view name;
  std::string_view step;
  std::string_view wire;  // as a server sends it: unmasked
};
void PrintTo(const Row& row, std::ostream* out) {
  *out << row.name;
}

class WrittenStep : public testing::TestWithParam<Row> {};

TEST_P(WrittenStep, GoesOntoTheWireAsItStands) {
  EXPECT_EQ(wire(GetParam().step, Role::server), GetParam().wire);
}

constexpr Row rows[] = {
    {"Plain", R"({"send": "text", "payload": "Hi"})", "81024869"},
    {"NotFin", R"({"send": "text", "payload": "Hi", "fin": false})", "01024869"},
    {"Rsv1", R"({"send": "text", "rsv": 4})", "c100"},
    {"Rsv2And3", R"({"send": "text", "rsv": 3})", "b100"},
    {"ReservedOpcode", R"({"send": "reserved-b"})", "8b00"},
    {"LongerLengthForm", R"({"send": "text", "payload": "H", "length-form": 16})", "817e000148"},
    {"LongestLengthForm", R"({"send": "ping", "length-form": 64})", "897f0000000000000000"},
    {"DeclaresMore", R"({"send": "text", "payload": "H", "declared-length": 200})", "817e00c848"},
    {"DeclaresLess", R"({"send": "text", "payload": "Hi", "declared-length": 1})", "81014869"},
    {"Fragments", R"({"send": "text", "payload": "abc", "fragments": [1, 0]})",
     "010161 0000 80026263"},
    {"FragmentsThatTakeAll", R"({"send": "text", "payload": "ab", "fragments": [1, 1]})",
     "010161 800162"},
    {"FragmentsOfASize", R"({"send": "text", "payload": "abcde", "fragment-size": 2})",
     "01026162 00026364 800165"},
    {"FragmentsOfASizeThatDivides", R"({"send": "text", "payload": "abcd", "fragment-size": 2})",
     "01026162 80026364"},
    {"FragmentsWithoutAnEnd",
     R"({"send": "text", "payload": "ab", "fragments": [1], "fin": false})", "010161 000162"},
};
INSTANTIATE_TEST_SUITE_P(Step, WrittenStep, testing::ValuesIn(rows),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(CaseFrameWriter, MasksEachFrameOfAClientWithAFreshKey) {
  EXPECT_EQ(wire(R"({"send": "text", "payload": "ab", "fragments": [1]})"),
            "01810101010160 80810202020260");
}

TEST(CaseFrameWriter, MasksAsTheStepSaysWhoeverSends) {
  EXPECT_EQ(wire(R"({"send": "text", "payload": "a", "mask": "none"})"), "810161");
  EXPECT_EQ(wire(R"({"send": "text", "payload": "a", "mask": "000000ff"})", Role::server),
            "8181000000ff61");
}

TEST(CaseFrameWriter, KeepsThePayloadUnmaskedBesideItsWire) {
  const std::vector<WrittenFrame> frames = written(R"({"send": "text", "payload": "ab"})");
  ASSERT_EQ(frames.size(), 1U);
  EXPECT_EQ(text_of(frames[0].payload), "ab");
  EXPECT_EQ(frames[0].header.masking_key, (MaskingKey{1, 1, 1, 1}));
}

struct CutRow {
  std::string_view name;
  Cut cut;
  std::string_view pieces;
};
void PrintTo(const CutRow& row, std::ostream* out) {
  *out << row.name;
}

class CutWire : public testing::TestWithParam<CutRow> {};

TEST_P(CutWire, FallsIntoThesePieces) {
  std::string pieces;
  for (const Bytes& piece : cut_wire(to_bytes("abcdefg"), {3, 4}, GetParam().cut)) {
    pieces += (pieces.empty() ? "" : " ") + std::string(text_of(piece));
  }
  EXPECT_EQ(pieces, GetParam().pieces);
}

const CutRow cuts[] = {
    {"Whole", {}, "abcdefg"},
    {"Frames", {.kind = Cut::Kind::frames, .positions = {}}, "abc defg"},
    {"Bytes", {.kind = Cut::Kind::chunks, .chunk = 1, .positions = {}}, "a b c d e f g"},
    {"Chunks", {.kind = Cut::Kind::chunks, .chunk = 3, .positions = {}}, "abc def g"},
    {"ChunkOfTheWholeSize", {.kind = Cut::Kind::chunks, .chunk = 7, .positions = {}}, "abcdefg"},
    {"ChunkOfNoSize", {.kind = Cut::Kind::chunks, .positions = {}}, "abcdefg"},
    {"Positions", {.kind = Cut::Kind::positions, .positions = {1, 5}}, "a bcde fg"},
    {"PositionsAtAndPastTheEnds",
     {.kind = Cut::Kind::positions, .positions = {0, 2, 2, 7, 9}},
     "ab cdefg"},
};
INSTANTIATE_TEST_SUITE_P(Cut, CutWire, testing::ValuesIn(cuts),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(CutWire, OfNothingIsNoPieceThatHoldsAnything) {
  EXPECT_TRUE(cut_wire({}, {}, {.kind = Cut::Kind::frames, .positions = {}}).empty());
}

std::string compressed(std::string_view step) {
  Deflater deflater;
  std::string all;
  for (const WrittenFrame& frame :
       write_frames(step_of<SendFrame>(step), Role::server, [] { return MaskingKey(); }, &deflater))
    all += (all.empty() ? "" : " ") + to_hex(frame.wire);
  return all;
}

TEST(CompressedStep, HasRsv1AndItsFragmentsAreThoseOfTheCompressedBytes) {
  EXPECT_EQ(compressed(R"({"send": "text", "payload": "Hello", "deflate": true})"),
            "c107f248cdc9c90700");
  EXPECT_EQ(
      compressed(R"({"send": "text", "payload": "Hello", "deflate": true, "fragments": [3, 0]})"),
      "4103f248cd 0000 8004c9c90700");
}

TEST(CompressedStep, HasTheFormThatIsAskedFor) {
  EXPECT_EQ(compressed(R"({"send": "text", "payload": "Hello", "deflate": {"level": 0}})"),
            "c10b000500faff48656c6c6f00");
  EXPECT_EQ(compressed(R"({"send": "text", "payload": "Hello", "deflate": {"final": true}})"),
            "c108f348cdc9c9070000");
}

TEST(CompressedStep, GoesOutAsItIsWhereNothingWasAgreed) {
  EXPECT_EQ(wire(R"({"send": "text", "payload": "Hi", "deflate": true})", Role::server),
            "81024869");
}

}  // namespace
}  // namespace wsconform::scripted_frames_test
