// Unmasking beside the loop of a byte at a time and the copy that bounds it: read the ratios of one run.
#include <benchmark/benchmark.h>

#include <cstring>

#include "core/masking.h"

namespace wsconform {
namespace {

constexpr MaskingKey key = {0x37, 0xfa, 0x21, 0x3d};

void count_bytes(benchmark::State& state) {
  state.SetBytesProcessed(state.iterations() * state.range(0));
}

void unmask(benchmark::State& state) {
  Bytes payload(static_cast<std::size_t>(state.range(0)), 'a');
  for (auto _ : state) {
    mask(payload, key);
    benchmark::ClobberMemory();
  }
  count_bytes(state);
}

void unmask_portably(benchmark::State& state) {
  Bytes payload(static_cast<std::size_t>(state.range(0)), 'a');
  for (auto _ : state) {
    mask_portably(payload, key);
    benchmark::ClobberMemory();
  }
  count_bytes(state);
}

void byte_loop(benchmark::State& state) {
  Bytes payload(static_cast<std::size_t>(state.range(0)), 'a');
  for (auto _ : state) {
    for (std::size_t i = 0; i < payload.size(); ++i) payload[i] ^= key[i & 3];
    benchmark::ClobberMemory();
  }
  count_bytes(state);
}

void copy(benchmark::State& state) {
  const Bytes payload(static_cast<std::size_t>(state.range(0)), 'a');
  Bytes to(payload.size());
  for (auto _ : state) {
    std::memcpy(to.data(), payload.data(), payload.size());
    benchmark::ClobberMemory();
  }
  count_bytes(state);
}

BENCHMARK(unmask)->Arg(16)->Arg(1 << 10)->Arg(16 << 10)->Arg(1 << 20);
BENCHMARK(unmask_portably)->Arg(16)->Arg(1 << 10)->Arg(16 << 10)->Arg(1 << 20);
BENCHMARK(byte_loop)->Arg(16)->Arg(1 << 10)->Arg(16 << 10)->Arg(1 << 20);
BENCHMARK(copy)->Arg(16)->Arg(1 << 10)->Arg(16 << 10)->Arg(1 << 20);

}  // namespace
}  // namespace wsconform
