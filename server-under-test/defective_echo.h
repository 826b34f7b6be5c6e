// The reference endpoint behind the seams of one defect. It has the verbs of EchoEndpoint.
#pragma once

#include <optional>
#include <span>
#include <utility>

#include "core/connection.h"
#include "server-under-test/defect.h"
#include "server-under-test/echo.h"
#include "server-under-test/incoming_seam.h"
#include "server-under-test/outgoing_seam.h"

namespace wsconform {

class DefectiveEcho {
 public:
  DefectiveEcho(const Defect& defect, ConnectionOptions options, std::optional<FrontOptions> front,
                std::shared_ptr<ChatRooms> rooms, Instant now);

  void receive(std::span<std::uint8_t> bytes);
  bool work(std::span<std::uint8_t>& bytes, std::size_t) {
    receive(std::exchange(bytes, {}));
    answer();
    return false;
  }
  std::size_t appetite() const { return echo_.appetite(); }
  void receive_end();
  void tick(Instant now);
  std::optional<Instant> next_deadline() const { return echo_.next_deadline(); }
  Bytes take_output();
  bool wants_close() const;
  void shut_down();
  std::optional<PasswordCheck> take_check() { return echo_.take_check(); }
  void checked(bool right);
  void dismiss(std::uint16_t code, std::string_view reason);
  void refuse(std::uint16_t code, std::string_view reason);
  void rest() { echo_.rest(); }
  // What waits in its room passes the seam, too.
  static ChatMember* deliveries() { return nullptr; }
  bool is_held_up() const { return echo_.is_held_up(); }
  std::size_t held() const { return echo_.held(); }
  std::optional<Duration> round_trip() const { return echo_.round_trip(); }
  const Traffic& sent() const { return echo_.sent(); }
  const EchoCounters& counters() const { return echo_.counters(); }

 private:
  // Brings to the wire what the endpoint has to say.
  void answer();
  // A fresh endpoint goes on where this one stopped, if the defect is of that kind.
  void serve_on();

  const Defect* defect_ = nullptr;
  ConnectionOptions options_;
  std::optional<FrontOptions> front_;
  std::shared_ptr<ChatRooms> rooms_;
  Instant now_{};
  Echo echo_;
  Scene scene_;
  IncomingSeam incoming_;
  OutgoingSeam outgoing_;
  bool peer_ended_ = false;
};

}  // namespace wsconform
