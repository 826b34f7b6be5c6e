// How fast a server echoes, and what a connection costs it while nothing is said.
//
//   echo_load PORT PID [SECONDS [IDLE]]
//
// A line for each: the memory that IDLE connections (10,000) take that have said nothing since
// their handshake, seven seconds behind it; with 1, 100 and 1,000 connections, each of which sends
// 16 bytes and waits for the echo before it sends again, messages a second, messages for each
// second of the server's CPU time, and the times until the echo. bench/compare.py puts several
// servers side by side.
#include <arpa/inet.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstring>
#include <fstream>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "core/frame_encoder.h"

namespace wsconform {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::string_view said = "hello world 16by";
constexpr std::chrono::seconds until_idle{7};  // ours gives memory back after five
constexpr std::size_t echo_size = 2 + said.size();

[[noreturn]] void give_up(std::string_view what) {
  throw std::runtime_error(fmt::format("{}: {}", what, std::strerror(errno)));
}

// An open WebSocket that does what it is told and waits for it.
class Client {
 public:
  explicit Client(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    if (socket_ < 0) give_up("no socket");
    sockaddr_in server{};
    server.sin_family = AF_INET;
    server.sin_port = htons(port);
    server.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket_, reinterpret_cast<sockaddr*>(&server), sizeof server) != 0)
      give_up("no connection");
    const int on = 1;
    ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  }
  ~Client() {
    if (socket_ >= 0) ::close(socket_);
  }
  Client(Client&& other) noexcept : socket_(std::exchange(other.socket_, -1)) {}
  Client& operator=(Client&&) = delete;

  int descriptor() const { return socket_; }
  void ask() const {
    send(
        "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Key: AQIDBAUGBwgJCgsMDQ4PEA==\r\nSec-WebSocket-Version: 13\r\n\r\n");
  }
  void await_101() const {
    std::string head;
    char c = 0;
    while (!head.ends_with("\r\n\r\n")) {
      if (::recv(socket_, &c, 1, 0) != 1) give_up("no answer");
      head += c;
    }
    if (!head.starts_with("HTTP/1.1 101")) throw std::runtime_error("refused: " + head);
  }
  void send(std::string_view bytes) const {
    const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent != static_cast<ssize_t>(bytes.size())) give_up("cannot send");
  }
  // How many bytes of it came.
  std::size_t receive(std::span<char> echo) const {
    const ssize_t size = ::recv(socket_, echo.data(), echo.size(), 0);
    if (size <= 0) give_up("no echo");
    return static_cast<std::size_t>(size);
  }

 private:
  int socket_ = -1;
};

// In groups, so that no server's queue of connections overflows.
std::vector<Client> open(std::uint16_t port, std::size_t count) {
  constexpr std::size_t group = 100;
  std::vector<Client> clients;
  clients.reserve(count);
  while (clients.size() < count) {
    const std::size_t first = clients.size();
    for (std::size_t i = first; i < std::min(count, first + group); ++i) {
      clients.emplace_back(port);
      clients.back().ask();
    }
    for (std::size_t i = first; i < clients.size(); ++i) clients[i].await_101();
  }
  return clients;
}

class Process {
 public:
  explicit Process(std::string id) : folder_("/proc/" + std::move(id)) {}

  // KiB that are resident and its own.
  std::size_t resident() const {
    std::ifstream rollup(folder_ + "/smaps_rollup");
    std::size_t all = 0;
    for (std::string line; std::getline(rollup, line);)
      if (line.starts_with("Private_") || line.starts_with("Shared_"))
        all += std::stoul(line.substr(line.find(':') + 1));
    return all;
  }
  // Seconds.
  double cpu() const {
    std::ifstream stat(folder_ + "/stat");
    std::string text;
    std::getline(stat, text);
    std::string_view rest = std::string_view(text).substr(text.rfind(')') + 2);
    for (int field = 3; field < 14; ++field) rest.remove_prefix(rest.find(' ') + 1);
    const char* const end = rest.data() + rest.size();
    std::uint64_t user = 0;
    std::uint64_t system = 0;
    const auto after = std::from_chars(rest.data(), end, user);
    std::from_chars(after.ptr + 1, end, system);
    return static_cast<double>(user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK));
  }

 private:
  std::string folder_;
};

