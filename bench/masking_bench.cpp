// Unmasking beside the loop of a byte at a time and the copy that bounds it: read the
// ratios of one run.
#include <benchmark/benchmark.h>

#include <cstring>

#include "core/masking.h"

namespace wsconform {
namespace {

constexpr MaskingKey key = {0x37, 0xfa, 0x21, 0x3d};

void count_bytes(benchmark::State& state) {
  state.SetBytesProcessed(state.iterations() * state.range(0));
}

template <typename Mask>
void in_place(benchmark::State& state, const Mask& mask_payload) {
  Bytes payload(static_cast<std::size_t>(state.range(0)), 'a');
  for (auto _ : state) {
    mask_payload(payload);
    benchmark::ClobberMemory();
  }
  count_bytes(state);
}

void unmask(benchmark::State& state) {
  in_place(state, [](Bytes& payload) { mask(payload, key); });
}

void unmask_portably(benchmark::State& state) {
  in_place(state, [](Bytes& payload) { mask_portably(payload, key); });
}

void byte_loop(benchmark::State& state) {
  in_place(state, [](Bytes& payload) {
    for (std::size_t i = 0; i < payload.size(); ++i) payload[i] ^= key[i & 3];
  });
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
