#include "runner/casebook/requirement_catalogue.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <set>

#include "runner/input/input_error.h"

namespace wsconform {
namespace {

namespace fs = std::filesystem;

// Reads one entry, member by member.
class EntryReader {
 public:
  EntryReader(const JsonSource& file, std::string pointer)
      : file_(file),
        pointer_(std::move(pointer)),
        value_(file.value().at(Json::json_pointer(pointer_))) {}

  Requirement read(const std::string& standard) const {
    check_members();
    Requirement made;
    made.id = text("id");
    made.standard = standard;
    made.section = text("section");
    made.level = level();
    made.says = text("says");
    made.binds = sides();
    made.testable = flag("testable");
    if (value_.contains("also")) texts("also");
    if (value_.contains("because")) made.because = text("because");
    check(made);
    return made;
  }

 private:
  void check_members() const {
    constexpr std::array known = {"id",   "section",  "level",   "binds",
                                  "says", "testable", "because", "also"};
    if (!value_.is_object()) file_.fail(pointer_, "is no object");
    for (const auto& [name, member] : value_.items())
      if (std::ranges::find(known, name) == known.end())
        file_.fail(pointer_, "has an unknown member \"" + name + "\"");
  }

  void check(const Requirement& made) const {
    if (!made.id.starts_with(made.standard + "/" + made.section + "-"))
      fail("id", "does not begin with its standard and section");
    if (!made.testable && made.because.empty())
      file_.fail(pointer_, "lacks the member \"because\"");
  }

  const Json& member(const char* name) const {
    if (!value_.contains(name))
      file_.fail(pointer_, "lacks the member \"" + std::string(name) + "\"");
    return value_[name];
  }

  Level level() const {
    const std::optional<Level> read = level_named(text("level"));
    if (!read || *read == Level::observe) fail("level", "is none of must, should and may");
    return *read;
  }

  std::string text(const char* name) const {
    const Json& value = member(name);
    if (!value.is_string() || value.get_ref<const std::string&>().empty()) fail(name, "is no text");
    return value.get<std::string>();
  }

  std::vector<std::string> texts(const char* name) const {
    const Json& value = member(name);
    const bool fits = value.is_array() && !value.empty() &&
                      std::ranges::all_of(value, [](const Json& each) { return each.is_string(); });
    if (!fits) fail(name, "is no list of texts");
    return value.get<std::vector<std::string>>();
  }

  std::vector<Role> sides() const {
    std::vector<Role> read;
    for (const std::string& each : texts("binds")) {
      if (each != name_of(Role::server) && each != name_of(Role::client))
        fail("binds", "names another side than server and client");
      read.push_back(each == name_of(Role::server) ? Role::server : Role::client);
    }
    return read;
  }

  bool flag(const char* name) const {
    if (!member(name).is_boolean()) fail(name, "is neither true nor false");
    return value_[name].get<bool>();
  }

  [[noreturn]] void fail(const char* name, const std::string& message) const {
    file_.fail(pointer_to(pointer_, name), message);
  }

  const JsonSource& file_;
  std::string pointer_;
  const Json& value_;
};

}  // namespace

std::vector<Requirement> requirements_of(const JsonSource& file) {
  const Json& root = file.value();
  const bool fits = root.is_object() && root.contains("standard") && root["standard"].is_string() &&
                    root.contains("requirements") && root["requirements"].is_array();
  if (!fits) file.fail("", "is no list of requirements: it lacks \"standard\" or \"requirements\"");
  std::vector<Requirement> made;
  std::set<std::string> ids;
  for (std::size_t i = 0; i < root["requirements"].size(); ++i) {
    const std::string pointer = pointer_to("/requirements", i);
    made.push_back(EntryReader(file, pointer).read(root["standard"].get<std::string>()));
    if (!ids.insert(made.back().id).second) file.fail(pointer + "/id", "stands a second time");
  }
  return made;
}

std::vector<Requirement> load_requirements(const fs::path& cases_folder) {
  std::vector<fs::path> files;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(cases_folder / "requirements", error))
    if (entry.path().extension() == ".json" && entry.path().stem().extension() != ".schema")
      files.push_back(entry.path());
  std::ranges::sort(files);
  std::vector<Requirement> all;
  for (const fs::path& path : files) {
    const JsonSource file = JsonSource::read(path);
    if (file.value().is_object() && file.value().contains("standard") &&
        file.value()["standard"] != path.stem().string())
      file.fail("/standard", "is not the name of the file");
    std::ranges::move(requirements_of(file), std::back_inserter(all));
  }
  return all;
}

const Requirement* find_requirement(const std::vector<Requirement>& requirements,
                                    std::string_view id) {
  const auto found = std::ranges::find(requirements, id, &Requirement::id);
  return found == requirements.end() ? nullptr : &*found;
}

}  // namespace wsconform
