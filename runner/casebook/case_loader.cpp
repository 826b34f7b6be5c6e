#include "runner/casebook/case_loader.h"

#include <algorithm>
#include <set>

#include "runner/casebook/case.h"
#include "runner/casebook/case_expansion.h"
#include "runner/casebook/case_schema.h"
#include "runner/casebook/request_reader.h"
#include "runner/casebook/step_reader.h"
#include "runner/input/input_error.h"
#include "runner/input/json_node.h"

namespace wsconform {
namespace {

namespace fs = std::filesystem;

bool is_expectation(const Step& step) {
  return std::holds_alternative<Expectation>(step);
}

// Whether nothing but a new connection can follow.
bool ends_connection(const Step& step) {
  if (as<ExpectProportion>(step) != nullptr) return true;
  const auto* expect = as<ExpectEnding>(step);
  if (expect == nullptr) return false;
  return std::ranges::none_of(expect->endings, [](const Ending& ending) {
    return ending.kind == EndingKind::open || ending.kind == EndingKind::echo ||
           ending.kind == EndingKind::response || ending.kind == EndingKind::silence;
  });
}

bool sends_request(const Step& step) {
  return as<SendRequest>(step) != nullptr;
}

// The connections of a case, as its steps open and leave them.
class Connections {
 public:
  // The step may stand where it does.
  void check(const JsonNode& node, const Step& step) {
    if (const auto* turn = as<TurnTo>(step)) {
      check_number(node["turn-to"], turn->connection);
      if (turn->connection == current_) node["turn-to"].fail("is the connection at hand");
      current_ = turn->connection;
    } else if (as<Reconnect>(step) != nullptr) {
      over_.push_back(false);
      current_ = over_.size();
    } else if (over_.at(current_ - 1)) {
      node.fail("comes after the end of the connection; only \"connect\" and \"turn-to\" can");
    }
    if (const auto* frame = as<SendFrame>(step))
      for (const std::uint64_t number : frame->heard_by) check_number(node["heard-by"], number);
    if (ends_connection(step)) over_.at(current_ - 1) = true;
  }

 private:
  void check_number(const JsonNode& node, std::uint64_t number) const {
    if (number == 0 || number > over_.size() || over_.at(number - 1))
      node.fail("names a connection that is not open there");
  }

  std::vector<bool> over_ = {false};
  std::uint64_t current_ = 1;
};

std::vector<Step> read_steps(const JsonNode& node) {
  std::vector<Step> steps;
  Connections connections;
  for (const JsonNode& each : node.elements()) {
    steps.push_back(read_step(each));
    connections.check(each, steps.back());
  }
  if (!is_expectation(steps.back())) node.fail("ends without an expectation");
  return steps;
}

std::vector<Role> read_sides(const JsonNode& node) {
  if (!node.has("sides")) return {Role::server};
  std::vector<Role> sides;
  for (const JsonNode& side : node["sides"].elements())
    sides.push_back(side.is("server") ? Role::server : Role::client);
  return sides;
}

DeflateWanted read_agreement(const JsonNode& node) {
  DeflateWanted wanted;
  const auto takes_over = [&](const char* name, std::optional<bool>& to) {
    if (node.has(name)) to = !node.flag_at(name, false);
  };
  const auto window_bits = [&](const char* name, std::optional<int>& to) {
    if (node.has(name)) to = static_cast<int>(node[name].count());
  };
  takes_over("server_no_context_takeover", wanted.server_takes_over);
  takes_over("client_no_context_takeover", wanted.client_takes_over);
  window_bits("server_max_window_bits", wanted.server_window_bits);
  window_bits("client_max_window_bits", wanted.client_window_bits);
  return wanted;
}

Level read_level(const JsonNode& node) {
  const std::optional<Level> level = level_named(node.text());
  if (!level) node.fail("is no level: must, should, may, observe");
  return *level;
}

std::vector<HandshakeFault> read_faults(const JsonNode& node) {
  std::vector<HandshakeFault> faults;
  for (const std::string& name : node.texts_at("about")) {
    const auto rule = std::ranges::find(handshake_rules(), name, &HandshakeRule::name);
    if (rule == handshake_rules().end() || rule->fault < HandshakeFault::status_line_malformed)
      node["about"].fail("names no fault of a response: " + name);
    faults.push_back(rule->fault);
  }
  return faults;
}

Case read_case(const JsonNode& node) {
  Case made;
  made.id = node["id"].text();
  made.says = node["says"].text();
  made.level = read_level(node["level"]);
  made.because = node.text_at("because");
  made.sides = read_sides(node);
  made.needs = node.texts_at("needs");
  made.requirements = node.texts_at("requirements");
  made.autobahn = node.texts_at("autobahn");
  made.alone = node.flag_at("alone", false);
  made.full_only = node.has("intensity");
  if (node.has("patience")) made.patience = node["patience"].value().get<double>();
  made.about = read_faults(node);
  if (node.has("agreement")) made.agreement = read_agreement(node["agreement"]);
  made.steps = read_steps(node["steps"]);
  made.opens = std::ranges::none_of(made.steps, sends_request);
  if (node.has("handshake")) {
    if (!made.opens) node["handshake"].fail("has no effect in a case that sends a request");
    made.handshake = read_request(node["handshake"]);
  }
  return made;
}

// Where a size is about what the target declares to take, a text is so large with its form around
// it.
void leave_room(std::uint64_t form, Case& of) {
  const auto is_of_limits = [](const std::string& need) { return need.contains("-limit"); };
  if (form == 0 || std::ranges::none_of(of.needs, is_of_limits)) return;
  for (Step& step : of.steps) {
    auto* act = std::get_if<Act>(&step);
    auto* frame = act == nullptr ? nullptr : std::get_if<SendFrame>(act);
    if (frame == nullptr || frame->opcode != Opcode::text || frame->payload.parts().size() != 1)
      continue;
    PayloadPart part = frame->payload.parts().front();
    if (part.kind == PayloadPart::Kind::repeated && part.unit.size() == 1 && part.times > form)
      part.times -= form;
    frame->payload = Payload({part});
  }
}

// A slug; or, of a variant that is written as an entry of its own, its slug and name.
bool is_entry_id(std::string_view id) {
  const auto slash = id.find('/');
  return is_slug(id.substr(0, slash)) && (slash == id.npos || is_slug(id.substr(slash + 1)));
}

class FileReader {
 public:
  FileReader(const JsonSource& file, const std::string& section, const DeclaredLimits& limits)
      : section_(section), limits_(limits), reading_{file} {}

