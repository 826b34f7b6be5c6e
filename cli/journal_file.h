// The journal of a run (reports/results/journal.h) as a file that stands only while the run goes
// on.
#pragma once

#include <string>

#include "reports/results/results.h"

namespace wsconform {

class JournalFile {
 public:
  // `json_path` is where the results will stand; "", or no path of a file: no journal is kept.
  explicit JournalFile(const std::string& json_path);
  ~JournalFile();
  JournalFile(const JournalFile&) = delete;
  JournalFile& operator=(const JournalFile&) = delete;

  // An earlier journal goes. What the disk does not take ends the journal and no run: it goes then.
  void begin(const Results& results);
  void add(const CaseResult& result);
  // The results are written elsewhere.
  void remove();
  // Where it stands; "" where it does not.
  const std::string& path() const { return path_; }

 private:
  void append(const std::string& record);

  std::string wanted_;
  std::string path_;
  int file_ = -1;
};

}  // namespace wsconform
