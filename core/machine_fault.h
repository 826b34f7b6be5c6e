// A fault of the machine that we run on: it has no descriptors, memory or disk left for us. Nothing
// is said by it about any peer. wsconform ends with exit code 4.
#pragma once

#include <string>
#include <system_error>

namespace wsconform {

// what(): "cannot open a connection: Too many open files".
class MachineFault : public std::system_error {
 public:
  MachineFault(std::error_code error, const std::string& what) : std::system_error(error, what) {}
};

// No descriptors, processes, memory or disk left: in this process, or for all of the system.
bool is_machine_fault(std::error_code error);

// Throws a MachineFault where the error is one: `what` is what could not be done, "cannot
// open a connection".
void throw_if_machine_fault(std::error_code error, const std::string& what);

}  // namespace wsconform
