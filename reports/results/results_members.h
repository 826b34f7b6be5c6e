// The members of the results, each named once: writing and reading JSON both walk these lists, so
// neither can forget what the other knows. The order is the order in the file.
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>

#include "core/role.h"
#include "reports/results/results.h"

namespace wsconform {

std::string_view name_of(WireEntry::Direction direction);
std::string_view name_of(WireEntry::Kind kind);
std::string_view name_of(Stop::Kind kind);

// The enumerator with that name.
template <typename Enum>
std::optional<Enum> enumerator_named(std::string_view name);
template <>
std::optional<Level> enumerator_named(std::string_view name);
template <>
std::optional<Role> enumerator_named(std::string_view name);
template <>
std::optional<Verdict> enumerator_named(std::string_view name);
template <>
std::optional<AtFault> enumerator_named(std::string_view name);
template <>
std::optional<WireEntry::Direction> enumerator_named(std::string_view name);
template <>
std::optional<WireEntry::Kind> enumerator_named(std::string_view name);
template <>
std::optional<Stop::Kind> enumerator_named(std::string_view name);

// A number that is written as a string of decimal digits.
template <typename Integer>
struct Digits {
  Integer& number;
};
template <typename Integer>
Digits(Integer&) -> Digits<Integer>;

// A member that is always written, and that results of an earlier program lack.
template <typename Member>
struct MayLack {
  Member& member;
};
template <typename Member>
MayLack(Member&) -> MayLack<Member>;
template <typename>
inline constexpr bool may_lack = false;
template <typename Member>
inline constexpr bool may_lack<MayLack<Member>> = true;

template <typename Const, typename Struct>
concept maybe_const = std::same_as<std::remove_const_t<Const>, Struct>;

void each_member(maybe_const<WireEntry> auto& entry, auto visit) {
  visit("at_ms", entry.at_ms);
  visit("connection", entry.connection);
  visit("direction", entry.direction);
  visit("kind", entry.kind);
  visit("says", entry.says);
  visit("details", entry.details);
  visit("bytes", entry.bytes);
  visit("size", entry.size);
  visit("violation", entry.violation);
}

void each_member(maybe_const<CaseResult> auto& result, auto visit) {
  visit("id", result.id);
  visit("section", result.section);
  visit("says", result.says);
  visit("level", result.level);
  visit("because", result.because);
  visit("requirements", result.requirements);
  visit("autobahn", result.autobahn);
  visit("script", result.script);
  visit("verdict", result.verdict);
  visit("at_fault", result.at_fault);
  visit("ground", MayLack{result.ground});
  visit("came", MayLack{result.came});
  visit("cause", MayLack{result.cause});
  visit("reason", result.reason);
  visit("expected", result.expected);
  visit("received", result.received);
  visit("notes", result.notes);
  visit("handshake_ms", result.handshake_ms);
  visit("total_ms", result.total_ms);
  visit("repetition", result.repetition);
  visit("wire", result.wire);
  visit("wire_left_out", result.wire_left_out);
  visit("known_failing", result.known_failing);
  visit("unexpected", result.unexpected);
}

void each_member(maybe_const<Fact> auto& fact, auto visit) {
  visit("name", fact.name);
  visit("value", fact.value);
  visit("amount", fact.amount);
  visit("unit", fact.unit);
}

void each_member(maybe_const<Target> auto& target, auto visit) {
  visit("name", target.name);
  visit("url", target.url);
  visit("profile", MayLack{target.profile});
  visit("again", MayLack{target.again});
  visit("server", target.server);
  visit("echoes", target.echoes);
  visit("round_trip_ms", target.round_trip_ms);
  visit("facts", target.facts);
}

void each_member(maybe_const<Requirement> auto& requirement, auto visit) {
  visit("id", requirement.id);
  visit("standard", requirement.standard);
  visit("section", requirement.section);
  visit("level", requirement.level);
  visit("says", requirement.says);
  visit("binds", requirement.binds);
  visit("testable", requirement.testable);
  visit("because", requirement.because);
}

void each_member(maybe_const<Stop> auto& stop, auto visit) {
  visit("kind", stop.kind);
  visit("under_way", stop.under_way);
  visit("why", stop.why);
}

void each_member(maybe_const<Results> auto& results, auto visit) {
  visit("version", results.version);
  visit("wsconform", results.wsconform);
  visit("side", results.side);
  visit("started", results.started);
  visit("duration_ms", results.duration_ms);
  visit("seed", Digits{results.seed});
  visit("shuffled", results.shuffled);
  visit("jobs", results.jobs);
  visit("stop", results.stop);
  visit("exit_code", results.exit_code);
  visit("filtered", MayLack{results.filtered});
  visit("excluded", MayLack{results.excluded});
  visit("dead_known_failing", results.dead_known_failing);
  visit("target", results.target);
  visit("cases", results.cases);
  visit("requirements", results.requirements);
}

template <typename Struct>
concept has_members = requires(Struct& value) { each_member(value, [](const char*, auto&&) {}); };

}  // namespace wsconform
