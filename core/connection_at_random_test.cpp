// What holds for a connection whatever the peer sends: frames of every kind, drawn at random
// from a fixed seed.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>

#include "core/tested_connection.h"

namespace wsconform::connection_at_random_test {
namespace {

using namespace tested;

class Draw {
 public:
  explicit Draw(unsigned seed) : engine_(seed) {}

  unsigned below(unsigned end) {
    return std::uniform_int_distribution<unsigned>(0, end - 1)(engine_);
  }
  bool one_in(unsigned times) { return below(times) == 0; }

  std::string payload(bool text) {
    static const std::vector<std::string> pieces = {"a", "\xC3\xA9", "\xE2\x82\xAC",
                                                    "\xF0\x9F\x98\x80"};
    std::string payload;
    const unsigned size = one_in(8) ? below(400) : below(20);
    while (payload.size() < size)
      payload += text ? pieces[below(4)] : std::string(1, static_cast<char>(below(256)));
    if (text && one_in(6)) payload += static_cast<char>(below(256));
    return payload;
  }

  // Mostly legal, now and then not.
  Frame frame(Role sender, bool& in_message) {
    static const std::vector<Opcode> controls = {Opcode::ping, Opcode::pong, Opcode::ping,
                                                 Opcode::close};
    Opcode opcode = in_message ? Opcode::continuation : one_in(2) ? Opcode::text : Opcode::binary;
    if (one_in(3)) opcode = controls[below(one_in(2) ? 4 : 3)];
    if (one_in(40)) opcode = static_cast<Opcode>(below(16));
    const bool control = is_control(opcode);
    std::string payload = this->payload(opcode == Opcode::text);
    if (control) payload.resize(std::min<std::size_t>(payload.size(), 125));
    if (opcode == Opcode::close && !one_in(4)) payload = "\x03\xE8";
    Frame frame = frame_from(sender, opcode, payload, control || one_in(2));
    if (!control) in_message = !frame.header.fin;
    if (one_in(60)) frame.header.fin = !frame.header.fin;
    if (one_in(60)) frame.header.rsv2 = true;
    if (one_in(60)) frame.header.length_form = LengthForm::bits64;
    if (one_in(60)) frame.header.masking_key = MaskingKey{1, 2, 3, 4};
    if (one_in(60)) frame.header.masking_key.reset();
    if (one_in(60)) frame.header.payload_length += below(1000);
    return frame;
  }

  Bytes stream(Role sender) {
    Bytes wire;
    bool in_message = false;
    for (unsigned left = 1 + below(12); left > 0; --left)
      append(wire, ByteView(encode(frame(sender, in_message))));
    wire.resize(wire.size() - (one_in(4) ? std::min<std::size_t>(below(10), wire.size()) : 0));
    return wire;
  }

  // Compressed messages in fragments, others and control frames between them; now and then a
  // bit is wrong.
  Bytes compressed_stream(Role sender, Deflater deflater) {
    Bytes wire;
    for (unsigned left = 1 + below(8); left > 0; --left) {
      const bool text = one_in(2);
      std::string payload = this->payload(text);
      if (one_in(12)) payload += std::string(below(800), '*');
      const bool compressed = !one_in(4);
      if (compressed) {
        Bytes deflated;
        deflater.deflate(bytes_of(payload), deflated, form());
        if (one_in(12))
          deflated[below(static_cast<unsigned>(deflated.size()))] ^= std::uint8_t{0x10};
        if (one_in(20)) deflated.pop_back();
        payload = text_of(deflated);
      }
      add_fragments(wire, sender, text ? Opcode::text : Opcode::binary, payload, compressed);
    }
    return wire;
  }

  DeflateContext context() { return {static_cast<int>(least_window_bits + below(8)), one_in(2)}; }

  std::vector<ByteView> cut(ByteView wire) {
    std::vector<ByteView> pieces;
    while (!wire.empty()) {
      const std::size_t size = std::min<std::size_t>(wire.size(), 1 + below(one_in(2) ? 4 : 60));
      pieces.push_back(wire.first(size));
      wire = wire.subspan(size);
    }
    return pieces;
  }

 private:
  DeflateForm form() {
    return {.level = static_cast<int>(below(10)),
            .block_size = one_in(3) ? 1 + below(30) : 0,
            .final = one_in(5)};
  }

  void add_fragments(Bytes& wire, Role sender, Opcode opcode, std::string_view payload,
                     bool compressed) {
    for (bool first = true, last = false; !last; first = false) {
      const std::string_view part = payload.substr(0, one_in(2) ? payload.size() : below(20));
      payload.remove_prefix(part.size());
      last = payload.empty() && !one_in(4);
      Frame frame = frame_from(sender, first ? opcode : Opcode::continuation, part, last);
      frame.header.rsv1 = (compressed && first) != one_in(80);
      append(wire, ByteView(encode(frame)));
      if (one_in(4)) append(wire, ByteView(encode(frame_from(sender, Opcode::ping, "between"))));
    }
  }

