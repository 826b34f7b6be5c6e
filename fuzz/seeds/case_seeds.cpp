#include "fuzz/seeds/case_seeds.h"

#include <algorithm>
#include <fstream>
#include <set>
#include <stdexcept>
#include <string_view>
#include <variant>

#include "fuzz/frame_stream_property.h"
#include "fuzz/handshake_request_property.h"
#include "runner/casebook/case.h"
#include "runner/conversation/request_writer.h"
#include "runner/conversation/scripted_frames.h"
#include "runner/target/target.h"

namespace wsconform {
namespace {

constexpr MaskingKey seed_key = {0x37, 0xFA, 0x21, 0x3D};
constexpr std::string_view handshake_key = "dGhlIHNhbXBsZSBub25jZQ==";  // RFC 6455 §1.3

TargetProfile seed_target() {
  TargetProfile target;
  target.address.host = "localhost";
  return target;
}

// Writes steps one behind the other until they are too long for a seed.
class SeedWriter {
 public:
  explicit SeedWriter(Role role) : role_(role) {}

  void operator()(const SendFrame& step) {
    if (!takes(step.payload)) return;
    for (std::uint64_t n = 0; n < step.times && !too_long_; ++n) {
      for (const WrittenFrame& frame : write_frames(step, role_, [] { return seed_key; })) {
        add(frame.wire);
      }
    }
  }
  void operator()(const SendBytes& step) {
    if (takes(step.payload)) add(step.payload.build());
  }
  void operator()(const SendRequest& step) {
    add(bytes_of(write_request(step, seed_target(), handshake_key).head));
    if (takes(step.body)) add(step.body.build());
  }
  template <typename Other>
  void operator()(const Other&) {}

  // Empty where it is too long.
  Bytes take() { return too_long_ ? Bytes() : std::move(bytes_); }

 private:
  bool takes(const Payload& payload) {
    too_long_ = too_long_ || payload.size() > max_seed;
    return !too_long_;
  }
  void add(ByteView wire) {
    append(bytes_, wire);
    too_long_ = too_long_ || bytes_.size() > max_seed;
  }

  Role role_ = Role::client;
  Bytes bytes_{};
  bool too_long_ = false;
};

void write_steps(const Case& each, SeedWriter& writer) {
  for (const Step& step : each.steps) {
    if (as<Reconnect>(step) != nullptr) return;
    visit_step(writer, step);
  }
}

class SeedCollection {
 public:
  void add(std::string name, std::uint8_t choices, Bytes stream) {
    if (stream.empty()) return;
    // Cuts of all kinds, from byte by byte to hardly any.
    const auto cut_choice = static_cast<std::uint8_t>(1 + stream.size() % 64);
    stream.insert(stream.begin(), {choices, cut_choice});
    if (!seen_.insert(stream).second) return;
    std::ranges::replace(name, '/', '.');
    seeds_.push_back({std::move(name), std::move(stream)});
  }
  std::vector<Seed> take() { return std::move(seeds_); }

 private:
  std::set<Bytes> seen_{};
  std::vector<Seed> seeds_{};
};

}  // namespace

std::vector<Seed> frame_stream_seeds(const std::vector<Case>& cases) {
  SeedCollection seeds;
  for (const Case& each : cases) {
    if (!each.opens) continue;
    for (const Role sender : {Role::client, Role::server}) {
      SeedWriter writer(sender);
      write_steps(each, writer);
      const bool to_client = sender == Role::server;
      const std::string name = to_client ? each.id + ".to-client" : each.id;
      const std::uint8_t choices = to_client ? frame_stream_to_client : 0;
      const Bytes stream = writer.take();
      seeds.add(name, choices, stream);
      seeds.add(name + ".narrow", choices | frame_stream_narrow, stream);
    }
  }
  return seeds.take();
}

std::vector<Seed> handshake_request_seeds(const std::vector<Case>& cases) {
  SeedCollection seeds;
  for (const Case& each : cases) {
    SeedWriter writer(Role::client);
    if (each.opens) {
      writer(each.handshake);
    } else {
      write_steps(each, writer);
    }
    const Bytes stream = writer.take();
    seeds.add(each.id, handshake_subprotocols | handshake_extensions, stream);
    seeds.add(each.id + ".strict", handshake_origins | handshake_gate | handshake_short_head,
              stream);
  }
  return seeds.take();
}

void write_seeds(const std::filesystem::path& folder, const std::vector<Seed>& seeds) {
  std::filesystem::create_directories(folder);
  for (const Seed& seed : seeds) {
    std::ofstream file(folder / seed.name, std::ios::binary);
    file << text_of(seed.bytes);
    file.close();
    if (!file) throw std::runtime_error("cannot write " + (folder / seed.name).string());
  }
}

}  // namespace wsconform
