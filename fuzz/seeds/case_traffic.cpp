#include "fuzz/seeds/case_traffic.h"

#include <optional>
#include <string_view>

#include "fuzz/handshake_response_property.h"
#include "runner/casebook/case.h"
#include "runner/conversation/request_writer.h"
#include "runner/conversation/scripted_frames.h"
#include "runner/target/target.h"

namespace wsconform {
namespace {

constexpr MaskingKey seed_key = {0x37, 0xFA, 0x21, 0x3D};

TargetProfile seed_target() {
  TargetProfile target;
  target.address.host = "localhost";
  return target;
}

// Writes steps one behind the other until they are too long for a seed.
class TrafficWriter {
 public:
  TrafficWriter(Role role, bool deflates) : role_(role) {
    if (deflates) deflater_.emplace();
  }

  void operator()(const SendFrame& step) {
    if (!takes(step.payload)) return;
    Deflater* deflater = deflater_ ? &*deflater_ : nullptr;
    for (std::uint64_t n = 0; n < step.times && !too_long_; ++n) {
      for (const WrittenFrame& frame :
           write_frames(step, role_, [] { return seed_key; }, deflater)) {
        add(frame.wire);
      }
    }
  }
  void operator()(const SendBytes& step) {
    if (takes(step.payload)) add(step.payload.build());
  }
  void operator()(const SendRequest& step) {
    add(bytes_of(write_request(step, seed_target(), offered_key).head));
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
  std::optional<Deflater> deflater_{};
  Bytes bytes_{};
  bool too_long_ = false;
};

Bytes steps_of(const Case& each, TrafficWriter writer) {
  for (const Step& step : each.steps) {
    if (as<Reconnect>(step) != nullptr) break;
    visit_step(writer, step);
  }
  return writer.take();
}

}  // namespace

std::vector<CaseTraffic> traffic_of(const std::vector<Case>& cases) {
  std::vector<CaseTraffic> all;
  for (const Case& each : cases) {
    CaseTraffic traffic{each.id};
    if (each.opens) {
      TrafficWriter writer(Role::client, false);
      writer(each.handshake);
      traffic.request = writer.take();
      traffic.deflates = text_of(traffic.request).contains("permessage-deflate");
      traffic.from_client = steps_of(each, TrafficWriter(Role::client, traffic.deflates));
      traffic.from_server = steps_of(each, TrafficWriter(Role::server, traffic.deflates));
    } else {
      traffic.request = steps_of(each, TrafficWriter(Role::client, false));
    }
    all.push_back(std::move(traffic));
  }
  return all;
}

}  // namespace wsconform