  void read_entry(const std::string& pointer, std::vector<Case>& cases) {
    check_id(reading_.source.value().at(Json::json_pointer(pointer)), pointer + "/id");
    const auto visit = [&](const Variant& variant) {
      Case made = read_variant(variant, pointer);
      if (!ids_.insert(made.id).second)
        reading_.source.fail(pointer, "makes the id \"" + made.id + "\" a second time");
      cases.push_back(std::move(made));
    };
    for_each_variant(reading_.source, pointer, limits_, expansion_left_, visit);
  }

 private:
  void check_id(const Json& entry, const std::string& pointer) const {
    const auto& id = entry["id"].get_ref<const std::string&>();
    if (!is_entry_id(id))
      reading_.source.fail(pointer, "is made of more than letters, digits and - . _ +");
    if (!is_slug(id) && entry.contains("each"))
      reading_.source.fail(pointer, "names a variant, and `each` makes some");
  }

  Case read_variant(const Variant& variant, const std::string& pointer) {
    if (const auto fault = case_schema().check(variant.value))
      reading_.source.fail(pointer + fault->pointer, fault->message + in_variant(variant));
    Case made = read_case(JsonNode(variant.value, reading_, pointer));
    leave_room(limits_.text_form, made);
    made.id = section_ + "/" + made.id + (variant.name.empty() ? "" : "/" + variant.name);
    made.section = section_;
    made.origin = {reading_.source.path(), reading_.source.line_of(pointer), pointer};
    return made;
  }

  static std::string in_variant(const Variant& variant) {
    return variant.name.empty() ? "" : " (in the variant " + variant.name + ")";
  }

  const std::string& section_;
  const DeclaredLimits& limits_;
  JsonReading reading_;
  std::size_t expansion_left_ = max_expansion;
  std::set<std::string> ids_;
};

std::string stem_of(const fs::path& file) {
  return file.stem().string();
}

}  // namespace

std::vector<Case> load_cases_of(const JsonSource& file, const std::string& section,
                                const DeclaredLimits& limits) {
  if (const auto fault = case_file_schema().check(file.value()))
    file.fail(fault->pointer, fault->message);
  FileReader reader(file, section, limits);
  std::vector<Case> cases;
  for (std::size_t i = 0; i < file.value()["cases"].size(); ++i)
    reader.read_entry(pointer_to("/cases", i), cases);
  return cases;
}

std::vector<fs::path> case_files(const fs::path& directory) {
  std::vector<fs::path> files;
  std::error_code error;
  auto entry = fs::recursive_directory_iterator(directory, error);
  for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    const fs::path& path = entry->path();
    if (entry->is_directory(error)) {
      if (path.filename() == "requirements") entry.disable_recursion_pending();
    } else if (path.extension() == ".json" && path.stem().extension() != ".schema") {
      files.push_back(path);
    }
  }
  if (error) throw InputError(directory.string(), 0, "", "cannot be read: " + error.message());
  if (files.empty()) throw InputError(directory.string(), 0, "", "holds no file of cases");
  std::ranges::sort(files);
  return files;
}

std::string section_of(const fs::path& file, const fs::path& directory) {
  const fs::path relative = file.lexically_relative(directory);
  return (relative.parent_path() / stem_of(relative)).generic_string();
}

std::vector<Case> load_cases(const fs::path& directory, const DeclaredLimits& limits) {
  std::vector<Case> cases;
  for (const fs::path& file : case_files(directory)) {
    auto some = load_cases_of(JsonSource::read(file), section_of(file, directory), limits);
    std::ranges::move(some, std::back_inserter(cases));
  }
  return cases;
}

}  // namespace wsconform
