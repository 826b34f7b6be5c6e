#include "runner/casebook/case_words.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "core/phrase.h"
#include "core/utf8.h"
#include "core/visible_text.h"
#include "runner/casebook/case.h"

namespace wsconform {
namespace {

std::string payload_clause(const Payload& payload) {
  const std::uint64_t size = payload.size();
  if (size == 0) return " without payload";
  if (size > longest_quote || payload.parts().front().kind != PayloadPart::Kind::repeated)
    return " of " + counted(size, "byte");
  return " with " + words(payload);
}

std::string noun_of(const SendFrame& frame) {
  const bool message = frame.fin || !frame.fragments.empty() || frame.fragment_size > 0;
  switch (frame.opcode) {
    case Opcode::text:
    case Opcode::binary:
      return fmt::format("a {} {}", name_of(frame.opcode), message ? "message" : "frame");
    case Opcode::continuation:
      return "a continuation frame";
    case Opcode::close:
      return "a Close";
    case Opcode::ping:
      return "a Ping";
    case Opcode::pong:
      return "a Pong";
    default:
      return fmt::format("a frame with the reserved opcode 0x{:X}",
                         static_cast<unsigned>(frame.opcode));
  }
}

std::string form_of(const DeflateForm& form) {
  std::string text;
  if (form.level == 0) text += " in stored blocks";
  if (form.codes == DeflateForm::Codes::fixed) text += " with fixed codes";
  if (form.codes == DeflateForm::Codes::huffman_only) text += " with Huffman coding only";
  if (form.block_size > 0)
    text += fmt::format(" in blocks of {}", counted(form.block_size, "byte"));
  if (form.final) text += " that end with BFINAL";
  if (form.fresh) text += " without the context";
  return text;
}

void add_fragments(const SendFrame& frame, std::vector<std::string>& parts) {
  if (frame.fragment_size > 0)
    parts.push_back("in fragments of " + counted(frame.fragment_size, "byte"));
  if (!frame.fragments.empty()) {
    std::vector<std::string> sizes;
    std::uint64_t left = frame.payload.size();
    for (const std::uint64_t size : frame.fragments) {
      sizes.push_back(std::to_string(size));
      left -= std::min(size, left);
    }
    if (left > 0) sizes.push_back(std::to_string(left));
    parts.push_back("in fragments of " + joined(sizes, " and ") + " bytes");
  }
}

void add_cut(const Cut& cut, std::vector<std::string>& parts) {
  switch (cut.kind) {
    case Cut::Kind::whole:
      break;
    case Cut::Kind::frames:
      parts.emplace_back("each frame in a TCP segment of its own");
      break;
    case Cut::Kind::chunks:
      parts.push_back(cut.chunk == 1 ? "byte by byte"
                                     : fmt::format("in TCP segments of {} bytes", cut.chunk));
      break;
    case Cut::Kind::positions:
      parts.push_back(fmt::format("cut after byte {}", fmt::join(cut.positions, ", ")));
      break;
  }
}

std::string_view bits_of(LengthForm form) {
  switch (form) {
    case LengthForm::bits7:
      return "7";
    case LengthForm::bits16:
      return "7+16";
    case LengthForm::bits64:
      break;
  }
  return "7+64";
}

std::string say(const SendFrame& frame) {
  std::vector<std::string> parts = {"Send " + noun_of(frame) + payload_clause(frame.payload)};
  if (frame.deflate) parts.push_back("compressed" + form_of(*frame.deflate));
  add_fragments(frame, parts);
  if (!frame.fin) parts.emplace_back("FIN clear");
  for (const int bit : {1, 2, 3})
    if ((frame.rsv & (8 >> bit)) != 0) parts.push_back(fmt::format("RSV{} set", bit));
  if (frame.masking.kind == Masking::Kind::none) parts.emplace_back("unmasked");
  if (frame.masking.kind == Masking::Kind::fixed)
    parts.push_back("masked with " + to_hex(ByteView(frame.masking.key)));
  if (frame.length_form)
    parts.push_back(fmt::format("its length written in {} bits", bits_of(*frame.length_form)));
  if (frame.declared_length)
    parts.push_back(fmt::format("declared to be {}", counted(*frame.declared_length, "byte")));
  if (frame.times > 1) parts.push_back(fmt::format("{} times", frame.times));
  if (!frame.heard_by.empty())
    parts.push_back(fmt::format("heard on connection{} {}", frame.heard_by.size() > 1 ? "s" : "",
                                fmt::join(frame.heard_by, " and ")));
  add_cut(frame.cut, parts);
  return joined(parts, ", ") + ".";
}

std::string say(const SendBytes& bytes) {
  const std::uint64_t size = bytes.payload.size();
  std::vector<std::string> parts = {size > longest_quote
                                        ? "Send " + counted(size, "raw byte")
                                        : "Send the raw bytes " + words(bytes.payload)};
  add_cut(bytes.cut, parts);
  return joined(parts, ", ") + ".";
}

void add_raw_lines(const std::vector<RawLine>& lines, std::string_view where,
                   std::vector<std::string>& parts) {
  for (const RawLine& line : lines) {
    std::string times = line.times > 1 ? fmt::format(" {} times", line.times) : "";
    parts.push_back(fmt::format("the line {}{} {}", in_quotes(line.line), times, where));
  }
}

void add_line_edits(const SendRequest& request, std::vector<std::string>& parts) {
  const SendRequest plain;
  if (request.line) {
    parts.push_back("the request line " + in_quotes(*request.line));
  } else if (request.method != plain.method || request.target != plain.target ||
             request.version != plain.version) {
    parts.push_back("the request line " +
                    in_quotes(request.method + " " + request.target + " " + request.version));
  }
}

void add_field_edits(const SendRequest& request, std::vector<std::string>& parts) {
  for (const FieldEdit& edit : request.set)
    for (const std::string& value : edit.values)
      parts.push_back(in_quotes(edit.name + ": " + value));
  for (const auto& [name, line] : request.spell)
    parts.push_back(fmt::format("{} in place of {}", in_quotes(line), name));
  add_raw_lines(request.first, "first", parts);
  add_raw_lines(request.append, "last", parts);
}

std::string request_with(std::string_view verb, const SendRequest& request) {
  std::vector<std::string> parts;
  if (request.bytes) {
    parts.push_back("the bytes " + in_quotes(*request.bytes));
  } else {
    add_line_edits(request, parts);
    add_field_edits(request, parts);
    if (request.line_end != "\r\n")
      parts.push_back("lines that end in " + in_quotes(request.line_end));
  }
  std::string text = fmt::format("{} {} opening handshake", verb, parts.empty() ? "the" : "an");
  if (!parts.empty()) text += " with " + joined(parts, " and ");
  std::vector<std::string> lacks = request.drop;
  if (!request.finished && !request.bytes) lacks.emplace_back("its closing empty line");
  if (!lacks.empty()) text += (parts.empty() ? " without " : ", without ") + joined(lacks, " and ");
  if (request.body.size() > 0) text += ", then a body" + payload_clause(request.body);
  std::vector<std::string> cut;
  add_cut(request.cut, cut);
  if (!cut.empty()) text += ", " + cut.front();
  return text + ".";
}

std::string say(const SendRequest& request) {
  return request_with("Send", request);
}
std::string say(const EndStream&) {
  return "End our direction of TCP.";
}
std::string say(const ResetStream&) {
  return "Reset the TCP connection.";
}
std::string say(const Reconnect& reconnect) {
  if (reconnect.plain) return "Open another TCP connection, without TLS.";
  return reconnect.handshake ? "Open another connection, with a handshake."
                             : "Open another TCP connection.";
}

std::string say(const TurnTo& turn) {
  return fmt::format("Go on with connection {}.", turn.connection);
}

std::string expectation(std::vector<std::string> parts, const std::vector<FieldCheck>& fields) {
  for (const FieldCheck& check : fields) parts.push_back(words(check));
  return joined(parts, ", ");
}

std::string phrase(const ExpectResponse& expect) {
  std::vector<std::string> parts = {"a response with " + words(expect.status)};
  if (expect.subprotocol)
    parts.push_back(expect.subprotocol->empty()
                        ? "no subprotocol"
                        : "the subprotocol " + in_quotes(*expect.subprotocol));
  return expectation(std::move(parts), expect.fields);
}

std::string phrase(const ExpectRefusal& expect) {
  std::string text = "a refusal with " + words(expect.status);
  if (!expect.may_be_missing && expect.fields.empty())
    text += " and the field that HTTP requires with it";
  std::vector<std::string> lenient = words_for_others(expect.tolerated, expect.status);
  if (expect.end_without_response == Verdict::pass)
    text += ", or the end of TCP without a response";
  if (expect.silence_passes) text += ", or nothing at all";
  if (expect.end_without_response == Verdict::lenient)
    lenient.emplace_back("the end of TCP without a response");
  if (!lenient.empty()) text += " (lenient: " + joined(lenient, " or ") + ")";
  return expectation({std::move(text)}, expect.fields);
}

std::string phrase(const ExpectFrame& expect) {
  const bool pong = expect.opcode == Opcode::pong;
  if (expect.same)
    return pong ? "the Pong to the latest Ping"
                : fmt::format("the {} message comes back{}", name_of(expect.opcode),
                              expect.compressed ? ", compressed" : "");
  std::string_view noun = pong ? "Pong" : "Ping";
  std::string message = fmt::format("{} message", name_of(expect.opcode));
  if (!is_control(expect.opcode)) noun = message;
  return fmt::format("a {}{}", noun, payload_clause(expect.payload));
}

std::string phrase(const ExpectEnding& expect) {
  return words(expect);
}

std::string phrase(const ExpectProportion&) {
  return "the time to the answer grows no faster than the request";
}

std::string say(const ExpectProportion& expect) {
  return fmt::format(
      "Measure the time, in turn: {} {} {} Expect: it grows no faster than the request.",
      request_with("Harmless: send", expect.trials.at(0)),
      request_with("A quarter: send", expect.trials.at(1)),
      request_with("Whole: send", expect.trials.at(2)));
}

template <typename Kind>
std::string say(const Kind& expect) {
  return "Expect: " + phrase(expect) + ".";
}

}  // namespace

std::string words(const Payload& payload) {
  if (payload.size() == 0) return "nothing";
  if (payload.size() > longest_quote) return counted(payload.size(), "byte");
  const Bytes bytes = payload.build();
  const bool printable = is_utf8(bytes) && visible(text_of(bytes)) == text_of(bytes);
  return printable ? in_quotes(text_of(bytes)) : "hex " + to_hex(ByteView(bytes));
}

std::string words(const Expectation& expectation) {
  return std::visit([](const auto& each) { return say(each); }, expectation);
}

std::string phrase_for(const Expectation& expectation) {
  return std::visit([](const auto& each) { return phrase(each); }, expectation);
}

std::string words(const Act& act) {
  return std::visit([](const auto& each) { return say(each); }, act);
}

std::string step_words(const Step& step) {
  return std::visit([](const auto& each) { return words(each); }, step);
}

std::vector<std::string> script_words(const Case& made) {
  std::vector<std::string> lines;
  if (made.opens) {
    const std::string opening = request_with("Send", made.handshake);
    if (opening != request_with("Send", SendRequest())) lines.push_back(opening);
  }
  for (const Step& step : made.steps) lines.push_back(step_words(step));
  return lines;
}

}  // namespace wsconform
