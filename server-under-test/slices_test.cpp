// An EchoEndpoint that works in slices.
#include <gtest/gtest.h>

#include "core/deflate.h"
#include "server-under-test/battery_of_bytes.h"

namespace wsconform::slices_test {
namespace {

using enum Opcode;

EchoEndpoint an_endpoint() {
  EchoOptions options;
  options.limits.max_message = 8 * 1024 * 1024;
  return {std::move(options), test_start};
}

// As `told`, in slices of so much work.
std::string told_in_slices(ByteView stream, std::size_t most) {
  EchoEndpoint endpoint = an_endpoint();
  std::string all;
  Bytes input(stream.begin(), stream.end());
  for (std::span<std::uint8_t> rest = input; !rest.empty();) {
    auto read = rest.first(std::min(rest.size(), endpoint.appetite()));
    rest = rest.subspan(read.size());
    for (bool more = true; more;) {
      more = endpoint.work(read, most);
      all += text_of(endpoint.take_output());
    }
    EXPECT_TRUE(read.empty());
    if (endpoint.wants_close()) return all + "[end]";
  }
  return all + "[open]";
}

TEST(Slices, ChangeNothingOfWhatIsAnswered) {
  std::vector<std::string> streams = battery_of_compression();
  for (const Bytes& frames : battery_of_frames())
    streams.push_back(good_request + std::string(text_of(frames)));
  for (const std::string& stream : streams) {
    EchoEndpoint whole = an_endpoint();
    const std::string expected = told(whole, bytes_of(stream));
    for (const std::size_t most : {1U, 100'000U})
      ASSERT_EQ(told_in_slices(bytes_of(stream), most), expected) << stream.substr(0, 400);
  }
}

// A request, and a message of so many zeros that few bytes become.
std::string a_bomb(std::size_t size, std::string_view offer) {
  Bytes payload;
  Deflater().deflate(Bytes(size), payload);
  Frame frame = tested::frame_from(Role::client, binary, text_of(payload));
  frame.header.rsv1 = true;
  return request_and("Sec-WebSocket-Extensions: permessage-deflate" + std::string(offer)) +
         std::string(text_of(encode(frame)));
}

TEST(Slices, NoMessageInflatesMuchInOne) {
  const std::string stream = a_bomb(6 * 1024 * 1024, "");
  EchoEndpoint endpoint = an_endpoint();
  Bytes input = to_bytes(stream);
  std::span<std::uint8_t> bytes = input;
  std::size_t held = 0;
  std::size_t slices = 0;
  for (bool more = true; more; ++slices) {
    more = endpoint.work(bytes, 64 * 1024);
    // Twice: memory grows by doubling.
    EXPECT_LE(endpoint.held(), 2 * held + 2 * 1024 * 1024);
    held = endpoint.held();
  }
  EXPECT_GT(slices, 100U) << "it inflates and deflates in steps";
  EXPECT_EQ(endpoint.counters().received.bytes, 6U * 1024 * 1024);
}

TEST(Slices, ALargeMessageComesBackInSteps) {
  EchoEndpoint endpoint = an_endpoint();
  Bytes input = joined({to_bytes(good_request), masked(binary, std::string(5'000'000, 'x'))});
  std::size_t written = 0;
  for (std::size_t at = 0; at < input.size(); at += 100'000) {
    auto bytes = std::span(input).subspan(at, std::min<std::size_t>(100'000, input.size() - at));
    for (bool more = true; more;) {
      more = endpoint.work(bytes, 1);
      const std::size_t step = endpoint.take_output().size();
      EXPECT_LE(step, 128U * 1024);
      written += step;
    }
  }
  EXPECT_GT(written, 5'000'000U);
}

TEST(Slices, RefusingGivesBackWhatWasHeld) {
  EchoEndpoint endpoint = an_endpoint();
  Bytes input = joined({to_bytes(good_request), masked(binary, std::string(300'000, 'x'), false)});
  endpoint.receive(input);
  endpoint.take_output();
  EXPECT_GE(endpoint.held(), 300'000U);
  endpoint.refuse(1009, "Too much.");
  endpoint.rest();
  EXPECT_TRUE(endpoint.wants_close());
  EXPECT_EQ(tested::lines_of_frames(endpoint.take_output()), Lines{"close 1009 'Too much.'"});
  EXPECT_EQ(endpoint.held(), 0U);
}

}  // namespace
}  // namespace wsconform::slices_test
