// The sessions of a server, by their ids.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <vector>

#include "server-under-test/session.h"

namespace wsconform {

class Roster {
 public:
  void add(std::uint64_t id, std::shared_ptr<Session> session);
  void remove(std::uint64_t id) { sessions_.erase(id); }
  // Null: there is none.
  std::shared_ptr<Session> find(std::uint64_t id) const;
  // Those that are there now; what is done to one may remove it.
  std::vector<std::shared_ptr<Session>> all() const;
  std::size_t size() const { return sessions_.size(); }

  // The page of at most so many clients with ids above `after`, and what all sessions
  // have said so far.
  void fill(ServerStatus& status, std::uint64_t after, std::size_t most) const;
  // Whoever came by the session of this id (site/authentication.h).
  void show_out(const std::string& session, std::string_view reason) const;
  // Whoever came as a user whom the authentication does not know; null: it knows none.
  void show_out_strangers(const Authentication* authentication) const;

 private:
  std::map<std::uint64_t, std::shared_ptr<Session>> sessions_;
};

}  // namespace wsconform
