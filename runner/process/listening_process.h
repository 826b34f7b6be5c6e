// Whether a process, or one that it started, is the one that listens on a port of this machine
// (sock_diag(7), /proc).
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>

namespace wsconform {

// nullopt where that cannot be told: nobody is seen to listen there, its files may not be read, or
// it has a network of its own.
std::optional<bool> listens_on(pid_t root, std::uint16_t port);

}  // namespace wsconform
