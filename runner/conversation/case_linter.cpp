#include "runner/conversation/case_linter.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <set>

#include "core/ascii.h"
#include "core/violation.h"
#include "runner/casebook/case.h"
#include "runner/casebook/case_loader.h"
#include "runner/casebook/line_form.h"
#include "runner/casebook/requirement_catalogue.h"
#include "runner/conversation/case_reach.h"
#include "runner/conversation/case_sense.h"
#include "runner/input/input_error.h"
#include "runner/input/text_file.h"

namespace wsconform {
namespace {

namespace fs = std::filesystem;

// How strongly a level binds: a case cites at least one requirement that is as strong as itself.
int weight_of(Level level) {
  switch (level) {
    case Level::must:
      return 2;
    case Level::should:
      return 1;
    case Level::may:
    case Level::observe:
      return 0;
  }
  return 0;
}

// `word` is in lower case.
bool contains_ignoring_case(std::string_view text, std::string_view word) {
  return in_lower_case(text).contains(word);
}

bool has_second_sentence(std::string_view says) {
  for (auto stop = says.find(". "); stop != says.npos; stop = says.find(". ", stop + 1))
    if (stop + 2 < says.size() && is_upper_letter(says[stop + 2])) return true;
  return false;
}

class Linter {
 public:
  Linter(const fs::path& folder, Role under_test, const std::vector<Requirement>& others)
      : folder_(folder), under_test_(under_test), known_(others) {}

  LintReport run() {
    read_catalogue();
    for (const fs::path& path : case_files(folder_)) lint_file(path);
    if (!catalogue_.empty()) look_for_gaps();
    return std::move(report_);
  }

 private:
  void read_catalogue() {
    try {
      catalogue_ = load_requirements(folder_);
      std::ranges::copy(catalogue_, std::back_inserter(known_));
    } catch (const InputError& error) {
      report(error);
    }
  }

  void lint_file(const fs::path& path) {
    ++report_.files;
    try {
      const std::string text = read_text_file(path, max_json_size);
      const JsonSource file = JsonSource::parse(path.string(), text);
      for (const FormFault& fault : faults_of_form(file, text))
        report_.findings.push_back({file.path(), fault.line, fault.pointer, fault.message});
      for (const Case& each : load_cases_of(file, section_of(path, folder_))) lint_case(each);
      lint_dimensions(file);
    } catch (const InputError& error) {
      report(error);
    }
  }

  // Precondition: its cases load.
  void lint_dimensions(const JsonSource& file) {
    const Json& entries = file.value()["cases"];
    for (std::size_t n = 0; n < entries.size(); ++n) {
      const std::string unused = unused_dimension(entries[n]);
      if (unused.empty()) continue;
      const std::string pointer = "/cases/" + std::to_string(n) + "/each/" + unused;
      report_.findings.push_back(
          {file.path(), file.line_of(pointer), pointer, "is used by nothing in the case"});
    }
  }

  void lint_case(const Case& each) {
    ++report_.cases;
    find(each, "/says", fault_of_says(each.says));
    if (knows_all_standards_of(each))
      find(each, "/requirements", fault_of_requirements(each, known_));
    find(each, "/autobahn", fault_of_autobahn_ids(each));
    find(each, "/needs", fault_of_needs(each));
    find(each, "/steps", fault_of_answers(each));
    if (std::ranges::find(each.sides, under_test_) == each.sides.end()) return;
    cited_.insert(each.requirements.begin(), each.requirements.end());
    violations_ |= violations_reached(each, under_test_);
    handshake_faults_ |= handshake_faults_reached(each, under_test_);
  }

  // A folder without a catalogue may cite standards of its own, of which nothing is known.
  bool knows_all_standards_of(const Case& made) const {
    if (known_.empty()) return false;
    return !catalogue_.empty() || std::ranges::all_of(made.requirements, [this](const auto& id) {
      const std::string standard = id.substr(0, id.find('/') + 1);
      return std::ranges::any_of(
          known_, [&](const Requirement& one) { return one.id.starts_with(standard); });
    });
  }

  // The variants of an entry mostly have the same fault: it is told once.
  void find(const Case& each, std::string_view member, const std::string& message) {
    if (message.empty()) return;
    const std::string pointer = each.origin.pointer + std::string(member);
    if (told_.insert(each.origin.file + pointer + message).second)
      report_.findings.push_back({each.origin.file, each.origin.line, pointer, message});
  }

  void report(const InputError& error) {
    report_.findings.push_back({error.path(), error.line(), error.pointer(), error.message()});
  }

  void look_for_gaps() {
    const ViolationSet unbroken = violations_to_reach(under_test_) & ~violations_;
    for (const Rule& rule : rules())
      if (unbroken[static_cast<std::size_t>(rule.violation)])
        report_.unreached.emplace_back(rule.name);
    const HandshakeFaultSet missing = handshake_faults_to_reach(under_test_) & ~handshake_faults_;
    for (const HandshakeRule& rule : handshake_rules())
      if (missing[static_cast<std::size_t>(rule.fault)]) report_.unreached.emplace_back(rule.name);
    for (const Requirement& each : catalogue_) {
      const bool binds_it = std::ranges::find(each.binds, under_test_) != each.binds.end();
      if (each.testable && binds_it && !cited_.contains(each.id))
        report_.uncovered.push_back(each.id);
    }
  }

  const fs::path& folder_;
  Role under_test_ = Role::server;
  std::vector<Requirement> catalogue_;  // of the folder
  std::vector<Requirement> known_;
  LintReport report_;
  std::set<std::string> told_;
  std::set<std::string> cited_;
  ViolationSet violations_;
  HandshakeFaultSet handshake_faults_;
};

}  // namespace

std::string LintFinding::text() const {
  return InputError(path, line, pointer, message).what();
}

LintReport lint_cases(const fs::path& folder, Role under_test,
                      const std::vector<Requirement>& others) {
  return Linter(folder, under_test, others).run();
}

std::string fault_of_says(std::string_view says) {
  if (!says.ends_with('.')) return "does not end with a period";
  if (contains_ignoring_case(says, "should")) return "says \"should\": it states what happens";
  if (contains_ignoring_case(says, "test that"))
    return "says \"test that\": it states what happens";
  if (has_second_sentence(says)) return "is more than one sentence";
  return "";
}

std::string fault_of_requirements(const Case& made, const std::vector<Requirement>& catalogue) {
  int strongest = 0;
  std::set<Role> bound;
  for (const std::string& id : made.requirements) {
    const Requirement* found = find_requirement(catalogue, id);
    if (found == nullptr) return "names \"" + id + "\", which no catalogue has";
    strongest = std::max(strongest, weight_of(found->level));
    bound.insert(found->binds.begin(), found->binds.end());
  }
  if (weight_of(made.level) > strongest)
    return "names no requirement of the level " + std::string(name_of(made.level));
  for (const Role side : made.sides)
    if (!bound.contains(side))
      return "names no requirement that binds a " + std::string(name_of(side));
  return "";
}

}  // namespace wsconform
