#include "fuzz/live/reading.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>

#include "core/close_code.h"
#include "core/close_payload.h"
#include "core/frame_decoder.h"
#include "core/frame_receiver.h"
#include "core/handshake_judge.h"
#include "core/permessage_deflate.h"
#include "runner/conversation/case_reach.h"
#include "runner/conversation/scripted_frames.h"

namespace wsconform {
namespace {

constexpr std::uint64_t most_read = 4 * 1024 * 1024;  // bytes of a session
constexpr MaskingKey any_key = {0x37, 0xFA, 0x21, 0x3D};

FrameReceiver::Rules rules_of(ViolationSet tolerated) {
  FrameReceiver::Rules rules;
  rules.receiver = Role::server;
  rules.tolerated = tolerated;
  return rules;
}

// Somewhere in it, however the field is written.
bool mentions_deflate(const SendRequest& request) {
  const auto mentioned = [](std::string_view text) {
    return text.find(permessage_deflate) != std::string_view::npos;
  };
  const auto in_values = [&](const FieldEdit& field) {
    return std::ranges::any_of(field.values, mentioned);
  };
  const auto in_line = [&](const RawLine& line) { return mentioned(line.line); };
  const auto in_spelling = [&](const auto& spelt) { return mentioned(spelt.second); };
  return std::ranges::any_of(request.set, in_values) ||
         std::ranges::any_of(request.spell, in_spelling) ||
         std::ranges::any_of(request.first, in_line) ||
         std::ranges::any_of(request.append, in_line) || mentioned(request.bytes.value_or(""));
}

class SessionReader {
 public:
  SessionReader(const LiveSession& session, ViolationSet tolerated, Reading& reading)
      : tolerated_(tolerated), receiver_(rules_of(tolerated)), reading_(reading) {
    if (!deflates(session)) {
      may_be_agreed_ = mentions_deflate(session.handshake);
      return;
    }
    const DeflateWanted& agreed = session.agreement;
    const DeflateContext context{agreed.client_window_bits.value_or(most_window_bits),
                                 agreed.client_takes_over.value_or(true)};
    receiver_.inflate_with(context);
    deflater_.emplace(context);
    agreement_known_ = agreed.client_window_bits && agreed.client_takes_over;
  }

  void operator()(const SendFrame& step) {
    reading_.cut = reading_.cut || step.cut.kind != Cut::Kind::whole;
    reading_.compressed = reading_.compressed || (step.deflate && deflater_);
    const bool own = deflater_ && !step.deflate && (step.rsv & 4) != 0;
    const bool as_agreed = may_be_agreed_ && step.deflate;
    if (!over_ && !agreement_known_ && (own || as_agreed)) reading_.agreement_decides = true;
    for (std::uint64_t n = 0; n < step.times && reading_.bytes < most_read; ++n)
      for (WrittenFrame& frame : write_frames(
               step, Role::client, [] { return any_key; }, deflater_ ? &*deflater_ : nullptr))
        feed(frame.wire);
  }
  // One by one, so that frames and places are told apart.
  void operator()(const SendBytes& step) {
    reading_.cut = reading_.cut || step.cut.kind != Cut::Kind::whole;
    for (std::uint8_t byte : step.payload.build()) feed({&byte, 1});
  }
  void operator()(const EndStream&) { reading_.ended = true; }
  void operator()(const ResetStream&) { reading_.reset = true; }
  void operator()(const auto&) {}

  bool calm() const { return !over_ && under_way_ == Place::open && frames_.at_boundary(); }

  void finish() {
    reading_.in_frame = !frames_.at_boundary();
    reading_.whole = !reading_.broken || complete_ > complete_at_fault_;
    reading_.message_under_way = under_way_ != Place::open;
    if (!over_) reading_.place = under_way_;
  }

 private:
  void feed(std::span<std::uint8_t> wire) {
    reading_.bytes += wire.size();
    reading_.speaks_on = reading_.speaks_on || over_;
    const std::size_t complete_before = complete_;
    const Place place_before = under_way_;
    observe(wire);
    while (!reading_.broken && !reading_.late) {
      const Received* received = receiver_.next(wire);
      if (received == nullptr) break;
      judge(*received);
    }
    receiver_.release();
    if (!over_ || placed_) return;
    placed_ = true;
    complete_at_fault_ = complete_before;
    reading_.place = place_before;
  }

  void observe(ByteView wire) {
    std::vector<FrameDecoder::Item> items;
    frames_.feed(wire, items);
    complete_ += items.size();
    for (const FrameDecoder::Item& item : items) {
      const FrameHeader& header = item.frame.header;
      first_ = item.frame.payload.empty() ? 0 : item.frame.payload.front();
      if (over_) continue;
      reading_.largest = std::max(reading_.largest, header.payload_length);
      reading_.pings = reading_.pings || header.opcode == Opcode::ping;
      if (is_control(header.opcode)) continue;
      reading_.messages = true;
      reading_.fragments = reading_.fragments || !header.fin;
      octets_ = header.opcode == Opcode::continuation ? octets_ + header.payload_length
                                                      : header.payload_length;
      const bool compressed = header.opcode == Opcode::continuation
                                  ? under_way_ == Place::in_compressed_message
                                  : deflater_ && header.rsv1;
      reading_.octetless = reading_.octetless || (compressed && header.fin && octets_ == 0);
      if (header.fin)
        under_way_ = Place::open;
      else if (header.opcode != Opcode::continuation)
        under_way_ = header.rsv1 ? Place::in_compressed_message : Place::in_message;
    }
  }

