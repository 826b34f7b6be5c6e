// Writes the seeds of every target: `fuzz_seeds CASES OUT` makes OUT/<target>/<case>.
#include <cstdio>
#include <exception>
#include <filesystem>

#include "fuzz/seeds/target_seeds.h"
#include "runner/casebook/case.h"
#include "runner/casebook/case_loader.h"

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fprintf(stderr, "usage: fuzz_seeds CASES OUT\n");
    return 2;
  }
  try {
    const auto cases = wsconform::load_cases(argv[1]);
    const std::filesystem::path out = argv[2];
    for (const auto& [target, seeds] : wsconform::seeds_of(cases)) {
      wsconform::write_seeds(out / target, seeds);
    }
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