  std::mt19937 engine_;
};

ConnectionOptions limited(Role role) {
  ConnectionOptions options = open_as(role);
  options.limits.max_message = 600;
  options.limits.max_frame = 500;
  options.limits.max_fragments = 8;
  return options;
}

struct Outcome {
  Lines events;
  Bytes output;
};
Outcome run(Role role, const std::vector<ByteView>& pieces,
            std::optional<DeflateAgreement> deflate = {}) {
  ConnectionOptions options = limited(role);
  options.deflate = deflate;
  TestedConnection it(options);
  it.receive_pieces(pieces);
  it.receive_end();
  return {it.events, it.output};
}

class ConnectionProperties : public testing::TestWithParam<Role> {
 protected:
  static constexpr unsigned runs = 1000;
};
INSTANTIATE_TEST_SUITE_P(Roles, ConnectionProperties, testing::Values(Role::server, Role::client),
                         [](const auto& test) { return std::string(name_of(test.param)); });

TEST_P(ConnectionProperties, AnyCutGivesTheSameEventsAndOutput) {
  for (unsigned seed = 0; seed < runs; ++seed) {
    Draw draw(seed);
    const Bytes wire = draw.stream(peer_of(GetParam()));
    const Outcome whole = run(GetParam(), {wire});
    const Outcome pieces = run(GetParam(), draw.cut(wire));
    ASSERT_EQ(pieces.events, whole.events) << "seed " << seed;
    ASSERT_EQ(pieces.output, whole.output) << "seed " << seed;
  }
}

TEST_P(ConnectionProperties, AnyCutGivesTheSameWhereMessagesAreCompressed) {
  std::map<std::string, unsigned> failures;
  unsigned messages = 0;
  for (unsigned seed = 0; seed < 2 * runs; ++seed) {
    Draw draw(seed);
    const DeflateContext context = draw.context();
    const DeflateContext agreed = draw.one_in(4) ? draw.context() : context;
    const Bytes wire = draw.compressed_stream(peer_of(GetParam()), Deflater(context));
    const Outcome whole = run(GetParam(), {wire}, DeflateAgreement{agreed, agreed});
    const Outcome pieces = run(GetParam(), draw.cut(wire), DeflateAgreement{agreed, agreed});
    ASSERT_EQ(pieces.events, whole.events) << "seed " << seed;
    ASSERT_EQ(pieces.output, whole.output) << "seed " << seed;
    for (const std::string& line : whole.events) {
      messages += line.starts_with("text") || line.starts_with("binary");
      if (line.starts_with("failed 1")) ++failures[line.substr(13)];
    }
  }
  // The draw reaches them: else it would show nothing.
  EXPECT_GT(messages, runs);
  for (const auto* rule :
       {"malformed-deflate", "rsv1-without-extension", "message-too-big", "invalid-utf8"})
    EXPECT_GT(failures[rule], 10U) << rule;
}

TEST_P(ConnectionProperties, AtMostOneCloseIsSentAndNothingAfterIt) {
  for (unsigned seed = 0; seed < runs; ++seed) {
    const Lines frames =
        lines_of_frames(run(GetParam(), {Draw(seed).stream(peer_of(GetParam()))}).output);
    const auto close =
        std::ranges::find_if(frames, [](const auto& line) { return line.starts_with("close"); });
    ASSERT_TRUE(close == frames.end() || close + 1 == frames.end()) << "seed " << seed;
  }
}

TEST_P(ConnectionProperties, TheEndIsToldOnceAndLast) {
  unsigned failed = 0;
  unsigned clean = 0;
  for (unsigned seed = 0; seed < runs; ++seed) {
    const Lines events = run(GetParam(), {Draw(seed).stream(peer_of(GetParam()))}).events;
    const auto is_end = [](const auto& line) { return line.starts_with("closed"); };
    ASSERT_EQ(std::ranges::count_if(events, is_end), 1) << "seed " << seed;
    ASSERT_TRUE(is_end(events.back())) << "seed " << seed;
    failed += events.size() > 1 && events[events.size() - 2].starts_with("failed 1");
    clean += events.back().starts_with("closed clean");
  }
  // The draw reaches both: else it would show nothing.
  EXPECT_GT(failed, runs / 20);
  EXPECT_GT(clean, runs / 20);
}

}  // namespace
}  // namespace wsconform::connection_at_random_test
