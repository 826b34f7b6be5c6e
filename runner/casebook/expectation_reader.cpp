#include "runner/casebook/expectation_reader.h"

#include <algorithm>

#include "runner/casebook/payload_reader.h"
#include "runner/casebook/request_reader.h"

namespace wsconform {
namespace {

constexpr std::string_view close_is_recommended =
    "RFC 6455 §7.1.7 recommends the Close and its code and does not demand them.";
constexpr std::string_view echoed_code_is_usual =
    "RFC 6455 §5.5.1 calls it typical, not required, to answer with the code that came.";

void add_status(const JsonNode& node, StatusSet& set) {
  if (node.value().is_string()) {
    const int first = (node.value().get_ref<const std::string&>().front() - '0') * 100;
    set.ranges.emplace_back(first, first + 99);
  } else {
    const int status = node.value().get<int>();
    set.ranges.emplace_back(status, status);
  }
}

std::vector<FieldCheck> read_fields(const JsonNode& node) {
  std::vector<FieldCheck> checks;
  if (!node.has("fields")) return checks;
  for (const auto& [name, wanted] : node["fields"].members()) {
    FieldCheck& check = checks.emplace_back();
    check.name = name;
    if (wanted.value().is_boolean()) {
      check.kind =
          wanted.value().get<bool>() ? FieldCheck::Kind::present : FieldCheck::Kind::absent;
    } else if (!wanted.value().is_object()) {
      check.kind = FieldCheck::Kind::equals;
      check.value = read_text(wanted);
    } else {
      const bool lists = wanted.has("lists");
      check.kind = lists ? FieldCheck::Kind::lists : FieldCheck::Kind::elements;
      check.value = wanted[lists ? "lists" : "elements"].text();
    }
  }
  return checks;
}

ExpectResponse read_response(const JsonNode& node) {
  ExpectResponse expect;
  expect.status = read_status_set(node["status"]);
  expect.fields = read_fields(node);
  if (node.has("subprotocol"))
    expect.subprotocol = node["subprotocol"].value().is_null() ? "" : node["subprotocol"].text();
  return expect;
}

ExpectRefusal read_refusal(const JsonNode& node) {
  ExpectRefusal expect;
  if (node.has("status")) expect.status = read_status_set(node["status"]);
  if (node.has("tolerate")) expect.tolerated = read_status_set(node["tolerate"]);
  if (expect.status.has(101) || expect.tolerated.has(101)) node.fail("takes 101 for a refusal");
  if (node.has("end")) expect.end_without_response = *verdict_named(node["end"].text());
  expect.silence_passes = node.has("silence");
  expect.may_be_missing = !node.has("missing");
  expect.fields = read_fields(node);
  return expect;
}

ExpectFrame read_frame(const JsonNode& node, Opcode opcode) {
  ExpectFrame expect;
  expect.opcode = opcode;
  expect.same = !node.has("payload") || node["payload"].is("same");
  if (expect.same && opcode == Opcode::ping) node.fail("lacks the payload of the Ping");
  if (!expect.same) expect.payload = read_payload(node["payload"]);
  expect.compressed = node.flag_at("compressed", false);
  if (expect.compressed && is_control(opcode))
    node["compressed"].fail("is only for a text or binary message");
  return expect;
}

void read_code(const JsonNode& node, Ending& ending) {
  if (!node.has("code")) return;
  const JsonNode code = node["code"];
  if (!takes_code(ending.kind)) code.fail("is only for \"failed-connection\" and \"closed\"");
  if (code.value().is_array()) {
    ending.codes = code.value().get<std::vector<std::uint16_t>>();
  } else if (code.value().is_number()) {
    ending.codes = {code.value().get<std::uint16_t>()};
  } else {
    ending.code_absent = code.is("none");
  }
}

Ending read_ending(const JsonNode& node) {
  Ending ending;
  ending.kind = *ending_kind_named(node["expect"].text());
  read_code(node, ending);
  const bool is_response = ending.kind == EndingKind::response;
  if (is_response != node.has("status"))
    node.fail(is_response ? "lacks the member \"status\""
                          : "has a status, which is only for \"response\"");
  if (is_response) ending.status = read_status_set(node["status"]);
  ending.verdict = *verdict_named(node["verdict"].text());
  ending.because = node.text_at("because");
  return ending;
}

ExpectEnding read_endings(const JsonNode& node) {
  ExpectEnding expect;
  for (const JsonNode& ending : node["endings"].elements())
    expect.endings.push_back(read_ending(ending));
  const bool asks = any_of_kind(expect.endings, EndingKind::open) ||
                    any_of_kind(expect.endings, EndingKind::echo);
  if (asks && any_of_kind(expect.endings, EndingKind::silence) &&
      !any_of_kind(expect.endings, EndingKind::response))
    node["endings"].fail("takes silence for an answer, and a Ping would break it");
  return expect;
}

// The code that the rule assigns passes; that the connection ends is demanded, the code is not.
ExpectEnding read_plain_ending(const JsonNode& node) {
  Ending ending;
  ending.kind = *ending_kind_named(node["expect"].text());
  if (takes_code(ending.kind) && !node.has("code")) node.fail("lacks the member \"code\"");
  read_code(node, ending);
  ExpectEnding expect{.endings = {ending}, .plain = true};
  if (!ending.codes.empty() || ending.code_absent) {
    Ending other;
    other.kind = ending.kind;
    other.verdict = Verdict::lenient;
    other.because = ending.kind == EndingKind::closed ? echoed_code_is_usual : close_is_recommended;
    expect.endings.push_back(std::move(other));
  }
  if (node.has("ask")) {
    if (ending.kind != EndingKind::failed_connection)
      node["ask"].fail("is only for \"failed-connection\"");
    expect.asks = false;
  }
  return expect;
}

}  // namespace

StatusSet read_status_set(const JsonNode& node) {
  StatusSet set;
  if (node.value().is_array()) {
    for (const JsonNode& each : node.elements()) add_status(each, set);
  } else {
    add_status(node, set);
  }
  return set;
}

Expectation read_expectation(const JsonNode& node) {
  if (node.has("endings")) return read_endings(node);
  const std::string kind = node["expect"].text();
  if (kind == "response") return read_response(node);
  if (kind == "refusal") return read_refusal(node);
  if (kind == "proportion") {
    return ExpectProportion{{read_request(node["harmless"]), read_request(node["quarter"]),
                             read_request(node["whole"])}};
  }
  if (const auto opcode = opcode_named(kind)) return read_frame(node, *opcode);
  return read_plain_ending(node);
}

}  // namespace wsconform
