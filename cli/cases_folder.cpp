#include "cli/cases_folder.h"

#include <CLI/CLI.hpp>
#include <utility>

#include "runner/casebook/case.h"
#include "runner/casebook/case_loader.h"
#include "runner/casebook/requirement_catalogue.h"

namespace wsconform {

namespace fs = std::filesystem;

fs::path cases_folder(const std::string& given) {
  if (!given.empty()) return given;
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  if (!error) {
    fs::path installed = program.parent_path().parent_path() / "share/wsconform/cases";
    if (fs::is_directory(installed, error)) return installed;
  }
  return WSCONFORM_CASES;
}

std::vector<Requirement> requirements_for(const std::string& given) {
  std::vector<Requirement> own = load_requirements(cases_folder(given));
  return own.empty() && !given.empty() ? load_requirements(cases_folder("")) : own;
}

void CaseOptions::add_to(CLI::App& command) {
  command.add_option("--cases", folder, "Folder with the cases (default: wsconform's own)")
      ->type_name("DIR");
  command
      .add_option("--case", selection.cases,
                  "Only cases with this id or part of it; * stands for anything")
      ->type_name("GLOB")
      ->allow_extra_args(false);
  command
      .add_option("--exclude", selection.excluded, "Leaves out cases with this id or part of it")
      ->type_name("GLOB")
      ->allow_extra_args(false);
  command
      .add_option("--exclude-autobahn", selection.excluded_autobahn,
                  "Leaves out equivalents of Autobahn cases: 9.*, 12.*")
      ->type_name("ID")
      ->allow_extra_args(false);
  command
      .add_option("--section", selection.sections,
                  "Only cases of a section: 5.5, rfc6455, rfc6455/5.*")
      ->type_name("SECTION")
      ->allow_extra_args(false);
  command.add_option("--level", levels, "Only cases of a level: must, should, may, observe")
      ->check(CLI::IsMember({"must", "should", "may", "observe"}))
      ->type_name("LEVEL")
      ->allow_extra_args(false);
  command
      .add_option("--autobahn", selection.autobahn,
                  "Only equivalents of Autobahn cases: 2.5, 2.*, *")
      ->type_name("ID")
      ->allow_extra_args(false);
  command.add_option("--side", side, "Only cases that can test a server, or a client")
      ->check(CLI::IsMember({"server", "client"}))
      ->type_name("SIDE");
}

std::vector<Case> CaseOptions::load(const DeclaredLimits& limits) const {
  return select_among(load_cases(cases_folder(folder), limits)).cases;
}

Selected CaseOptions::select_among(std::vector<Case> all) const {
  Selection wanted = selection;
  for (const std::string& name : levels) wanted.levels.push_back(level_named(name).value());
  if (!side.empty()) wanted.side = side == "server" ? Role::server : Role::client;
  return select(std::move(all), wanted);
}

bool CaseOptions::whole() const {
  return selection.cases.empty() && selection.sections.empty() && levels.empty() &&
         selection.autobahn.empty();
}

}  // namespace wsconform
