// Every case of the suite, written and read again.
#include <gtest/gtest.h>

#include <set>

#include "runner/casebook/case.h"
#include "runner/casebook/case_layout.h"
#include "runner/casebook/case_writer.h"
#include "runner/casebook/cases_from_text.h"
#include "runner/casebook/line_form.h"

namespace wsconform::written_cases_test {
namespace {

struct CaseFile {
  std::string section;
  std::string text;  // as it is written from its cases
  std::vector<Case> cases;
};

CaseFile written_file(const std::filesystem::path& path, const std::filesystem::path& folder) {
  const JsonSource source = JsonSource::read(path);
  CaseFile file{section_of(path, folder), "", {}};
  file.cases = load_cases_of(source, file.section);
  file.text = text_of_case_file(source.value()["title"], source.value()["standard"], file.cases);
  return file;
}

constexpr std::size_t shares = 4;

class WrittenCases : public testing::TestWithParam<std::size_t> {
 protected:
  // The files of this share.
  static std::vector<CaseFile> written_files() {
    const std::filesystem::path folder = WSCONFORM_SOURCE_DIR "/cases";
    const std::vector<std::filesystem::path> paths = case_files(folder);
    std::vector<CaseFile> made;
    for (std::size_t i = GetParam(); i < paths.size(); i += shares)
      made.push_back(written_file(paths[i], folder));
    return made;
  }
};

std::vector<Case> read_again(const CaseFile& file) {
  return load_cases_of(JsonSource::parse(file.section, file.text), file.section);
}

TEST_P(WrittenCases, AreTheSameWhenTheyAreReadAgain) {
  std::size_t count = 0;
  for (const CaseFile& file : written_files()) {
    std::vector<Case> read = read_again(file);
    ASSERT_EQ(read.size(), file.cases.size()) << file.section;
    for (std::size_t i = 0; i < read.size(); ++i) {
      read[i].origin = file.cases[i].origin;  // they stand elsewhere now
      EXPECT_TRUE(read[i] == file.cases[i]) << file.section << '\n' << text_of_entry(read[i]);
    }
    count += read.size();
  }
  EXPECT_GE(count, 50U);
}

TEST_P(WrittenCases, AreWrittenAlikeAgain) {
  for (const CaseFile& file : written_files())
    for (const Case& each : read_again(file))
      EXPECT_NE(file.text.find(laid_out_entry(written(each), 4)), std::string::npos) << each.id;
}

TEST_P(WrittenCases, HaveTheFormOfCaseFiles) {
  for (const CaseFile& file : written_files())
    for (const FormFault& fault :
         faults_of_form(JsonSource::parse(file.section, file.text), file.text))
      ADD_FAILURE() << file.section << ':' << fault.line << ": " << fault.message;
}

TEST_P(WrittenCases, HoldNoTraceOfVariants) {
  for (const CaseFile& file : written_files())
    EXPECT_EQ(file.text.find("\"each\""), std::string::npos) << file.section;
}

// Pointers to every member in a value, however deep.
void find_members(const Json& value, const Json::json_pointer& here,
                  std::vector<Json::json_pointer>& found) {
  if (value.is_object()) {
    for (const auto& [name, member] : value.items()) {
      found.push_back(here / name);
      find_members(member, here / name, found);
    }
  } else if (value.is_array()) {
    for (std::size_t i = 0; i < value.size(); ++i) find_members(value[i], here / i, found);
  }
}

// The case that an entry makes; none where it makes none.
std::optional<Case> case_of(const Json& entry) {
  try {
    Case made = cases_from(entry.dump()).front();
    made.origin = {};
    return made;
  } catch (const InputError&) {
    return std::nullopt;
  }
}

// A graded ending says "any" code, as all case files do, though that is what no code means.
bool is_said_all_the_same(const Json& entry, const Json::json_pointer& member) {
  return member.back() == "code" && entry[member] == "any";
}

void expect_no_idle_member(const Json& entry) {
  const std::optional<Case> whole = case_of(entry);
  ASSERT_TRUE(whole) << entry.dump();
  std::vector<Json::json_pointer> members;
  find_members(entry, Json::json_pointer(), members);
  for (const auto& member : members) {
    if (is_said_all_the_same(entry, member)) continue;
    Json less = entry;
    less[member.parent_pointer()].erase(member.back());
    EXPECT_FALSE(case_of(less) == whole) << member << " says nothing in " << entry.dump();
  }
}

// An entry with one step: the written one, behind connections of which it may tell, and, unless it
// can be the last, an expectation.
Json entry_around(const Json& step) {
  Json entry = Json::parse(entry_text(""));
  if (step.contains("turn-to") || step.contains("heard-by"))
    entry["steps"] = Json(3, {{"connect", "again"}});
  entry["steps"].push_back(step);
  if (!step.contains("expect") && !step.contains("endings"))
    entry["steps"].push_back({{"expect", "open"}});
  return entry;
}

TEST_P(WrittenCases, SayNothingThatIsUsual) {
  std::set<std::string> seen;
  for (const CaseFile& file : written_files()) {
    for (const Case& each : file.cases) {
      Json entry = written(each);
      for (const Json& step : entry["steps"])
        if (seen.insert(step.dump()).second) expect_no_idle_member(entry_around(step));
      entry.update(Json::parse(entry_text(R"({"expect": "open"})")));
      if (seen.insert(entry.dump()).second) expect_no_idle_member(entry);
    }
  }
  EXPECT_GE(seen.size(), 50U);
}

INSTANTIATE_TEST_SUITE_P(Share, WrittenCases, testing::Range<std::size_t>(0, shares));

}  // namespace
}  // namespace wsconform::written_cases_test
