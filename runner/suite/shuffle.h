// An order by chance that can be had again.
#pragma once

#include <cstdint>
#include <random>
#include <utility>
#include <vector>

namespace wsconform {

// The same order for the same seed, whatever the platform: the library's own shuffle promises none.
template <typename Element>
void shuffle(std::vector<Element>& elements, std::uint64_t seed) {
  std::mt19937_64 generator(seed);
  for (std::size_t left = elements.size(); left > 1; --left)
    std::swap(elements[left - 1], elements[generator() % left]);
}

}  // namespace wsconform
