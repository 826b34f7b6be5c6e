#include "runner/conversation/reaction.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/close_payload.h"

namespace wsconform::reaction_test {
namespace {

SawClose close_with(std::uint16_t code) {
  return {code, encode_close_payload(code)};
}

struct NameRow {
  std::string_view name;  // of the reaction, in hyphens
  Reaction reaction;
};
void PrintTo(const NameRow& row, std::ostream* out) {
  *out << row.name;
}

class NamedReaction : public testing::TestWithParam<NameRow> {};

TEST_P(NamedReaction, HasANameThatNeverChanges) {
  EXPECT_EQ(name_of(GetParam().reaction), GetParam().name);
}

const NameRow names[] = {
    {"open", {.open = true, .all_echoed = true, .upgraded = true}},
    {"open-without-echo", {.open = true, .upgraded = true}},
    {"close-1002", {.upgraded = true, .end = StreamEnd::fin, .close = close_with(1002)}},
    {"close-1002-reset", {.upgraded = true, .end = StreamEnd::reset, .close = close_with(1002)}},
    {"close-1002-without-end", {.upgraded = true, .close = close_with(1002)}},
    {"close-without-code", {.upgraded = true, .end = StreamEnd::fin, .close = SawClose{}}},
    {"end-without-close", {.upgraded = true, .end = StreamEnd::fin, .status = 101}},
    {"reset-without-close", {.upgraded = true, .end = StreamEnd::reset}},
    {"end-without-response", {.end = StreamEnd::fin}},
    {"reset-without-response", {.end = StreamEnd::reset}},
    {"end-without-request", {.of = Role::client, .end = StreamEnd::fin}},
    {"status-400", {.end = StreamEnd::fin, .status = 400}},
    {"interim-100", {.interim = 100}},
    {"silence", {}},
};
INSTANTIATE_TEST_SUITE_P(Of, NamedReaction, testing::ValuesIn(names), [](const auto& row) {
  std::string name(row.param.name);
  std::ranges::replace(name, '-', '_');
  return name;
});

}  // namespace
}  // namespace wsconform::reaction_test
