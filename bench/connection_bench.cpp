// A server's Connection fed by one client: messages a second, in reads as a driver makes them and
// with the whole stream in one read. Read the ratios of one run.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstring>
#include <variant>

#include "core/connection.h"
#include "core/frame_encoder.h"

namespace wsconform {
namespace {

constexpr std::int64_t stream_size = 1 << 20;  // bytes of payload

// Masked messages with payloads of this size, each in so many fragments.
Bytes stream_of(Opcode opcode, std::int64_t payload_size, std::int64_t fragments) {
  const std::int64_t piece = payload_size / fragments;
  Bytes stream;
  for (std::int64_t n = 0; n < stream_size / payload_size; ++n) {
    for (std::int64_t at = 0; at < fragments; ++at) {
      FrameHeader header =
          header_for(at == 0 ? opcode : Opcode::continuation, static_cast<std::uint64_t>(piece));
      header.fin = at + 1 == fragments;
      header.masking_key = MaskingKey{0x37, 0xfa, 0x21, 0x3d};
      encode(header, Bytes(static_cast<std::size_t>(piece), 'a'), stream);
    }
  }
  return stream;
}

Connection a_server() {
  ConnectionOptions options;
  options.skip_handshake = true;
  return {std::move(options), Instant()};
}

// Arguments: is it text, bytes of a message, its fragments, bytes of a read (0: all in one).
template <typename Receive>
void feed(benchmark::State& state, Receive receive) {
  const Opcode opcode = state.range(0) != 0 ? Opcode::text : Opcode::binary;
  const Bytes stream = stream_of(opcode, state.range(1), state.range(2));
  const auto read = state.range(3) == 0 ? stream.size() : static_cast<std::size_t>(state.range(3));
  Bytes input(stream.size());
  std::size_t bytes = 0;
  for (auto _ : state) {
    std::memcpy(input.data(), stream.data(), stream.size());
    Connection connection = a_server();
    for (std::size_t at = 0; at < input.size(); at += read)
      bytes += receive(connection, std::span(input).subspan(at, std::min(read, input.size() - at)));
  }
  benchmark::DoNotOptimize(bytes);
  state.SetBytesProcessed(state.iterations() * stream_size);
  state.SetItemsProcessed(state.iterations() * (stream_size / state.range(1)));
}

std::size_t size_of(const Event& event) {
  const auto* message = std::get_if<MessageReceived>(&event);
  return message == nullptr ? 0 : message->payload.size();
}

void events_at_once(benchmark::State& state) {
  feed(state, [](Connection& connection, std::span<std::uint8_t> bytes) {
    connection.receive(bytes);
    std::size_t size = 0;
    for (const Event& event : connection.take_events()) size += size_of(event);
    return size;
  });
}

void events_one_by_one(benchmark::State& state) {
  feed(state, [](Connection& connection, std::span<std::uint8_t> bytes) {
    std::size_t size = 0;
    while (const auto event = connection.receive_next(bytes)) size += size_of(*event);
    return size;
  });
}

void echoes(benchmark::State& state) {
  feed(state, [](Connection& connection, std::span<std::uint8_t> bytes) {
    while (const auto event = connection.receive_next(bytes)) {
      const auto& message = std::get<MessageReceived>(*event);
      connection.send_message(message.opcode, message.payload);
    }
    return connection.take_output().size();
  });
}

void of_all_shapes(benchmark::internal::Benchmark* bench) {
  bench->ArgNames({"text", "message", "fragments", "read"});
  for (const std::int64_t read : {1 << 16, 0}) {
    bench->Args({0, 16, 1, read})->Args({1, 16, 1, read})->Args({0, 16, 4, read});
    bench->Args({0, 1 << 10, 1, read});
  }
}

BENCHMARK(events_at_once)->Apply(of_all_shapes);
BENCHMARK(events_one_by_one)->Apply(of_all_shapes);
BENCHMARK(echoes)->Apply(of_all_shapes);

}  // namespace
}  // namespace wsconform
