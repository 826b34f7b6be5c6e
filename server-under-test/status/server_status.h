// What the reference server knows of its clients and of itself, at one instant. Text in it is as
// clients sent it; whoever shows it makes it visible.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/instant.h"
#include "core/traffic.h"
#include "server-under-test/chat/chat_rooms.h"

namespace wsconform {

// A client: somebody who has opened a WebSocket.
struct ClientRecord {
  std::uint64_t id = 0;   // of its TCP connection; grows
  std::string address{};  // as numbers, without the port
  bool tls = false;
  std::string user{};  // "" nobody asked
  std::string path{};  // of its handshake, without the query
  std::string subprotocol{};
  std::string extension{};  // as the 101 says it
  Duration age{};           // since the handshake
  Traffic received{};
  Traffic sent{};
  std::optional<Duration> round_trip{};  // of the last Ping that was answered
};

// Since the start.
struct Tally {
  std::uint64_t accepted = 0;                       // TCP connections
  std::map<int, std::uint64_t> answers{};           // by status, 101 too
  std::map<std::uint16_t, std::uint64_t> closes{};  // WebSockets that are over, by RFC 6455 §7.1.5
  std::uint64_t failed = 0;                         // of these, how many were failed (§7.1.7)
  std::uint64_t stalled = 0;                        // dropped, because they took nothing
  std::uint64_t without_memory = 0;                 // refused for memory
  std::uint64_t too_slow = 0;  // closed, because they read too slowly for a room
  std::uint64_t tls_failures = 0;
  Traffic received{};
  Traffic sent{};
};

// All rooms.
struct ChatStatus {
  std::size_t rooms = 0;
  std::size_t max_rooms = 0;
  std::size_t members = 0;
  Traffic said{};                  // since the start; each message once
  std::vector<RoomRecord> page{};  // the first, by name
};

struct ServerStatus {
  std::chrono::sys_seconds started{};
  std::chrono::sys_seconds now{};
  std::size_t clients = 0;
  std::size_t waiting = 0;  // connections without a handshake so far
  std::size_t max_clients = 0;
  std::size_t max_per_address = 0;  // SIZE_MAX: no bound
  std::size_t memory_held = 0;      // bytes, for what comes and goes on all connections
  std::size_t max_memory = 0;
  Tally tally{};
  std::vector<ClientRecord> page{};  // of the clients, by id
  ChatStatus chat{};
  bool more = false;  // behind the last of the page there are others
};

// A server as its status pages see it. All on the server's thread.
class Watched {
 public:
  // With a page of at most so many clients whose ids are above `after`.
  virtual ServerStatus status(std::uint64_t after, std::size_t most) const = 0;
  // Closes the client's WebSocket; false: there is no such client.
  virtual bool show_out(std::uint64_t id) = 0;

 protected:
  ~Watched() = default;
};

}  // namespace wsconform