struct Speed {
  std::vector<double> waits;  // microseconds, in order
  double seconds = 0;
  double cpu = 0;  // of the server, seconds
};

struct Turn {
  std::size_t came = 0;  // bytes of the echo
  Clock::time_point sent{};
};

Speed measure(const std::vector<Client>& clients, const Process& server, double seconds) {
  Frame frame{header_for(Opcode::text, said.size()), to_bytes(said)};
  frame.header.masking_key = MaskingKey{0x37, 0xfa, 0x21, 0x3d};
  const Bytes message = encode(frame);
  const int queue = ::epoll_create1(EPOLL_CLOEXEC);
  std::vector<Turn> turns(clients.size());
  const double cpu_before = server.cpu();
  const auto begun = Clock::now();
  const auto end =
      begun + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
  for (std::size_t i = 0; i < clients.size(); ++i) {
    epoll_event event{.events = EPOLLIN, .data = {.u64 = i}};
    ::epoll_ctl(queue, EPOLL_CTL_ADD, clients[i].descriptor(), &event);
    turns[i].sent = Clock::now();
    clients[i].send(text_of(message));
  }
  Speed speed;
  std::vector<epoll_event> events(256);
  char echo[echo_size];
  for (std::size_t waiting = clients.size(); waiting > 0;) {
    const int ready = ::epoll_wait(queue, events.data(), static_cast<int>(events.size()), 10'000);
    if (ready <= 0) throw std::runtime_error("echoes do not come");
    for (int n = 0; n < ready; ++n) {
      const std::size_t i = events[static_cast<std::size_t>(n)].data.u64;
      turns[i].came += clients[i].receive(std::span(echo).first(echo_size - turns[i].came));
      if (turns[i].came < echo_size) continue;
      const auto now = Clock::now();
      speed.waits.push_back(std::chrono::duration<double, std::micro>(now - turns[i].sent).count());
      turns[i] = {0, now};
      if (now < end)
        clients[i].send(text_of(message));
      else
        --waiting;
    }
  }
  ::close(queue);
  speed.seconds = std::chrono::duration<double>(Clock::now() - begun).count();
  speed.cpu = server.cpu() - cpu_before;
  std::ranges::sort(speed.waits);
  return speed;
}

void print(std::size_t connections, const Speed& speed) {
  const auto count = static_cast<double>(speed.waits.size());
  const auto part = [&](double share) {
    return speed.waits[static_cast<std::size_t>(share * count)];
  };
  fmt::print(
      "echo connections={} rate={:.0f} per-cpu-second={:.0f} median-us={:.0f} p99-us={:.0f}\n",
      connections, count / speed.seconds, count / speed.cpu, part(0.5), part(0.99));
  std::fflush(stdout);
}

void allow_many_descriptors() {
  rlimit limit{};
  ::getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

// Before anything else, so that no memory of earlier connections is there to be used again.
void measure_idle(std::uint16_t port, const Process& server, std::size_t count) {
  open(port, 1);
  const std::size_t before = server.resident();
  const std::vector<Client> clients = open(port, count);
  std::this_thread::sleep_for(until_idle);
  const std::size_t after = server.resident();
  fmt::print("idle connections={} bytes-each={}\n", count,
             (after - std::min(before, after)) * 1024 / count);
  std::fflush(stdout);
}

void run(std::span<char*> words) {
  const auto number = [&](std::size_t which, double otherwise) {
    return which < words.size() ? std::strtod(words[which], nullptr) : otherwise;
  };
  const auto port = static_cast<std::uint16_t>(number(1, 0));
  const Process server(words[2]);
  allow_many_descriptors();
  measure_idle(port, server, static_cast<std::size_t>(number(4, 10'000)));
  for (const std::size_t connections : {1U, 100U, 1000U}) {
    const std::vector<Client> clients = open(port, connections);
    print(connections, measure(clients, server, number(3, 5)));
  }
}

}  // namespace
}  // namespace wsconform

int main(int count, char** arguments) try {
  if (count < 3) {
    fmt::print(stderr, "usage: echo_load PORT PID [SECONDS [IDLE]]\n");
    return 2;
  }
  wsconform::run({arguments, static_cast<std::size_t>(count)});
} catch (const std::exception& error) {
  fmt::print(stderr, "echo_load: {}\n", error.what());
  return 1;
}
