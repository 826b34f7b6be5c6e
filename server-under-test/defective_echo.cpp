#include "server-under-test/defective_echo.h"

#include <utility>

namespace wsconform {
namespace {

ConnectionOptions with(const Defect& defect, ConnectionOptions options) {
  if (defect.options) defect.options(options);
  return options;
}

}  // namespace

DefectiveEcho::DefectiveEcho(const Defect& defect, ConnectionOptions options,
                             std::optional<FrontOptions> front, std::shared_ptr<ChatRooms> rooms,
                             Instant now)
    : defect_(&defect),
      options_(with(defect, std::move(options))),
      front_(std::move(front)),
      rooms_(std::move(rooms)),
      now_(now),
      echo_(options_, front_, rooms_, now),
      incoming_(defect, options_.limits.max_head),
      outgoing_(defect) {}

void DefectiveEcho::receive(std::span<std::uint8_t> bytes) {
  if (scene_.deaf) return;
  Bytes read(bytes.begin(), bytes.end());
  if (defect_->read) defect_->read(scene_, read);
  ByteView rest = read;
  while (!rest.empty() && !scene_.ends) {
    Bytes piece;
    rest = rest.subspan(incoming_.take(rest, scene_, piece));
    if (!piece.empty()) echo_.receive(piece);
    answer();
    serve_on();
  }
  if (scene_.ends || !defect_->parted) return;
  if (const auto parted = incoming_.parted()) defect_->parted(scene_, *parted);
}

void DefectiveEcho::receive_end() {
  peer_ended_ = true;
  echo_.receive_end();
  answer();
}

void DefectiveEcho::tick(Instant now) {
  now_ = now;
  echo_.tick(now);
  answer();
}

void DefectiveEcho::shut_down() {
  echo_.shut_down();
  answer();
}

void DefectiveEcho::checked(bool right) {
  echo_.checked(right);
  echo_.receive({});
  answer();
  serve_on();
}

void DefectiveEcho::dismiss(std::uint16_t code, std::string_view reason) {
  echo_.dismiss(code, reason);
  answer();
}

void DefectiveEcho::refuse(std::uint16_t code, std::string_view reason) {
  echo_.refuse(code, reason);
  answer();
}

// What its room has for it came without it.
Bytes DefectiveEcho::take_output() {
  answer();
  return std::exchange(scene_.wire, {});
}

bool DefectiveEcho::wants_close() const {
  if (scene_.ends || peer_ended_) return true;
  if (scene_.awaits_end) return false;
  if (defect_->never_ends_tcp && echo_.counters().opened) return false;
  return echo_.wants_close();
}

void DefectiveEcho::answer() {
  scene_.close_received |= echo_.counters().close_received;
  scene_.failed |= echo_.counters().failed;
  ChatMember* const member = echo_.deliveries();
  while (member != nullptr && !member->waiting().empty()) {
    const ByteView bytes = member->waiting().front();
    outgoing_.pass(Bytes(bytes.begin(), bytes.end()), scene_);
    member->take(bytes.size());
  }
  outgoing_.pass(echo_.take_output(), scene_);
}

void DefectiveEcho::serve_on() {
  const EchoCounters& counters = echo_.counters();
  if (counters.refused && defect_->serves_after_refusal && defect_->serves_after_refusal(scene_)) {
    echo_ = Echo(options_, front_, rooms_, now_);
    incoming_ = IncomingSeam(*defect_, options_.limits.max_head);
    scene_ = Scene{.wire = std::move(scene_.wire)};
    return;
  }
  if ((counters.close_received && defect_->serves_after_close) ||
      (counters.failed && defect_->serves_after_failure)) {
    ConnectionOptions open = options_;
    open.skip_handshake = true;
    echo_ = Echo(std::move(open), std::nullopt, nullptr, now_);
    incoming_.discard_frame();
  }
}

}  // namespace wsconform
