// A server's status for tests: two clients, one of them hostile.
#pragma once

#include "server-under-test/status/server_status.h"

namespace wsconform::tested {

inline ServerStatus sample_status() {
  using namespace std::chrono_literals;
  ServerStatus status{.started = std::chrono::sys_seconds(1'000'000'000s),
                      .now = std::chrono::sys_seconds(1'000'000'090s),
                      .clients = 3,
                      .waiting = 2,
                      .max_clients = 100,
                      .max_per_address = SIZE_MAX,
                      .memory_held = 4096,
                      .max_memory = 8192};
  status.tally = {.accepted = 9,
                  .answers = {{101, 4}, {404, 2}},
                  .closes = {{1000, 1}},
                  .failed = 0,
                  .stalled = 1,
                  .without_memory = 0,
                  .too_slow = 2,
                  .tls_failures = 0,
                  .received = {5, 50},
                  .sent = {6, 60}};
  status.page = {{.id = 7,
                  .address = "192.0.2.1",
                  .tls = true,
                  .user = "ann",
                  .path = "/chat",
                  .subprotocol = "chat",
                  .extension = "permessage-deflate",
                  .age = 61s,
                  .received = {1, 5},
                  .sent = {2, 10},
                  .round_trip = 1500us},
                 {.id = 8, .address = "2001:db8::1", .path = "/<script>\x1b[2J\xff"}};
  status.chat = {.rooms = 2,
                 .max_rooms = 1000,
                 .members = 5,
                 .said = {7, 70},
                 .page = {{.name = "/chat", .members = 3, .said = {6, 60}, .behind = 1},
                          {.name = "/chat/<b>\xff", .members = 2, .said = {1, 10}}}};
  status.more = true;
  return status;
}

}  // namespace wsconform::tested
