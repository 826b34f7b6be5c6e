// What a campaign keeps on disk, so that nothing that was found is lost whenever it is killed:
//
//   FOLDER/corpus/TARGET/           inputs that reach something, by the target as it finds them
//   FOLDER/incoming/                inputs that ended a target, until they are looked at
//   FOLDER/findings/TARGET/CAUSE    one input for each cause, minimised; CAUSE.txt tells of it
//   FOLDER/logs/                    what each target wrote last
//   FOLDER/state.json               time spent, and how far each target came
//
// What is written anew is written beside, and then renamed. Whatever fails on disk throws
// std::system_error (in std::filesystem's form), "path: why".
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "fuzz/campaign/fuzzer_log.h"
#include "fuzz/report/fuzz_report.h"

namespace wsconform {

struct CampaignState {
  std::string started;  // of the campaign, not of the latest start of it
  double budget = 0;    // seconds
  double spent = 0;     // of them
  std::map<std::string, FuzzSeries> targets;
};

struct KeptFinding {
  std::string target;
  std::string cause;
  std::filesystem::path input;
  std::string says;
  std::string log;
  double seconds = 0;  // of the campaign, when it was found
};

class CampaignFiles {
 public:
  // Makes what is missing of the folder, and puts right what a kill left half done.
  explicit CampaignFiles(std::filesystem::path folder);

  std::filesystem::path corpus(const std::string& target) const;
  std::filesystem::path log(const std::string& name) const { return folder_ / "logs" / name; }
  // What an input is to be called that ends the target: the beginning of its path.
  std::filesystem::path incoming(const std::string& target) const;
  // Inputs that ended a target and were not looked at: its name, and the file.
  std::vector<std::pair<std::string, std::filesystem::path>> incoming() const;

  // Empty where there is none, or one that cannot be read: the campaign then begins anew, with
  // all that is kept.
  CampaignState state() const;
  void keep(const CampaignState& state) const;

  bool knows(const std::string& target, const std::string& cause) const;
  // Takes the input for the finding's, and tells of it beside. Gives where the input is now.
  std::filesystem::path keep(const KeptFinding& finding) const;
  std::vector<KeptFinding> findings() const;
  void drop(const KeptFinding& finding) const;

  // Takes a corpus for the target's in place of what it had.
  void replace_corpus(const std::string& target, const std::filesystem::path& merged) const;

 private:
  std::filesystem::path folder_;
};

// A file as it is at the moment, of a large one the end; "" where there is none.
std::string text_of_log(const std::filesystem::path& file);
// Whole, or not at all.
void write_whole(const std::filesystem::path& file, const std::string& text);

}  // namespace wsconform
