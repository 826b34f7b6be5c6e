#include "runner/casebook/case_writer.h"

#include <cassert>
#include <cmath>

#include "runner/casebook/act_writer.h"
#include "runner/casebook/case.h"
#include "runner/casebook/case_layout.h"
#include "runner/casebook/edits_writer.h"
#include "runner/casebook/expectation_writer.h"

namespace wsconform {
namespace {

// The slug, and the variant's name where it has one.
std::string id_in_section(const Case& made) {
  assert(made.id.starts_with(made.section + "/"));
  return made.id.substr(made.section.size() + 1);
}

void write_sides(const std::vector<Role>& sides, Json& entry) {
  if (sides == std::vector{Role::server}) return;
  for (const Role side : sides) entry["sides"].push_back(name_of(side));
}

void write_texts(const char* member, const std::vector<std::string>& texts, Json& entry) {
  if (!texts.empty()) entry[member] = texts;
}

// The file names what is given up, the case what is kept.
void write_agreement(const DeflateWanted& wanted, Json& entry) {
  if (wanted == DeflateWanted()) return;
  Json& agreement = entry["agreement"];
  if (wanted.server_takes_over)
    agreement["server_no_context_takeover"] = !*wanted.server_takes_over;
  if (wanted.client_takes_over)
    agreement["client_no_context_takeover"] = !*wanted.client_takes_over;
  if (wanted.server_window_bits) agreement["server_max_window_bits"] = *wanted.server_window_bits;
  if (wanted.client_window_bits) agreement["client_max_window_bits"] = *wanted.client_window_bits;
}

void write_patience(double patience, Json& entry) {
  if (patience == 1) return;
  if (patience == std::floor(patience)) {
    entry["patience"] = static_cast<int>(patience);
  } else {
    entry["patience"] = patience;
  }
}

Json written(const Step& step) {
  return std::visit([](const auto& each) { return written(each); }, step);
}

}  // namespace

Json written(const Case& made) {
  Json entry = {{"id", id_in_section(made)}, {"says", made.says}};
  if (!made.because.empty()) entry["because"] = made.because;
  entry["requirements"] = made.requirements;
  entry["level"] = name_of(made.level);
  write_sides(made.sides, entry);
  write_texts("autobahn", made.autobahn, entry);
  write_texts("needs", made.needs, entry);
  for (const HandshakeFault each : made.about) entry["about"].push_back(rule_of(each).name);
  write_agreement(made.agreement, entry);
  if (made.handshake != SendRequest()) entry["handshake"] = written(made.handshake);
  if (made.alone) entry["alone"] = true;
  if (made.full_only) entry["intensity"] = "full";
  write_patience(made.patience, entry);
  for (const Step& step : made.steps) entry["steps"].push_back(written(step));
  return entry;
}

std::string text_of_entry(const Case& made) {
  return laid_out_entry(written(made)) + '\n';
}

std::string text_of_case_file(const std::string& title, const std::string& standard,
                              const std::vector<Case>& cases) {
  Json file = {{"title", title}, {"standard", standard}};
  file["cases"] = Json::array();
  for (const Case& each : cases) file["cases"].push_back(written(each));
  return laid_out_file(file);
}

}  // namespace wsconform
