// A campaign: fuzz targets (programs of libFuzzer) run in turn, some at a time, until the time is
// spent. What ends one is told apart by its cause, minimised and kept; corpora are merged at last.
// A campaign that was killed goes on where it was.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/instant.h"
#include "fuzz/campaign/campaign_files.h"
#include "runner/process/target_process.h"

namespace wsconform {

struct FuzzProgram {
  std::string name;  // "frame_stream"
  std::filesystem::path program;
  std::filesystem::path dictionary;  // or empty
  std::filesystem::path seeds;       // or empty
};

// Every *_fuzzer of the folder, by name, with NAME.dict and corpus/NAME of the other
// where they are there.
std::vector<FuzzProgram> programs_in(const std::filesystem::path& folder,
                                     const std::filesystem::path& sources);

// The command, for a shell, that plays an input again.
std::string replay_command(const FuzzProgram& program, const std::filesystem::path& input);

struct CampaignOptions {
  double time = 60;        // seconds, of all starts of it
  std::size_t jobs = 1;    // programs at a time
  double turn = 30;        // seconds, at most, that a program runs before it is another's turn
  double minimising = 10;  // seconds, at most, for each finding
};

class Campaign {
 public:
  struct World {
    std::function<Instant()> now{};
    std::function<void(Duration)> wait{};  // or less
    std::function<bool()> stopped{};
    // `executions`: since this start of it.
    std::function<void(const CampaignState&, std::uint64_t executions, std::size_t findings)>
        progress{};
    std::function<void(const KeptFinding&)> found{};
    std::string date{};  // of this start
  };

  // The files outlive it. Precondition: there are programs.
  Campaign(std::vector<FuzzProgram> programs, const CampaignFiles& files, CampaignOptions options,
           World world);
  ~Campaign();

  // Until its time is spent, or it is stopped. Once. Throws what CampaignFiles throws; what was
  // found until then is kept.
  CampaignState run();

  // Plays an input: the fault, or nullopt where the program came to its end without one. Throws
  // std::system_error where the program cannot be started.
  std::optional<FuzzerFault> fault_shown_by(const FuzzProgram& program,
                                            const std::filesystem::path& input);

 private:
  struct Turn;

  void start_turns();
  void look_at_turns();
  bool look_at(Turn& turn, bool at_the_end = false);
  void take_in();
  void take_in(const FuzzProgram& program, const std::filesystem::path& input);
  std::filesystem::path smaller(const FuzzProgram& program, const std::filesystem::path& input,
                                const FuzzerFault& fault);
  void merge_corpora();
  struct Played {
    std::string log;          // what it wrote
    bool ended = false;       // by itself, in time
    std::string how;          // in words; where it did not end so, anything
    std::optional<int> code;  // of its exit
  };
  Played play(const std::string& command, const std::string& log, double seconds);
  void note(double passed);

  std::vector<FuzzProgram> programs_;
  const CampaignFiles& files_;
  CampaignOptions options_;
  World world_;
  CampaignState state_;
  std::vector<std::unique_ptr<Turn>> turns_;
  std::size_t turns_begun_ = 0;
  double next_point_ = 0;
  std::uint64_t executions_before_ = 0;
};

}  // namespace wsconform
