#include "runner/process/spare_process.h"

#include <system_error>

namespace wsconform {

SpareProcess::~SpareProcess() {
  constexpr int grace_ms = 100;
  process_.stop(grace_ms);
}

void SpareProcess::begin() {
  if (process_.running()) return;
  try {
    process_.move_to(free_port());
    process_.start();
  } catch (const std::system_error&) {
    process_.stop();
  }
}

bool SpareProcess::replaces(TargetProcess& process) {
  if (!process_.running()) return false;
  process.stop();
  process.swap(process_);
  return true;
}

}  // namespace wsconform
