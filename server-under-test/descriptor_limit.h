// How many descriptors the process may have.
#pragma once

#include <cstddef>

namespace wsconform {

// Lets the process have as many descriptors as it may; gives back how many that are.
std::size_t raise_descriptor_limit();

}  // namespace wsconform
