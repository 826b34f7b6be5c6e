#include "runner/suite/spent.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/phrase.h"
#include "runner/casebook/case.h"
#include "runner/conversation/ruling.h"
#include "runner/conversation/verdict_words.h"

namespace wsconform {
namespace {

constexpr std::uint64_t much_memory =
    256 * 1024 * 1024;                  // no heap grows so far by itself in a case
constexpr std::uint64_t far_more = 64;  // bytes for each that was sent

bool declares_too_much(const Step& step) {
  const auto* frame = as<SendFrame>(step);
  return frame != nullptr && frame->declared_length.value_or(0) > frame->payload.size();
}

std::uint64_t sent_bytes(const CaseResult& result) {
  std::uint64_t sent = 0;
  for (const WireEntry& each : result.wire)
    if (each.direction == WireEntry::Direction::sent) sent += each.size;
  return sent;
}

bool kept(const CaseResult& result) {
  return result.verdict == Verdict::pass || result.verdict == Verdict::observed ||
         result.verdict == Verdict::lenient;
}

void worsen(CaseResult& result, Verdict verdict, const Ground& ground) {
  if (kept(result))
    rule(result, verdict, ground, {});
  else
    result.notes.push_back(words_for(ground, {}));
}

}  // namespace

bool is_watched(const Case& each) {
  return each.section.starts_with("security/") ||
         std::ranges::any_of(each.steps, declares_too_much);
}

bool is_suspicious(const Spent& spent) {
  return spent.spinning || spent.peak_grown >= much_memory;
}

std::string words(const Spent& spent) {
  std::string text =
      fmt::format("The target used {:.0f} ms of CPU time; ", in_milliseconds(spent.cpu));
  if (spent.grown >= 0) {
    text += "its memory grew by " + mebibytes(static_cast<std::uint64_t>(spent.grown));
  } else {
    text += "its memory shrank by " + mebibytes(static_cast<std::uint64_t>(-spent.grown));
  }
  text += ", at most by " + mebibytes(spent.peak_grown) + '.';
  if (spent.busy >= std::chrono::milliseconds(250))
    text += fmt::format(" After the last connection was closed it stayed busy for {:.1f} s{}.",
                        in_milliseconds(spent.busy) / 1000, spent.spinning ? " and more" : "");
  return text;
}

void judge(CaseResult& result, const Spent& spent, bool others) {
  result.notes.push_back(words(spent));
  const std::uint64_t sent = sent_bytes(result);
  const bool all_told = result.wire_left_out == 0;
  if (spent.peak_grown >= much_memory && all_told && spent.peak_grown / far_more >= sent) {
    worsen(result, Verdict::lenient, ground::MemoryGrew{spent.peak_grown, sent});
  }
  if (spent.spinning) {
    worsen(result, others ? Verdict::lenient : Verdict::fail, ground::Spins{spent.busy});
  }
}

}  // namespace wsconform