  void judge(const Received& received) {
    if (received.kind == Received::Kind::violation) return fail(received.violation);
    if (received.opcode != Opcode::close) return;
    if (over_) {
      reading_.late = check_close_payload(received.payload, Role::client);
      return;
    }
    const auto code = decode_close_payload(received.payload).code;
    reading_.unassigned_above = code && classify_close_code(*code) == CloseCodeClass::above_range;
    if (const auto broken = check_close_payload(received.payload, Role::client))
      return fail(*broken);
    reading_.close = CloseSent{code};
    over_ = true;
  }

  void fail(Violation violation) {
    if (over_) {
      reading_.late = violation;
      return;
    }
    reading_.broken = violation;
    reading_.agreement_decides = reading_.agreement_decides ||
                                 (may_be_agreed_ && violation == Violation::rsv1_without_extension);
    reading_.hopeless = (first_ & 6) == 6;  // DEFLATE has no block of this type (RFC 1951 §3.2.3)
    over_ = true;
  }

  ViolationSet tolerated_;
  FrameReceiver receiver_;
  Reading& reading_;
  std::optional<Deflater> deflater_;
  FrameDecoder frames_{1};
  bool agreement_known_ = false;
  bool may_be_agreed_ = false;  // to permessage-deflate: offered, and what comes of it not asked
  Place under_way_ = Place::open;
  std::size_t complete_ = 0;  // frames
  std::size_t complete_at_fault_ = 0;
  std::uint8_t first_ = 0;    // payload byte of the latest frame
  std::uint64_t octets_ = 0;  // of the latest message, as sent
  bool over_ = false;
  bool placed_ = false;
};

std::string size_class(std::uint64_t largest) {
  if (largest <= 125) return "short";
  return largest <= 65535 ? "16-bit" : "64-bit";
}

std::string names_of(const HandshakeFaultSet& faults) {
  std::string names;
  for (const HandshakeRule& rule : handshake_rules())
    if (faults.test(static_cast<std::size_t>(rule.fault)))
      names += (names.empty() ? "" : "+") + std::string(rule.name);
  return names;
}

std::string name_of(const CloseSent& close) {
  if (!close.code) return "close-without-code";
  if (*close.code >= 3000) return fmt::format("close-{}xxx", *close.code / 1000);
  return fmt::format("close-{}", *close.code);
}

}  // namespace

std::string_view name_of(Place place) {
  constexpr std::array<std::string_view, place_count> names = {"opening", "open", "in-message",
                                                               "in-compressed-message", "closing"};
  return names.at(static_cast<std::size_t>(place));
}

std::string_view words_for(Place place) {
  constexpr std::array<std::string_view, place_count> words = {
      "in the opening handshake", "between messages", "inside a fragmented message",
      "inside a compressed message", "behind our Close"};
  return words.at(static_cast<std::size_t>(place));
}

Reading read(const LiveSession& session, ViolationSet tolerated) {
  Reading reading;
  Case opening;
  opening.handshake = session.handshake;
  reading.opening = handshake_faults_reached(opening);
  SessionReader reader(session, tolerated, reading);
  for (const Move& move : session.moves) {
    reading.calm.push_back(reader.calm());
    std::visit(reader, move.act);
  }
  reader.finish();
  if (reading.opening.any()) reading.place = Place::opening;
  return reading;
}

std::string subject_of(const Reading& reading) {
  if (reading.opening.any()) return names_of(reading.opening);
  if (reading.broken) return std::string(rule_of(*reading.broken).name);
  if (reading.close) return "closing-handshake";
  if (reading.reset) return "reset";
  return reading.ended ? "end-of-tcp" : "legal";
}

std::string stimulus_of(const Reading& reading) {
  std::string name = subject_of(reading);
  if (reading.late) return name + "/late-" + std::string(rule_of(*reading.late).name);
  if (reading.close && !reading.broken) name += '/' + name_of(*reading.close);
  if (reading.speaks_on) name += "/spoke-on";
  if (reading.ended && !reading.broken) name += "/end";
  if (reading.broken || reading.opening.any()) return name;
  if (reading.messages) name += "/messages-" + size_class(reading.largest);
  if (reading.fragments) name += "/fragments";
  if (reading.compressed) name += "/compressed";
  if (reading.pings) name += "/pings";
  if (reading.cut) name += "/cut";
  return name;
}

}  // namespace wsconform
