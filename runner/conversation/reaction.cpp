#include "runner/conversation/reaction.h"

namespace wsconform {
namespace {

std::string name_of_close(const Reaction& reaction) {
  const auto& code = reaction.close->code;
  const std::string name = code ? "close-" + std::to_string(*code) : "close-without-code";
  if (!reaction.end) return name + "-without-end";
  return *reaction.end == StreamEnd::reset ? name + "-reset" : name;
}

std::string name_of_end(const Reaction& reaction) {
  const std::string name = *reaction.end == StreamEnd::reset ? "reset" : "end";
  if (reaction.upgraded) return name + "-without-close";
  return name + (reaction.of == Role::client ? "-without-request" : "-without-response");
}

}  // namespace

std::string name_of(const Reaction& reaction) {
  if (reaction.open) return reaction.all_echoed ? "open" : "open-without-echo";
  if (reaction.close) return name_of_close(reaction);
  if (reaction.status && !reaction.upgraded) return "status-" + std::to_string(*reaction.status);
  if (reaction.end) return name_of_end(reaction);
  if (reaction.interim && !reaction.status) return "interim-" + std::to_string(*reaction.interim);
  return "silence";
}

}  // namespace wsconform
