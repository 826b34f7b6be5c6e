// How long others wait for their echo while a server is attacked, and how much memory it takes.
//
//   attack_load PORT [PID] [SECONDS [ATTACKERS]]
//
// 20 clients send 16 bytes every 20 ms, wait for the echo, and connect anew after every 20th: first
// alone, then beside attackers of each kind, then of all kinds. A line each: how many answers came,
// and after how long; how many clients were refused or lost; with PID, the most memory it ever had.
#include <fmt/format.h>
#include <sys/resource.h>
#include <zlib.h>

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <charconv>
#include <chrono>
#include <fstream>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "core/frame_encoder.h"

namespace wsconform {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using Clock = std::chrono::steady_clock;
using boost::system::error_code;

constexpr auto unthrown = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t clients = 20;
constexpr auto pause = std::chrono::milliseconds(20);
constexpr std::chrono::seconds aftermath{2};  // behind attackers who vanish all at once; nobody's
constexpr int echoes_of_a_connection = 20;
constexpr std::size_t silent_connections = 500;  // of each attacker

struct Load {
  std::uint16_t port = 0;
  std::chrono::seconds lasts{5};
  std::size_t attackers = 20;
};

enum class Attack { none, bombs, floods, deaf, silence, all };
constexpr Attack kinds[] = {Attack::bombs, Attack::floods, Attack::deaf, Attack::silence};
struct Row {
  Attack attack = Attack::none;
  const char* name = "";
};
constexpr Row rows[] = {{Attack::none, "alone"},
                        {Attack::bombs, "60 MiB in 60 KiB of deflate"},
                        {Attack::floods, "Pings and empty messages"},
                        {Attack::deaf, "messages, and no echo read"},
                        {Attack::silence, "10,000 silent connections"},
                        {Attack::all, "all of these at once"}};

Bytes framed(Opcode opcode, std::string_view payload, bool compressed = false) {
  Frame frame{header_for(opcode, payload.size()), to_bytes(payload)};
  frame.header.rsv1 = compressed;
  frame.header.masking_key = MaskingKey{};
  return encode(frame);
}

std::string deflated_zeros(std::size_t size) {
  z_stream stream{};
  deflateInit2(&stream, 9, Z_DEFLATED, -15, 9, Z_DEFAULT_STRATEGY);
  std::string zeros(size, '\0');
  std::string deflated(size / 500 + 100, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(zeros.data());
  stream.avail_in = static_cast<uInt>(zeros.size());
  stream.next_out = reinterpret_cast<Bytef*>(deflated.data());
  stream.avail_out = static_cast<uInt>(deflated.size());
  deflate(&stream, Z_SYNC_FLUSH);
  deflated.resize(stream.total_out - 4);  // RFC 7692 §7.2.1
  deflateEnd(&stream);
  return deflated;
}

// What an attacker sends once it is let in.
Bytes ammunition(Attack attack) {
  static const Bytes bomb = framed(Opcode::binary, deflated_zeros(60 * 1024 * 1024), true);
  if (attack == Attack::bombs) return bomb;
  if (attack == Attack::deaf) return framed(Opcode::binary, std::string(64 * 1024, 'x'));
  Bytes flood;
  for (int i = 0; i < 5000; ++i) {
    append(flood, ByteView(framed(Opcode::ping, "")));
    append(flood, ByteView(framed(Opcode::text, "")));
  }
  return flood;
}

constexpr std::string_view half_a_request = "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: ";

// Connects, and sends these bytes. False: the server is not there.
asio::awaitable<bool> reach(tcp::socket& socket, std::uint16_t port, std::string_view bytes) {
  const tcp::endpoint server(asio::ip::address_v4::loopback(), port);
  if (const auto [failed] = co_await socket.async_connect(server, unthrown); failed)
    co_return false;
  error_code ignored;
  socket.set_option(tcp::no_delay(true), ignored);
  const auto [failed, n] = co_await asio::async_write(socket, asio::buffer(bytes), unthrown);
  co_return !failed;
}

// False: the server is not there, or lets nobody in.
asio::awaitable<bool> open(tcp::socket& socket, std::uint16_t port, bool deflate) {
  const std::string request =
      std::string(half_a_request) +
      "websocket\r\nConnection: Upgrade\r\n"
      "Sec-WebSocket-Key: AQIDBAUGBwgJCgsMDQ4PEA==\r\nSec-WebSocket-Version: 13\r\n" +
      (deflate ? "Sec-WebSocket-Extensions: permessage-deflate\r\n" : "") + "\r\n";
  if (!co_await reach(socket, port, request)) co_return false;
  std::string answer;
  const auto [failed, size] =
      co_await asio::async_read_until(socket, asio::dynamic_buffer(answer), "\r\n\r\n", unthrown);
  co_return !failed && answer.starts_with("HTTP/1.1 101 ");
}

struct Waits {
  std::vector<double> milliseconds{};
  std::size_t refused = 0;  // clients that were not let in
  std::size_t lost = 0;     // or lost their connection, or were still waiting at the end

  void add(Clock::time_point since) {
    milliseconds.push_back(std::chrono::duration<double, std::milli>(Clock::now() - since).count());
  }
};

asio::awaitable<void> rest_for(Clock::duration time) {
  asio::steady_timer timer(co_await asio::this_coro::executor, time);
  co_await timer.async_wait(unthrown);
}

// One connection of a client, for some echoes.
asio::awaitable<void> ask(Load load, Clock::time_point end, Waits& waits) {
  tcp::socket socket(co_await asio::this_coro::executor);
  const Bytes message = framed(Opcode::text, "hello world 16by");
  std::string echo(18, '\0');
  auto sent = Clock::now();
  if (!co_await open(socket, load.port, false)) {
    ++waits.refused;
    co_return co_await rest_for(pause);
  }
  waits.add(sent);
  for (int i = 0; i < echoes_of_a_connection && Clock::now() < end; ++i) {
    sent = Clock::now();
    const auto [unsent, n] = co_await asio::async_write(socket, asio::buffer(message), unthrown);
    const auto [unread, m] = co_await asio::async_read(socket, asio::buffer(echo), unthrown);
    if (unsent || unread) {
      ++waits.lost;
      co_return;
    }
    waits.add(sent);
    co_await rest_for(pause);
  }
}

asio::awaitable<void> ask_again_and_again(Load load, Clock::time_point end, Waits& waits) {
  while (Clock::now() < end) co_await ask(load, end, waits);
}

// Says nothing, or half a request, or nothing behind its handshake, until the server ends it.
asio::awaitable<void> stay_silent(Load load, std::size_t which) {
  for (;;) {
    tcp::socket socket(co_await asio::this_coro::executor);
    const bool there =
        which % 3 == 0 ? co_await open(socket, load.port, false)
                       : co_await reach(socket, load.port, which % 3 == 1 ? half_a_request : "");
    char byte = 0;
    if (there)
      co_await socket.async_read_some(asio::buffer(&byte, 1), unthrown);
    else
      co_await rest_for(pause);
  }
}

asio::awaitable<void> attack_once(tcp::socket& socket, Attack attack, const Bytes& bytes) {
  std::vector<char> echo(64 * 1024);
  for (;;) {
    if (const auto [failed, n] = co_await asio::async_write(socket, asio::buffer(bytes), unthrown);
        failed)
      co_return;
    while (attack != Attack::deaf) {
      const auto [failed, n] = co_await socket.async_read_some(asio::buffer(echo), unthrown);
      if (failed) co_return;
      if (attack == Attack::floods) break;
    }
  }
}

asio::awaitable<void> attack(Load load, Attack kind) {
  const Bytes bytes = ammunition(kind);
  for (;;) {
    tcp::socket socket(co_await asio::this_coro::executor);
    if (co_await open(socket, load.port, kind == Attack::bombs))
      co_await attack_once(socket, kind, bytes);
    else
      co_await rest_for(pause);
  }
}

void begin(asio::io_context& there, const Load& load, Attack kind) {
  if (kind != Attack::silence) return asio::co_spawn(there, attack(load, kind), asio::detached);
  for (std::size_t i = 0; i < silent_connections; ++i)
    asio::co_spawn(there, stay_silent(load, i), asio::detached);
}

Waits measure(const Load& load, Attack kind) {
  asio::io_context there{1};
  for (std::size_t i = 0; kind != Attack::none && i < load.attackers; ++i)
    begin(there, load, kind == Attack::all ? kinds[i % std::size(kinds)] : kind);
  std::thread attackers([&] { there.run(); });
  asio::io_context here{1};
  Waits waits;
  const auto end = Clock::now() + load.lasts;
  for (std::size_t i = 0; i < clients; ++i)
    asio::co_spawn(here, ask_again_and_again(load, end, waits), asio::detached);
  here.run_for(load.lasts + std::chrono::seconds(10));
  waits.lost += static_cast<std::size_t>(!here.stopped());
  there.stop();
  attackers.join();
  return waits;
}

// "402 MiB"; "" where it is not known.
std::string most_memory(const char* process) {
  std::ifstream status(fmt::format("/proc/{}/status", process));
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("VmHWM:"))
      return fmt::format(", {} MiB", std::stoul(line.substr(6)) / 1024);
  return "";
}

// Gives back the p99. `alone`: that without attackers, or 0.
double print(const char* name, Waits waits, double alone, const std::string& memory) {
  auto& all = waits.milliseconds;
  std::ranges::sort(all);
  const auto part = [&](double share) {
    return all.empty() ? 0 : all[static_cast<std::size_t>(share * static_cast<double>(all.size()))];
  };
  const double p99 = part(0.99);
  fmt::print("{:28} {:6} answers, median {:.2f} ms, p99 {:.2f} ms", name, all.size(), part(0.5),
             p99);
  if (alone > 0) fmt::print(" ({:.1f} times alone)", p99 / alone);
  fmt::print(", most {:.1f} ms, {} refused, {} lost{}\n", all.empty() ? 0 : all.back(),
             waits.refused, waits.lost, memory);
  std::fflush(stdout);
  return p99;
}

void allow_many_descriptors() {
  rlimit limit{};
  ::getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

int number(std::span<char*> words, std::size_t which, int otherwise) {
  if (which >= words.size()) return otherwise;
  const std::string_view word = words[which];
  int number = 0;
  std::from_chars(word.data(), word.data() + word.size(), number);
  return number;
}

}  // namespace
}  // namespace wsconform

// NOLINTNEXTLINE(bugprone-exception-escape): what goes wrong ends it
int main(int count, char** arguments) {
  using namespace wsconform;
  const std::span words(arguments, static_cast<std::size_t>(count));
  if (words.size() < 2) {
    fmt::print(stderr, "usage: attack_load PORT [PID [SECONDS [ATTACKERS]]]\n");
    return 2;
  }
  const Load load{static_cast<std::uint16_t>(number(words, 1, 0)),
                  std::chrono::seconds(number(words, 3, 5)),
                  static_cast<std::size_t>(number(words, 4, 20))};
  allow_many_descriptors();
  double alone = 0;
  for (const auto& [kind, name] : rows) {
    Waits waits = measure(load, kind);
    const double p99 =
        print(name, std::move(waits), alone, most_memory(words.size() > 2 ? words[2] : "0"));
    if (kind == Attack::none) alone = p99;
    std::this_thread::sleep_for(aftermath);
  }
}
