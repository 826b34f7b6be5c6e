#include "core/deflate.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <ostream>
#include <random>
#include <string>
#include <vector>

namespace wsconform::deflate_test {
namespace {

using Inflated = std::expected<std::string, std::string>;

// A whole message, cut into pieces of `step` bytes.
Inflated inflated(Inflater& inflater, ByteView payload, std::size_t step = SIZE_MAX) {
  std::string text;
  Bytes room(16 * 1024);
  for (bool ended = false; !ended;) {
    ended = payload.empty();
    const ByteView piece = payload.first(std::min(step, payload.size()));
    payload = payload.subspan(piece.size());
    ended ? inflater.feed_end() : inflater.feed(piece);
    for (;;) {
      const auto given = inflater.next(room);
      if (!given) return std::unexpected(std::string(given.error()));
      if (given->empty()) break;
      text += text_of(*given);
    }
  }
  return text;
}
Inflated inflated_hex(Inflater& inflater, std::string_view hex, std::size_t step = SIZE_MAX) {
  return inflated(inflater, *from_hex(hex), step);
}
Bytes deflated(Deflater& deflater, std::string_view message, const DeflateForm& form = {}) {
  Bytes out;
  deflater.deflate(bytes_of(message), out, form);
  return out;
}

// Words drawn at random: far repetitions, so that a window matters.
std::string prose(std::size_t size, unsigned seed = 1) {
  std::mt19937 random(seed);
  std::string text;
  while (text.size() < size) text += "word" + std::to_string(random() % 700) + ' ';
  text.resize(size);
  return text;
}
// 64 letters at random: hardly anything repeats, and yet no block is stored.
std::string noise(std::size_t size) {
  std::mt19937 random(7);
  std::string text(size, '\0');
  std::ranges::generate(text, [&] { return static_cast<char>('0' + random() % 64); });
  return text;
}

// RFC 7692 §7.2.3

TEST(Inflater, TakesOneBlock) {
  Inflater inflater;
  EXPECT_EQ(inflated_hex(inflater, "f2 48 cd c9 c9 07 00"), "Hello");
}

TEST(Inflater, TakesAMessageThatSharesTheWindow) {
  Inflater inflater;
  EXPECT_EQ(inflated_hex(inflater, "f2 48 cd c9 c9 07 00"), "Hello");
  EXPECT_EQ(inflated_hex(inflater, "f2 00 11 00 00"), "Hello");
}

TEST(Inflater, TakesAStoredBlock) {
  Inflater inflater;
  EXPECT_EQ(inflated_hex(inflater, "00 05 00 fa ff 48 65 6c 6c 6f 00"), "Hello");
}

TEST(Inflater, TakesABlockWithBfinalAndWhatFollowsIt) {
  Inflater inflater;
  EXPECT_EQ(inflated_hex(inflater, "f3 48 cd c9 c9 07 00 00"), "Hello");
  EXPECT_EQ(inflated_hex(inflater, "f3 48 cd c9 c9 07 00 f2 48 cd c9 c9 07 00"), "HelloHello");
  EXPECT_EQ(inflated_hex(inflater, "f2 48 cd c9 c9 07 00"), "Hello");
}

TEST(Inflater, TakesTwoBlocksInOneMessage) {
  Inflater inflater;
  EXPECT_EQ(inflated_hex(inflater, "f2 48 05 00 00 00 ff ff ca c9 c9 07 00"), "Hello");
}

TEST(Inflater, TakesEveryKindOfEmptyMessage) {
  for (const char* empty : {"", "00", "02 00", "03 00 00", "00 00 00 ff ff 00"}) {
    Inflater inflater;
    EXPECT_EQ(inflated_hex(inflater, empty), "") << empty;
    EXPECT_EQ(inflated_hex(inflater, "f2 48 cd c9 c9 07 00"), "Hello") << empty;
  }
}

TEST(Inflater, KeepsTheWindowBehindABlockWithBfinal) {
  Inflater inflater;
  EXPECT_EQ(inflated_hex(inflater, "f3 48 cd c9 c9 07 00 00"), "Hello");
  EXPECT_EQ(inflated_hex(inflater, "f2 00 11 00 00"), "Hello");
}

TEST(Inflater, TakesAFinalBlockAsTheEndOfAMessage) {
  Inflater inflater;
  EXPECT_EQ(inflated_hex(inflater, "f3 48 cd c9 c9 07 00"), "Hello");
  EXPECT_EQ(inflated_hex(inflater, "f2 48 cd c9 c9 07 00"), "Hello");
}

// What is malformed

struct Row {
  const char* name;
  const char* hex;
};
void PrintTo(const Row& row, std::ostream* out) {
  *out << row.name;
}

class Malformed : public testing::TestWithParam<Row> {};

TEST_P(Malformed, IsAnErrorAtEveryCutAndStaysOne) {
  for (const std::size_t step : {1U, 2U, 100U}) {
    Inflater inflater;
    EXPECT_FALSE(inflated_hex(inflater, GetParam().hex, step).has_value());
    Bytes room(1);
    EXPECT_FALSE(inflater.next(room).has_value());
  }
}

INSTANTIATE_TEST_SUITE_P(
    Data, Malformed,
    testing::Values(Row{"ReservedBlockType", "06 00"}, Row{"ReservedBlockTypeWithBfinal", "07 00"},
                    Row{"StoredLengthsThatDiffer", "00 05 00 fb ff 48 65 6c 6c 6f 00"},
                    Row{"DistanceBeforeTheStart", "f2 00 11 00 00"},
                    Row{"InvalidLengthSymbol", "1b 03 00"}, Row{"CutInsideABlock", "f2 48 cd"},
                    Row{"WithoutItsLastOctet", "f2 48 cd c9 c9 07"},
                    Row{"CutInsideAStoredBlock", "00 05 00 fa ff 48 65"},
                    Row{"CutInsideAStoredLength", "00 05"},
                    Row{"StoredBlockThatTheOctetsPutBackComplete", "00 05 00 fa ff 48"},
                    Row{"FinalBlockThatTheOctetsPutBackComplete", "01 05 00 fa ff 48"},
                    Row{"DynamicCodesOverfull", "ec ff ff ff ff ff ff ff ff ff ff ff"}),
    [](const auto& row) { return row.param.name; });

TEST(Inflater, ForgetsTheWindowWhereItIsNotTakenOver) {
  Inflater inflater({most_window_bits, false});
  EXPECT_EQ(inflated_hex(inflater, "f2 48 cd c9 c9 07 00"), "Hello");
  EXPECT_EQ(inflated_hex(inflater, "f2 48 cd c9 c9 07 00"), "Hello");
  EXPECT_FALSE(inflated_hex(inflater, "f2 00 11 00 00").has_value());
}

class Windows : public testing::TestWithParam<int> {};
INSTANTIATE_TEST_SUITE_P(Bits, Windows, testing::Range(least_window_bits, most_window_bits + 1));

TEST_P(Windows, AreKeptToByTheDeflater) {
  const DeflateContext context{GetParam(), true};
  Deflater deflater(context);
  Inflater inflater(context);
  for (unsigned seed = 0; seed < 3; ++seed) {
    const std::string message = prose(100'000, seed);
    EXPECT_EQ(inflated(inflater, deflated(deflater, message)), message);
  }
}

// A message in which the last 40 bytes refer back by `distance`.
Bytes referring_back(std::size_t distance) {
  const std::string mark = noise(40);
  Deflater deflater;
  return deflated(deflater, mark + noise(distance + 40).substr(80) + mark);
}

TEST_P(Windows, AreKeptToExactlyAtEveryCut) {
  if (GetParam() == most_window_bits) return;  // further back than that DEFLATE cannot refer
  const std::size_t reach = std::size_t{1} << GetParam();
  for (const std::size_t step : {std::size_t{1}, std::size_t{100}, SIZE_MAX}) {
    Inflater inflater({GetParam(), true});
    EXPECT_TRUE(inflated(inflater, referring_back(reach), step).has_value());
    EXPECT_EQ(inflated(inflater, referring_back(reach + 1), step),
              std::unexpected(std::string("invalid distance too far back")));
  }
}

// Forms

struct FormRow {
  const char* name;
  DeflateForm form;
};
void PrintTo(const FormRow& row, std::ostream* out) {
  *out << row.name;
}

class Forms : public testing::TestWithParam<FormRow> {};

TEST_P(Forms, AreInflatedToWhatWasDeflated) {
  for (const DeflateContext context :
       {DeflateContext{15, true}, {15, false}, {9, true}, {8, true}}) {
    Deflater deflater(context);
    for (const std::size_t step : {std::size_t{1}, std::size_t{777}, SIZE_MAX}) {
      Inflater inflater(context);
      DeflateForm first = GetParam().form;
      first.fresh = true;
      for (const std::string& message : {prose(5000), std::string(), std::string(70'000, '*'),
                                         noise(3000), std::string("Hello")}) {
        EXPECT_EQ(inflated(inflater, deflated(deflater, message, first), step), message);
        first = GetParam().form;
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(
    Each, Forms,
    testing::Values(FormRow{"Plain", {}}, FormRow{"Stored", {.level = 0}},
                    FormRow{"Best", {.level = 9}},
                    FormRow{"FixedCodes", {.codes = DeflateForm::Codes::fixed}},
                    FormRow{"HuffmanOnly", {.codes = DeflateForm::Codes::huffman_only}},
                    FormRow{"ManyBlocks", {.block_size = 100}},
                    FormRow{"ManyStoredBlocks", {.level = 0, .block_size = 100}},
                    FormRow{"Final", {.final = true}},
                    FormRow{"FinalOfManyBlocks", {.block_size = 100, .final = true}},
                    FormRow{"Fresh", {.fresh = true}}),
    [](const auto& row) { return row.param.name; });

TEST(Deflater, WritesAnEmptyMessageAsOneEmptyBlock) {
  Deflater deflater;
  EXPECT_EQ(to_hex(deflated(deflater, "")), "00");
  EXPECT_EQ(to_hex(deflated(deflater, "Hello")), "f248cdc9c90700");
  EXPECT_EQ(to_hex(deflated(deflater, "")), "00");
}

TEST(Deflater, TakesTheWindowOverOrNot) {
  const std::string message = noise(1000);
  Deflater taking;
  deflated(taking, message);
  EXPECT_LT(deflated(taking, message).size(), 50U);
  Deflater leaving({most_window_bits, false});
  deflated(leaving, message);
  EXPECT_GT(deflated(leaving, message).size(), 700U);
}

TEST(Deflater, ReachesBackAsFarAsItsWindow) {
  const std::string block = noise(8000);
  Deflater wide({14, true});
  EXPECT_LT(deflated(wide, block + block).size(), 7000U);
  Deflater narrow({9, true});
  EXPECT_GT(deflated(narrow, block + block).size(), 11'000U);
}

// Bombs

TEST(Inflater, GivesABombInPieces) {
  Deflater deflater;
  const Bytes bomb = deflated(deflater, std::string(16 * 1024 * 1024, '\0'), {.level = 9});
  EXPECT_LT(bomb.size(), 20'000U);
  Inflater inflater;
  inflater.feed(bomb);
  std::size_t all = 0;
  Bytes room(10'000);
  for (auto piece = inflater.next(room); !piece->empty(); piece = inflater.next(room)) {
    ASSERT_EQ(piece->data(), room.data());
    ASSERT_LE(piece->size(), room.size());
    all += piece->size();
  }
  EXPECT_EQ(all, 16U * 1024 * 1024);
}

TEST(Inflater, TakesAnyBytesWithoutHarm) {
  std::mt19937 random(3);
  for (int run = 0; run < 2000; ++run) {
    Bytes data(1 + random() % 60);
    std::ranges::generate(data, [&] { return static_cast<std::uint8_t>(random()); });
    const DeflateContext context{static_cast<int>(8 + random() % 8), true};
    Inflater whole(context);
    Inflater pieces(context);
    ASSERT_EQ(inflated(whole, data), inflated(pieces, data, 1)) << to_hex(data);
  }
}

}  // namespace
}  // namespace wsconform::deflate_test
