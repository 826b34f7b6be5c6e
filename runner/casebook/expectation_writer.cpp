#include "runner/casebook/expectation_writer.h"

#include <cassert>

#include "runner/casebook/edits_writer.h"
#include "runner/casebook/payload_writer.h"

namespace wsconform {
namespace {

// One value stands alone, several in a list.
Json alone_or_listed(Json values) {
  return values.size() == 1 ? Json(values.front()) : std::move(values);
}

Json written_range(int first, int last) {
  if (first == last) return first;
  assert(first % 100 == 0 && last == first + 99);
  return std::to_string(first / 100) + "xx";
}

Json written(const StatusSet& status) {
  Json values = Json::array();
  for (const auto& [first, last] : status.ranges) values.push_back(written_range(first, last));
  return alone_or_listed(std::move(values));
}

Json written(const FieldCheck& check) {
  switch (check.kind) {
    case FieldCheck::Kind::present:
      return true;
    case FieldCheck::Kind::absent:
      return false;
    case FieldCheck::Kind::lists:
      return {{"lists", check.value}};
    case FieldCheck::Kind::elements:
      return {{"elements", check.value}};
    case FieldCheck::Kind::equals:
      break;
  }
  return check.value;
}

void write_fields(const std::vector<FieldCheck>& checks, Json& step) {
  for (const FieldCheck& check : checks) step["fields"][check.name] = written(check);
}

Json expected(const ExpectResponse& expect) {
  Json step = {{"expect", "response"}, {"status", written(expect.status)}};
  write_fields(expect.fields, step);
  if (expect.subprotocol)
    step["subprotocol"] = expect.subprotocol->empty() ? Json(nullptr) : Json(*expect.subprotocol);
  return step;
}

Json expected(const ExpectRefusal& expect) {
  const ExpectRefusal usual;
  Json step = {{"expect", "refusal"}};
  if (expect.status != usual.status) step["status"] = written(expect.status);
  if (expect.tolerated != usual.tolerated) step["tolerate"] = written(expect.tolerated);
  if (expect.end_without_response != usual.end_without_response)
    step["end"] = name_of(expect.end_without_response);
  if (expect.silence_passes) step["silence"] = "pass";
  if (!expect.may_be_missing) step["missing"] = "fail";
  write_fields(expect.fields, step);
  return step;
}

// The text "same" would be read as what was sent.
Json payload_beside_same(const Payload& payload) {
  Json text = written(payload);
  if (text != "same") return text;
  return {{"hex", to_hex(bytes_of("same"))}};
}

Json expected(const ExpectFrame& expect) {
  Json step = {{"expect", name_of(expect.opcode)}};
  if (!expect.same) step["payload"] = payload_beside_same(expect.payload);
  if (expect.compressed) step["compressed"] = true;
  return step;
}

Json written_code(const Ending& ending) {
  if (ending.code_absent) return "none";
  if (ending.codes.empty()) return "any";
  return alone_or_listed(ending.codes);
}

Json written(const Ending& ending) {
  Json made = {{"expect", name_of(ending.kind)}};
  if (takes_code(ending.kind)) made["code"] = written_code(ending);
  if (ending.kind == EndingKind::response) made["status"] = written(ending.status);
  return made;
}

Json graded(const Ending& ending) {
  Json made = written(ending);
  made["verdict"] = name_of(ending.verdict);
  if (!ending.because.empty()) made["because"] = ending.because;
  return made;
}

Json expected(const ExpectEnding& expect) {
  if (!expect.plain) {
    Json endings = Json::array();
    for (const Ending& ending : expect.endings) endings.push_back(graded(ending));
    return {{"endings", std::move(endings)}};
  }
  Json step = written(expect.endings.front());
  if (!expect.asks) step["ask"] = false;
  return step;
}

Json expected(const ExpectProportion& expect) {
  Json step = {{"expect", "proportion"}};
  step["harmless"] = written(expect.trials.at(static_cast<std::size_t>(Trial::harmless)));
  step["quarter"] = written(expect.trials.at(static_cast<std::size_t>(Trial::quarter)));
  step["whole"] = written(expect.trials.at(static_cast<std::size_t>(Trial::whole)));
  return step;
}

}  // namespace

Json written(const Expectation& expectation) {
  return std::visit([](const auto& each) { return expected(each); }, expectation);
}

}  // namespace wsconform
