// The one place where what came of a case is put into words: sentences are made here from a Ground
// and the Reaction that was judged (phrases of the latter: reaction_words.h, of its offences:
// offence_words.h), and are read back nowhere.
#pragma once

#include <string>
#include <string_view>

#include "runner/conversation/ground.h"
#include "runner/conversation/reaction.h"

namespace wsconform {

// Why the verdict is what it is: one sentence.
std::string words_for(const Ground& ground, const Reaction& reaction);
// What came in the place of what was expected, as a report shows it beside that: a phrase
// without a period.
std::string words_for_received(const Ground& ground, const Reaction& reaction);

// "within 2.0 s"
std::string words_for_wait(Duration waited);

// Told beside a verdict, without weight in it: what stood in for an answer that this
// target never gives.
enum class Note { ping_for_echo, while_for_pong };
std::string_view words_for(Note note);
std::string words_for_echoes_beside(std::size_t count);
std::string words_for_unasked_pong(ByteView beginning);

}  // namespace wsconform
