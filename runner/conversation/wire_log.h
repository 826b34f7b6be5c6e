// What went over the wire in a case, decoded and bounded: the proof in every report.
#pragma once

#include <cstddef>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/frame.h"
#include "core/http_head.h"
#include "core/instant.h"
#include "core/violation.h"
#include "reports/results/wire_entry.h"
#include "runner/target/secrets.h"

namespace wsconform {

struct CaseResult;

class WireLog {
 public:
  static constexpr std::size_t max_bytes = 256;

  // Keeps the first and the last entries, some 16 KiB of memory in all at most, for thousands of
  // logs are kept until the reports are written; of each entry at most `max_bytes` of its bytes.
  // Of the secrets none gets into it.
  explicit WireLog(Instant began, Secrets secrets = Secrets())
      : began_(began), secrets_(std::move(secrets)) {}

  // Before it is on the wire.
  void keep_secret(std::string_view value, std::string_view before) { secrets_.add(value, before); }
  void event(Instant now, std::string says);
  // What was told as one went out in pieces; `now`: all of them have.
  struct Piece {
    std::size_t size = 0;
    Instant gone;
  };
  void pieces(Instant now, std::span<const Piece> all);
  void head(Instant now, WireEntry::Direction direction, const HttpHead& head, ByteView wire);
  void body(Instant now, WireEntry::Direction direction, ByteView wire);
  void bytes(Instant now, WireEntry::Direction direction, ByteView wire);
  // `payload` is unmasked; `wire` holds header and the payload as sent. Of what was received both
  // may end after the first `max_bytes` of the payload. Of a compressed message `meaning` says what
  // the frame stands for.
  void frame(Instant now, WireEntry::Direction direction, const FrameHeader& header,
             ByteView payload, ByteView wire, const Rule* broken = nullptr,
             std::string_view meaning = {});

  // What follows is of the connection with this number; the first has 0.
  void connection(std::size_t number) { connection_ = static_cast<int>(number); }
  // And hides the secrets in what the result tells.
  void move_into(CaseResult& result);

 private:
  void add(Instant now, WireEntry entry, ByteView wire);

  // Entries, and bytes of memory that they take.
  static constexpr std::size_t max_first = 60;
  static constexpr std::size_t max_last = 20;
  static constexpr std::size_t room_for_first = 12 * 1024;
  static constexpr std::size_t room_for_last = 4 * 1024;

  Instant began_;
  Secrets secrets_;
  int connection_ = 0;
  std::vector<WireEntry> first_;
  std::deque<WireEntry> last_;
  std::size_t first_size_ = 0;
  std::size_t last_size_ = 0;
  std::uint64_t left_out_ = 0;
};

// "Ping, 126 bytes, masked 0x1a2b3c4d, not FIN": what differs from a plain frame is said.
std::string words_for(const FrameHeader& header);
// A line of a head without what is secret: shown as if quoted, without the quotes.
std::string shown_line(std::string text, const Secrets& secrets);
// "Close 1002 (protocol error)", "Close without a code".
std::string words_for_close(ByteView payload);

}  // namespace wsconform
