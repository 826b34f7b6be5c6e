#include "core/machine_fault.h"

#include <algorithm>

namespace wsconform {

bool is_machine_fault(std::error_code error) {
  constexpr std::errc faults[] = {
      std::errc::too_many_files_open,            // EMFILE
      std::errc::too_many_files_open_in_system,  // ENFILE
      std::errc::not_enough_memory,              // ENOMEM
      std::errc::no_buffer_space,                // ENOBUFS
      std::errc::no_space_on_device,             // ENOSPC
  };
  return std::ranges::any_of(faults, [&](std::errc each) { return error == each; });
}

void throw_if_machine_fault(std::error_code error, const std::string& what) {
  if (is_machine_fault(error)) throw MachineFault(error, what);
}

}  // namespace wsconform
