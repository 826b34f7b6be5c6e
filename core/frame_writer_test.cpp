#include "core/frame_writer.h"

#include <gtest/gtest.h>

#include "core/close_payload.h"
#include "core/tested_connection.h"

namespace wsconform::frame_writer_test {
namespace {

using namespace tested;

TEST(FrameWriter, AServerWritesUnmasked) {
  Bytes out;
  FrameWriter(Role::server, {}).write(Opcode::text, bytes_of("Hello"), out);
  EXPECT_EQ(to_hex(out), "810548656c6c6f");
}

TEST(FrameWriter, AClientMasksEachFrameWithTheNextKey) {
  std::uint8_t number = 0;
  FrameWriter writer(Role::client, [&] { return MaskingKey{++number, 0, 0, 0}; });
  Bytes out;
  writer.write(Opcode::ping, {}, out);
  writer.write(Opcode::binary, Bytes{0xFF}, out);
  EXPECT_EQ(to_hex(out),
            "898001000000"
            "828102000000fd");
}

TEST(FrameWriter, UsesTheShortestLengthForm) {
  for (const std::size_t size : {0u, 125u, 126u, 65535u, 65536u}) {
    Bytes out;
    FrameWriter(Role::server, {}).write(Opcode::binary, Bytes(size), out);
    EXPECT_EQ(out.size(), size + (size < 126 ? 2 : size < 65536 ? 4 : 10));
  }
}

Lines written_close(std::uint16_t code, std::string_view reason) {
  Bytes out;
  FrameWriter(Role::server, {}).write_close(code, reason, out);
  return lines_of_frames(out);
}

TEST(FrameWriter, ACloseHasCodeAndReason) {
  EXPECT_EQ(written_close(1000, "bye"), Lines{"close 1000 'bye'"});
  EXPECT_EQ(written_close(4999, ""), Lines{"close 4999 ''"});
}

TEST(FrameWriter, CodeZeroStandsForAnEmptyClose) {
  EXPECT_EQ(written_close(0, "unsaid"), Lines{"close ''"});
}

TEST(FrameWriter, CutsALongReasonBetweenCharacters) {
  for (std::size_t before = 118; before <= 125; ++before) {
    const std::string reason = std::string(before, 'a') + "\xF0\x9F\x98\x80 and more";
    Bytes out;
    FrameWriter(Role::server, {}).write_close(1000, reason, out);
    const ByteView payload = ByteView(out).subspan(2);
    EXPECT_EQ(out[1], payload.size());
    EXPECT_LE(payload.size(), 125u);
    EXPECT_GE(payload.size(), 125u - 3);
    EXPECT_EQ(check_close_payload(payload, Role::server), std::nullopt) << before;
  }
}

}  // namespace
}  // namespace wsconform::frame_writer_test
