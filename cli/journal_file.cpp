#include "cli/journal_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <string_view>

#include "cli/written_file.h"
#include "reports/results/journal.h"

namespace wsconform {
namespace {

bool write_all(int file, std::string_view text) {
  while (!text.empty()) {
    const ssize_t size = write(file, text.data(), text.size());
    if (size < 0 && errno == EINTR) continue;
    if (size <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(size));
  }
  return true;
}

}  // namespace

JournalFile::JournalFile(const std::string& json_path) {
  if (!json_path.empty() && is_written_aside(json_path)) wanted_ = journal_of(json_path);
}

JournalFile::~JournalFile() {
  if (file_ >= 0) close(file_);
}

void JournalFile::begin(const Results& results) {
  if (wanted_.empty()) return;
  remove();
  file_ = open(wanted_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0666);
  if (file_ < 0) return;
  path_ = wanted_;
  append(journal_head(results));
}

void JournalFile::add(const CaseResult& result) {
  if (file_ >= 0) append(journal_entry(result));
}

void JournalFile::append(const std::string& record) {
  if (!write_all(file_, record)) remove();
}

void JournalFile::remove() {
  if (file_ < 0) return;
  close(file_);
  unlink(path_.c_str());
  file_ = -1;
  path_.clear();
}

}  // namespace wsconform
