#include "proof/hostile_target.h"

#include <optional>
#include <ostream>
#include <string>
#include <utility>

#include "core/frame_decoder.h"
#include "core/frame_encoder.h"
#include "core/handshake.h"

namespace wsconform {
namespace {

class Peer : public MemoryTarget {
 public:
  void receive(std::span<std::uint8_t> bytes) override { hear(bytes); }
  void receive_end() override {}
  void tick(Instant) override {}
  std::optional<Instant> next_deadline() const override { return std::nullopt; }
  Bytes take_output() override { return std::exchange(output_, {}); }
  bool wants_close() const override { return ends_; }

 protected:
  virtual void hear(ByteView) {}
  void say(ByteView bytes) { append(output_, bytes); }
  void say(std::string_view text) { append(output_, bytes_of(text)); }
  void end() { ends_ = true; }

 private:
  Bytes output_;
  bool ends_ = false;
};

class Silent : public Peer {};

class ClosesAtOnce : public Peer {
 public:
  ClosesAtOnce() { end(); }
};

class EndsAtFirstByte : public Peer {
  void hear(ByteView) override { end(); }
};

class Garbage : public Peer {
  void hear(ByteView bytes) override {
    for (std::size_t i = 0; i < bytes.size(); ++i) {
      const auto byte = static_cast<std::uint8_t>(i * 151 + bytes[i] * 7 + 13);
      say(ByteView(&byte, 1));
    }
  }
};

class EndlessHead : public Peer {
  void hear(ByteView) override { say("HTTP/1.1 101 Switching Protocols\r\n"); }
  Bytes take_output() override {
    Bytes said = Peer::take_output();
    append(said, bytes_of("X-Filler: " + std::string(60'000, 'a') + "\r\n"));
    return said;
  }
};

// Answers a request with the right 101, then does what its kind does.
class Welcoming : public Peer {
 protected:
  virtual void opened() {}
  virtual void hear_frames(ByteView) {}

 private:
  void hear(ByteView bytes) override {
    if (open_) return hear_frames(bytes);
    const std::size_t taken = head_.feed(bytes);
    if (!head_.complete()) return;
    open_ = true;
    const HttpHead request = parse_head(head_.text());
    const std::string key(request.value("Sec-WebSocket-Key").value_or(""));
    say("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: "
        "Upgrade\r\nSec-WebSocket-Accept: " +
        accept_for(key) + "\r\n\r\n");
    opened();
    if (taken < bytes.size()) hear_frames(bytes.subspan(taken));
  }

  HeadReader head_{1 << 22};
  bool open_ = false;
};

class Mute : public Welcoming {};

class Drops : public Welcoming {
  void hear_frames(ByteView) override { end(); }
};

class DropsAfterHandshake : public Welcoming {
  void opened() override { end(); }
};

class EndlessData : public Welcoming {
  void opened() override { open_ = true; }
  Bytes take_output() override {
    Bytes said = Peer::take_output();
    if (open_) encode(header_for(Opcode::binary, 65'536), Bytes(65'536, 'x'), said);
    return said;
  }
  bool open_ = false;
};

class EndlessPings : public Welcoming {
  void opened() override { open_ = true; }
  Bytes take_output() override {
    Bytes said = Peer::take_output();
    if (open_)
      for (int i = 0; i < 1000; ++i) encode(header_for(Opcode::ping, 1), to_bytes("x"), said);
    return said;
  }
  bool open_ = false;
};

class EndlessFrame : public Welcoming {
  void opened() override {
    Bytes head;
    encode_header(header_for(Opcode::binary, std::uint64_t{1} << 62), head);
    say(head);
    open_ = true;
  }
  Bytes take_output() override {
    Bytes said = Peer::take_output();
    if (open_) said.insert(said.end(), 65'536, 'x');
    return said;
  }
  bool open_ = false;
};

// Gives every frame back; masked where it masks.
class Reflector : public Welcoming {
 public:
  explicit Reflector(bool masks) : masks_(masks) {}

 private:
  void hear_frames(ByteView bytes) override {
    std::vector<FrameDecoder::Item> items;
    frames_.feed(bytes, items);
    for (FrameDecoder::Item& item : items) {
      item.frame.header.masking_key.reset();
      if (masks_) item.frame.header.masking_key = MaskingKey{1, 2, 3, 4};
      if (item.frame.header.opcode == Opcode::ping) item.frame.header.opcode = Opcode::pong;
      say(encode(item.frame));
      if (item.frame.header.opcode == Opcode::close) end();
    }
  }
  FrameDecoder frames_{1 << 25};
  bool masks_ = false;
};

template <typename Kind, typename... Arguments>
std::function<std::unique_ptr<MemoryTarget>(Instant)> make(Arguments... arguments) {
  return [=](Instant) { return std::make_unique<Kind>(arguments...); };
}

}  // namespace

void PrintTo(const HostilePeer& peer, std::ostream* out) {
  *out << peer.says;
}

const std::vector<HostilePeer>& hostile_peers() {
  static const std::vector<HostilePeer> peers = {
      {"silent", "Accepts TCP and says nothing.", false, make<Silent>()},
      {"closes_at_once", "Ends TCP before anything is sent.", false, make<ClosesAtOnce>()},
      {"ends_at_first_byte", "Ends TCP when the first byte comes.", false, make<EndsAtFirstByte>()},
      {"garbage", "Answers every byte with another.", false, make<Garbage>()},
      {"endless_head", "Answers with a head that never ends.", false, make<EndlessHead>()},
      {"endless_data", "Shakes hands, then sends messages without end.", true, make<EndlessData>()},
      {"endless_frame", "Shakes hands, then sends one frame without end.", true,
       make<EndlessFrame>()},
      {"endless_pings", "Shakes hands, then asks without end.", true, make<EndlessPings>()},
      {"mute", "Shakes hands, then ignores everything.", true, make<Mute>()},
      {"drops", "Shakes hands and ends TCP at the first byte of a frame.", true, make<Drops>()},
      {"drops_after_handshake", "Shakes hands and ends TCP.", true, make<DropsAfterHandshake>()},
      {"masks", "Answers as it should, with masked frames.", true, make<Reflector>(true)},
  };
  return peers;
}

const HostilePeer& reflector() {
  static const HostilePeer peer{"reflector", "Gives every frame back unjudged.", true,
                                make<Reflector>(false)};
  return peer;
}

}  // namespace wsconform
