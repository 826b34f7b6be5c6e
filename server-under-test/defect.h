// A fault planted into the reference server, as data: the suite must notice every one of them. A
// defect changes the options of the endpoint or what passes a seam between the endpoint and the
// wire; the endpoint itself has no defects.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/bytes.h"
#include "core/connection.h"
#include "core/frame.h"
#include "core/http_head.h"
#include "server-under-test/site/access.h"
#include "server-under-test/site/authentication.h"

namespace wsconform {

using Frames = std::vector<Frame>;

// One connection of the defective server, as its hooks see it and act on it.
struct Scene {
  HttpHead request = {};                 // as it came
  bool answered = false;                 // the answer to the request is out
  bool in_message = false;               // between the fragments of the peer's message
  Opcode message_opcode = Opcode::text;  // of that message
  bool close_received = false;
  bool failed = false;      // the endpoint has failed the connection (RFC 6455 §7.1.7)
  bool awaits_end = false;  // a hook swallowed the answer: TCP stays open
  bool deaf = false;        // nothing that comes is read any more
  bool ends = false;        // TCP ends once `wire` is written
  Bytes wire = {};          // bytes to be written at once, past the outgoing hooks

  // For the hooks' own use, zero at first.
  std::uint64_t count = 0;
  Bytes kept = {};
  Frames frames = {};

  void write(const Frame& frame);
  // Fails the connection from a hook: a Close with the code, then the end of TCP.
  void fail(std::uint16_t code);
};

// The answer to an opening handshake: a 101 or a refusal with its body.
struct Answer {
  HttpHead head = {};
  std::string body = {};

  bool accepts() const { return head.start_line.find(" 101") != std::string::npos; }
};

// Where a read ended, if inside something that belongs together.
struct Parted {
  enum class In {
    request_line,
    line_end,        // of a head: between CR and LF
    fields,          // of a head, elsewhere
    start,           // of a frame: between its first two bytes
    length,          // before, or inside, a length of 16 or 64 bits
    masking_key,     // before it, or inside
    before_payload,  // of a frame that has one
    payload,
  };

  In in = In::payload;
  FrameHeader header = {};  // before_payload, payload
  Bytes payload = {};       // payload: what came of it, unmasked; of a frame of at most 1 MiB
};

struct Defect {
  std::string id;    // kebab-case
  std::string says;  // one sentence: what the server does wrong
  // Against a recommendation, or where a server may not look: lenient is all that it deserves.
  bool lenient = false;

  // Limits, tolerated rules and faults, close codes, negotiation.
  std::function<void(ConnectionOptions&)> options = nullptr;
  // All bytes as one read gave them, before anything looks at them.
  std::function<void(Scene&, Bytes&)> read = nullptr;
  // The request, when its head is whole. True: the endpoint gets what the hook leaves,
  // else what came.
  std::function<bool(Scene&, HttpHead&)> request = nullptr;
  // The access policy and the request as it asks for access, copies both; the defective decision is
  // made by them.
  std::function<void(AccessPolicy&, HttpHead&)> access = nullptr;
  // How the ways in by session and ticket are held (site/authentication.h).
  std::function<void(AuthenticationOptions&)> authentication = nullptr;
  // The answer, before it is written. An emptied start line writes nothing at all.
  std::function<void(Scene&, Answer&)> answer = nullptr;
  // The header of an incoming frame; the endpoint reads the frame by what the hook leaves.
  std::function<void(Scene&, FrameHeader&)> header = nullptr;
  // Payload of an incoming frame, still masked, as one read gave it; `offset` is its
  // place in the frame.
  std::function<void(Scene&, std::span<std::uint8_t> piece, std::uint64_t offset)> piece = nullptr;
  // Behind each read that ends so, once the endpoint has what it gave.
  std::function<void(Scene&, const Parted&)> parted = nullptr;
  // A whole incoming frame of at most 1 MiB, unmasked; the endpoint gets the frames returned.
  std::function<Frames(Scene&, Frame)> incoming = nullptr;
  // A frame that the endpoint sends; the wire gets the frames returned, each exactly as it stands.
  std::function<Frames(Scene&, Frame)> outgoing = nullptr;

  bool never_ends_tcp = false;        // once the connection is open
  bool serves_after_close = false;    // goes on as if no Close had been received
  bool serves_after_failure = false;  // sends its Close and goes on
  // Asked behind a refusal: true where another request is read.
  std::function<bool(const Scene&)> serves_after_refusal = nullptr;

  // It shows where the site itself asks who its clients are, and nowhere else.
  bool of_flows = false;
};

}  // namespace wsconform
