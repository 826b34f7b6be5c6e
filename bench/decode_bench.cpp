// Decoding a client's frames, beside the copy of the same bytes: read the ratios of one run.
#include <benchmark/benchmark.h>

#include <cstring>

#include "core/frame_decoder.h"
#include "core/frame_encoder.h"

namespace wsconform {
namespace {

constexpr std::int64_t stream_size = 1 << 20;

// Masked binary frames with payloads of this size, a mebibyte of payload in all.
Bytes stream_of(std::int64_t payload_size) {
  FrameHeader header = header_for(Opcode::binary, static_cast<std::uint64_t>(payload_size));
  header.masking_key = MaskingKey{0x37, 0xfa, 0x21, 0x3d};
  const Bytes frame = encode(Frame{header, Bytes(static_cast<std::size_t>(payload_size), 'a')});
  Bytes stream;
  for (std::int64_t n = 0; n < stream_size / payload_size; ++n) append(stream, ByteView(frame));
  return stream;
}

void decode_frames(benchmark::State& state) {
  const Bytes stream = stream_of(state.range(0));
  std::vector<FrameDecoder::Item> items;
  for (auto _ : state) {
    FrameDecoder decoder;
    items.clear();
    decoder.feed(stream, items);
    benchmark::DoNotOptimize(items.data());
  }
  state.SetBytesProcessed(state.iterations() * stream_size);
}

void decode_headers(benchmark::State& state) {
  const Bytes stream = stream_of(state.range(0));
  for (auto _ : state) {
    std::size_t at = 0;
    FrameHeader header;
    while (at < stream.size()) {
      at += decode_header(ByteView(stream).subspan(at), header);
      at += static_cast<std::size_t>(header.payload_length);
    }
    benchmark::DoNotOptimize(at);
  }
  state.SetBytesProcessed(state.iterations() * stream_size);
}

void copy(benchmark::State& state) {
  const Bytes stream = stream_of(state.range(0));
  Bytes to(stream.size());
  for (auto _ : state) {
    std::memcpy(to.data(), stream.data(), stream.size());
    benchmark::ClobberMemory();
  }
  state.SetBytesProcessed(state.iterations() * stream_size);
}

BENCHMARK(decode_frames)->Arg(16)->Arg(1 << 10)->Arg(1 << 20);
BENCHMARK(decode_headers)->Arg(16)->Arg(1 << 10)->Arg(1 << 20);
BENCHMARK(copy)->Arg(16)->Arg(1 << 10)->Arg(1 << 20);

}  // namespace
}  // namespace wsconform
