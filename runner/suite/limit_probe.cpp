#include "runner/suite/limit_probe.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/phrase.h"
#include "runner/casebook/case.h"
#include "runner/conversation/offence_words.h"
#include "runner/conversation/reaction_words.h"
#include "runner/conversation/request_writer.h"

namespace wsconform {
namespace {

constexpr std::uint64_t kib = 1024;
constexpr std::uint64_t mib = 1024 * kib;
constexpr std::string_view any_key = "AAAAAAAAAAAAAAAAAAAAAA==";  // as long as each is

Payload stars(std::uint64_t size) {
  return Payload({PayloadPart{PayloadPart::Kind::repeated, to_bytes("*"), size}});
}

// Of a text that comes to the target in so many bytes, with the form around it that it takes texts
// in; at least the form.
Payload text_of_size(std::uint64_t size, const TargetProfile& target) {
  const std::uint64_t form = target.message ? target.message->size() : 0;
  return stars(size - std::min(size, form));
}

Case begun(std::uint64_t size) {
  Case made;
  made.id = fmt::format("limits/{}", size);
  made.section = "limits";
  made.level = Level::must;
  return made;
}

ExpectEnding all_comes_back() {
  Ending ending;
  ending.kind = EndingKind::echo;
  return {.endings = {ending}};
}

Case with_message(std::uint64_t size, SendFrame message) {
  Case made = begun(size);
  made.steps = {std::move(message), all_comes_back()};
  return made;
}

Case text_message(std::uint64_t size, const TargetProfile& target) {
  SendFrame message;
  message.payload = text_of_size(size, target);
  return with_message(size, std::move(message));
}

Case binary_message(std::uint64_t size, const TargetProfile&) {
  SendFrame message;
  message.opcode = Opcode::binary;
  message.payload = stars(size);
  return with_message(size, std::move(message));
}

Case fragmented_message(std::uint64_t size, const TargetProfile& target) {
  SendFrame message;
  message.payload = text_of_size(size, target);
  message.fragment_size = std::max<std::uint64_t>(1, std::min(16 * kib, size / 4));
  return with_message(size, std::move(message));
}

Case fragments(std::uint64_t count, const TargetProfile& target) {
  SendFrame message;
  message.payload = text_of_size(count, target);
  message.fragment_size = 1;
  return with_message(count, std::move(message));
}

Case messages_at_once(std::uint64_t count, const TargetProfile&) {
  SendFrame message;
  message.payload = stars(1);
  message.times = count;
  return with_message(count, std::move(message));
}

Case pings(std::uint64_t count, const TargetProfile&) {
  Case made = begun(count);
  SendFrame ping;
  ping.opcode = Opcode::ping;
  ping.payload = stars(8);
  ping.times = count;
  made.steps = {ping, ExpectEnding{.endings = {Ending{}}}};
  return made;
}

std::string line_of(std::uint64_t size) {
  constexpr std::string_view name = "X-Limit: ";
  return std::string(name) + std::string(size - std::min<std::uint64_t>(size, name.size()), '*');
}

// Lines that are long enough to be few, and short enough for limits of a line.
Case whole_head(std::uint64_t size, const TargetProfile& target) {
  constexpr std::uint64_t line = 4000;
  constexpr std::uint64_t shortest = 32;
  Case made = begun(size);
  std::uint64_t left =
      size - std::min<std::uint64_t>(size, write_request({}, target, any_key).head.size());
  while (left > 0) {
    const std::uint64_t next = left <= line ? left : std::min(line, left - shortest);
    made.handshake.append.push_back({line_of(next - 2), 1});
    left -= next;
  }
  return made;
}

Case header_fields(std::uint64_t count, const TargetProfile& target) {
  Case made = begun(count);
  const std::size_t given = parse_head(write_request({}, target, any_key).head).fields.size();
  made.handshake.append.push_back({"X-{n}: a", count - std::min<std::uint64_t>(count, given)});
  return made;
}

Case field_line(std::uint64_t size, const TargetProfile&) {
  Case made = begun(size);
  made.handshake.append.push_back({line_of(size), 1});
  return made;
}

Case request_target(std::uint64_t size, const TargetProfile& target) {
  Case made = begun(size);
  const std::string& path = target.address.path;
  std::string text = path + (path.find('?') == std::string::npos ? "?" : "&") + "wsconform=";
  text.resize(std::max<std::size_t>(text.size(), size), 'a');
  made.handshake.target = std::move(text);
  return made;
}

constexpr LimitedQuantity quantities[] = {
    {"largest text message", "bytes", 4 * kib, 4 * mib, 64 * mib, text_message},
    {"largest binary message", "bytes", 4 * kib, 4 * mib, 64 * mib, binary_message},
    {"largest fragmented message", "bytes", 4 * kib, 4 * mib, 64 * mib, fragmented_message},
    {"most fragments in a message", "fragments", 16, 16 * kib, 256 * kib, fragments},
    {"most messages at once", "messages", 16, 1 * kib, 64 * kib, messages_at_once},
    {"most Pings in a row", "Pings", 16, 1 * kib, 64 * kib, pings},
    {"largest request head", "bytes", 1 * kib, 256 * kib, 4 * mib, whole_head},
    {"most header fields", "fields", 16, 4 * kib, 64 * kib, header_fields},
    {"longest header field", "bytes", 64, 256 * kib, 4 * mib, field_line},
    {"longest request target", "bytes", 64, 64 * kib, 1 * mib, request_target},
};

// How the target answered a size that it did not take.
std::string answer_of(const Finished& ended) {
  const Reaction& reaction = ended.outcome.reaction;
  if (ended.result.verdict == Verdict::skipped) return without_stop(ended.result.reason);
  if (ended.result.verdict == Verdict::observed)
    return "Close 1009";  // told as a limit, not as a fault
  if (const auto* offended = std::get_if<ground::Offended>(&ended.outcome.ground))
    return words_for(offended->offence);
  if (reaction.open) return "the message does not come back, though a Ping is answered";
  if (reaction.response && !reaction.upgraded) return start_line_of(reaction);
  return reaction.end || reaction.close ? clause_for(reaction) : "silence";
}

}  // namespace

std::span<const LimitedQuantity> limited_quantities() {
  return quantities;
}

SearchRange range_of(const LimitedQuantity& quantity, bool full) {
  const std::uint64_t most = full ? quantity.most_full : quantity.most;
  return {quantity.least, most, 24 * most};
}

SizeOutcome outcome_of(const Finished& ended, const Secrets& secrets) {
  using Kind = SizeOutcome::Kind;
  const CaseResult& result = ended.result;
  if (result.verdict == Verdict::pass) return {};
  if (result.verdict == Verdict::error) return {Kind::unclear, without_stop(result.reason)};
  std::string answer = answer_of(ended);
  secrets.hide(answer);
  return {ended.outcome.timed_out ? Kind::silent : Kind::refused, std::move(answer)};
}

Fact fact_of(const LimitedQuantity& quantity, const LimitFound& found) {
  const std::string unit(quantity.unit);
  return {std::string(quantity.name), words(found, unit),
          static_cast<double>(found.taken.value_or(0)), unit};
}

}  // namespace wsconform
