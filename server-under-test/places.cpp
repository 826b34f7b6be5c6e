#include "server-under-test/places.h"

#include <utility>

namespace wsconform {

std::optional<std::uint64_t> Places::come(std::uint64_t id, const std::string& address) {
  const auto oldest = longest_waiting();
  const bool too_many = waiting_.size() >= limits_.waiting;
  waiting_.emplace_hint(waiting_.end(), id, address);
  return too_many ? oldest : std::nullopt;
}

Places::Answer Places::take(std::uint64_t id) {
  const auto waiting = waiting_.find(id);
  if (waiting == waiting_.end()) return Answer::taken;
  if (clients_.size() >= limits_.clients) return Answer::full;
  auto& address = *addresses_.try_emplace(waiting->second).first;
  if (address.second >= limits_.clients_of_an_address) return Answer::full_for_the_address;
  ++address.second;
  clients_.emplace(id, &address);
  waiting_.erase(waiting);
  return Answer::taken;
}

void Places::leave(std::uint64_t id) {
  waiting_.erase(id);
  const auto client = clients_.find(id);
  if (client == clients_.end()) return;
  if (--client->second->second == 0) addresses_.erase(addresses_.find(client->second->first));
  clients_.erase(client);
}

std::optional<std::uint64_t> Places::longest_waiting() const {
  return waiting_.empty() ? std::nullopt : std::optional(waiting_.begin()->first);
}

}  // namespace wsconform
