// Why a run ends before its first case. what() is one sentence each.
#pragma once

#include <stdexcept>

namespace wsconform {

// The target cannot be reached or does not speak WebSocket at all: exit code 3.
class TargetUnreachable : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// A process of ours ended before it could be reached, and somebody else has its port: on
// another it may go well.
class PortTaken : public TargetUnreachable {
 public:
  using TargetUnreachable::TargetUnreachable;
};

}  // namespace wsconform
