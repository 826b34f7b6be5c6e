#include "reports/results/results_members.h"

#include <array>

namespace wsconform {
namespace {

using Direction = WireEntry::Direction;
using Kind = WireEntry::Kind;

constexpr std::array roles{Role::server, Role::client};
constexpr std::array directions{Direction::sent, Direction::received, Direction::event};
constexpr std::array stops{Stop::Kind::interrupted, Stop::Kind::unexpected_result,
                           Stop::Kind::target_died, Stop::Kind::target_silent,
                           Stop::Kind::out_of_time, Stop::Kind::machine_fault,
                           Stop::Kind::killed};
constexpr std::array kinds{Kind::head, Kind::body, Kind::frame, Kind::bytes, Kind::event};

template <typename Enum, std::size_t size>
std::optional<Enum> among(const std::array<Enum, size>& all, std::string_view name) {
  for (const Enum one : all) {
    if (name_of(one) == name) return one;
  }
  return std::nullopt;
}

}  // namespace

std::string_view name_of(WireEntry::Direction direction) {
  switch (direction) {
    case Direction::sent:
      return "sent";
    case Direction::received:
      return "received";
    case Direction::event:
      return "event";
  }
  return "event";
}

std::string_view name_of(WireEntry::Kind kind) {
  switch (kind) {
    case Kind::head:
      return "head";
    case Kind::body:
      return "body";
    case Kind::frame:
      return "frame";
    case Kind::bytes:
      return "bytes";
    case Kind::event:
      return "event";
  }
  return "event";
}

std::string_view name_of(Stop::Kind kind) {
  switch (kind) {
    case Stop::Kind::interrupted:
      return "interrupted";
    case Stop::Kind::unexpected_result:
      return "unexpected-result";
    case Stop::Kind::target_died:
      return "target-died";
    case Stop::Kind::target_silent:
      return "target-silent";
    case Stop::Kind::out_of_time:
      return "out-of-time";
    case Stop::Kind::machine_fault:
      return "machine-fault";
    case Stop::Kind::killed:
      return "killed";
  }
  return "interrupted";
}

template <>
std::optional<Level> enumerator_named(std::string_view name) {
  return level_named(name);
}

template <>
std::optional<Role> enumerator_named(std::string_view name) {
  return among(roles, name);
}

template <>
std::optional<Verdict> enumerator_named(std::string_view name) {
  return verdict_named(name);
}

template <>
std::optional<AtFault> enumerator_named(std::string_view name) {
  return at_fault_named(name);
}

template <>
std::optional<Direction> enumerator_named(std::string_view name) {
  return among(directions, name);
}

template <>
std::optional<Kind> enumerator_named(std::string_view name) {
  return among(kinds, name);
}

template <>
std::optional<Stop::Kind> enumerator_named(std::string_view name) {
  return among(stops, name);
}

}  // namespace wsconform
