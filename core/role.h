// The two sides of a WebSocket connection (RFC 6455 §1.2).
#pragma once

#include <string_view>

namespace wsconform {

enum class Role { client, server };

constexpr Role peer_of(Role role) {
  return role == Role::client ? Role::server : Role::client;
}
constexpr std::string_view name_of(Role role) {
  return role == Role::client ? "client" : "server";
}

}  // namespace wsconform
