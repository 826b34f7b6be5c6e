#include "runner/conversation/reaction_words.h"

#include <fmt/format.h>

#include "core/ascii.h"
#include "core/phrase.h"
#include "runner/conversation/wire_log.h"

namespace wsconform {
namespace {

std::string_view unfinished(const Reaction& reaction) {
  return reaction.of == Role::client ? "a request that did not end" : "a response that did not end";
}

std::string with_capital(std::string text) {
  text.front() = to_upper(text.front());
  return text;
}

std::string words_for_end(const Reaction& reaction, const std::string& close) {
  const bool fin = *reaction.end == StreamEnd::fin;
  if (!close.empty()) return close + (fin ? ", then the end of TCP" : ", then a reset of TCP");
  const std::string end = fin ? "the end of TCP" : "a reset of TCP";
  if (reaction.upgraded) return end + " without a Close";
  if (reaction.of == Role::client)
    return end + (is_begun(reaction) ? " in the middle of the request" : " without a request");
  return reaction.status
             ? fmt::format("a response with status {}, then the end of TCP", *reaction.status)
             : end + " without a response";
}

}  // namespace

bool is_begun(const Reaction& reaction) {
  return reaction.opening_begun && !reaction.response;
}

std::string words_for(const Reaction& reaction) {
  return with_capital(clause_for(reaction));
}

std::string clause_for(const Reaction& reaction) {
  if (reaction.open) {
    return std::string("the connection stayed open") +
           (reaction.assumed ? "" : ": a Ping was answered") +
           (reaction.all_echoed ? "" : ", but a message was not echoed");
  }
  std::string words;
  if (reaction.close) words = words_for_close(reaction.close->payload);
  if (reaction.end) return words_for_end(reaction, words);
  if (!words.empty()) return words + ", and TCP was not ended";
  if (reaction.status && !reaction.upgraded)
    return fmt::format("a response with status {}", *reaction.status);
  if (reaction.interim && !reaction.status)
    return fmt::format("an interim response with status {}", *reaction.interim);
  if (is_begun(reaction)) return std::string(unfinished(reaction));
  return "nothing: silence, with TCP open";
}

std::string words_for_instead(const Reaction& reaction) {
  const bool responded = reaction.response && !reaction.upgraded;
  return responded ? "The response " + start_line_of(reaction) : words_for(reaction);
}

std::string words_for_little(const Reaction& reaction) {
  if (is_begun(reaction)) return with_capital(std::string(unfinished(reaction)));
  if (reaction.unasked_pong)
    return "Only a Pong that no Ping asked for (" +
           quoted(*reaction.unasked_pong, MessageGlimpse::most_shown) + ")";
  return "Nothing";
}

std::string start_line_of(const Reaction& reaction) {
  return reaction.response ? quoted(bytes_of(reaction.response->head.start_line)) : "";
}

}  // namespace wsconform
