// Validating UTF-8 in one piece and in many, beside simdjson alone and Boost.Beast: read the
// ratios of one run.
#include <benchmark/benchmark.h>
#include <simdjson.h>

#include <boost/beast/websocket/detail/utf8_checker.hpp>
#include <string>

#include "core/utf8.h"

namespace wsconform {
namespace {

std::string text_of_size(const benchmark::State& state) {
  const std::string unit = state.range(1) == 0 ? "plain text " : "naïve Größe, 価値 😀 ";
  std::string text;
  while (text.size() < static_cast<std::size_t>(state.range(0))) text += unit;
  return text;
}

template <typename Check>
void validate(benchmark::State& state, const Check& check) {
  const std::string text = text_of_size(state);
  for (auto _ : state) {
    bool valid = check(text);
    benchmark::DoNotOptimize(valid);
    if (!valid) state.SkipWithError("a valid text was refused");
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}

void whole(benchmark::State& state) {
  validate(state, [](const std::string& text) { return is_utf8(bytes_of(text)); });
}

void in_pieces_of_100(benchmark::State& state) {
  validate(state, [](const std::string& text) {
    Utf8Validator validator;
    bool valid = true;
    for (std::size_t at = 0; at < text.size(); at += 100)
      valid = validator.feed(bytes_of(std::string_view(text).substr(at, 100))) && valid;
    return valid && validator.complete();
  });
}

void simdjson_alone(benchmark::State& state) {
  validate(state, [](const std::string& text) {
    return simdjson::validate_utf8(text.data(), text.size());
  });
}

void beast(benchmark::State& state) {
  validate(state, [](const std::string& text) {
    return boost::beast::websocket::detail::check_utf8(text.data(), text.size());
  });
}

void sizes(benchmark::internal::Benchmark* bench) {
  bench->ArgNames({"bytes", "mixed"})->ArgsProduct({{16, 1 << 10, 1 << 20}, {0, 1}});
}

BENCHMARK(whole)->Apply(sizes);
BENCHMARK(in_pieces_of_100)->Apply(sizes);
BENCHMARK(simdjson_alone)->Apply(sizes);
BENCHMARK(beast)->Apply(sizes);

}  // namespace
}  // namespace wsconform
