#include "server-under-test/roster.h"

#include <utility>

namespace wsconform {

void Roster::add(std::uint64_t id, std::shared_ptr<Session> session) {
  sessions_.emplace_hint(sessions_.end(), id, std::move(session));
}

std::shared_ptr<Session> Roster::find(std::uint64_t id) const {
  const auto found = sessions_.find(id);
  return found == sessions_.end() ? nullptr : found->second;
}

std::vector<std::shared_ptr<Session>> Roster::all() const {
  std::vector<std::shared_ptr<Session>> all;
  for (const auto& [id, session] : sessions_) all.push_back(session);
  return all;
}

void Roster::fill(ServerStatus& status, std::uint64_t after, std::size_t most) const {
  for (const auto& [id, session] : sessions_) add_to(status.tally, session->endpoint());
  for (auto at = sessions_.upper_bound(after); at != sessions_.end() && !status.more; ++at) {
    if (!at->second->is_client()) continue;
    status.more = status.page.size() == most;
    if (!status.more) status.page.push_back(at->second->record());
  }
}

void Roster::show_out(const std::string& session, std::string_view reason) const {
  for (const auto& each : all())
    if (each->endpoint().visit().session == session) each->show_out(reason);
}

void Roster::show_out_strangers(const Authentication* authentication) const {
  for (const auto& session : all()) {
    const std::string& user = session->endpoint().visit().user;
    const bool known = authentication != nullptr && authentication->options().accounts.has(user);
    if (!user.empty() && !known) session->show_out("the user has no password any more");
  }
}

}  // namespace wsconform
