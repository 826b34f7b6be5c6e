#include "fuzz/text_mutator.h"

#include <algorithm>
#include <array>
#include <random>
#include <string>
#include <vector>

#include "core/ascii.h"
#include "fuzz/engine.h"

namespace wsconform {
namespace {

constexpr auto request_pieces = std::to_array<std::string_view>(
    {"Host: localhost\r\n", "Host: [::1]:80\r\n", "Upgrade: websocket\r\n", "Upgrade: h2c\r\n",
     "Connection: keep-alive, Upgrade\r\n", "Sec-WebSocket-Version: 13\r\n",
     "Sec-WebSocket-Version: 12\r\n", "Sec-WebSocket-Protocol: chat, superchat\r\n",
     "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n",
     "Origin: http://localhost\r\n", "Content-Length: 0\r\n", "A:  b \r\n", "A : b\r\n",
     " folded\r\n", "GET /private HTTP/1.1\r\n", "GET http://localhost/ HTTP/1.1\r\n", "\r\n"});
constexpr auto response_pieces = std::to_array<std::string_view>(
    {"HTTP/1.1 401 Unauthorized\r\n", "HTTP/1.0 101 Switching Protocols\r\n", "Upgrade: h2c\r\n",
     "Connection: close\r\n", "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n",
     "Sec-WebSocket-Protocol: chat\r\n", "Sec-WebSocket-Extensions: permessage-deflate\r\n",
     "Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=9\r\n",
     "Content-Length: 0\r\n", "A:  b \r\n", " folded\r\n", "\r\n"});
constexpr auto body_pieces = std::to_array<std::string_view>(
    {"HTTP/1.1 204 No Content\r\n", "Content-Length: 3\r\n", "Transfer-Encoding: chunked\r\n",
     "Transfer-Encoding: gzip, chunked\r\n", "A:  b \r\n", "\x01: b\r\n", "A\t: b\r\n",
     " folded\r\n", "3;a=b\r\n", "abc\r\n", "0\r\n", "a\r\n", "Trailer: t\r\n", "\r\n", "\n"});
constexpr auto offer_pieces = std::to_array<std::string_view>(
    {", permessage-deflate", "\npermessage-deflate", ", other", "; server_no_context_takeover",
     "; client_no_context_takeover", "; client_max_window_bits", "; client_max_window_bits=7",
     "; client_max_window_bits=8", "; client_max_window_bits=16", "; server_max_window_bits=7",
     "; server_max_window_bits=9", "; server_max_window_bits=15", "; server_max_window_bits=08",
     "; server_max_window_bits=\"9\"", "; server_max_window_bits"});

class TextMutation {
 public:
  TextMutation(std::string_view text, const TextForm& form, unsigned seed,
               const MutateBytes& mutate_bytes)
      : form_(form), random_(seed), mutate_bytes_(mutate_bytes) {
    part(text);
  }

  std::string apply() {
    for (std::size_t times = 1 + below(4); times > 0; --times) change_once();
    std::string text;
    for (const std::string& each : elements_) text += each;
    return text;
  }

 private:
  std::size_t below(std::size_t bound) { return random_() % bound; }
  std::string& any() { return elements_[below(elements_.size())]; }
  auto place() {
    return elements_.begin() + static_cast<std::ptrdiff_t>(below(elements_.size() + 1));
  }

  void part(std::string_view text) {
    elements_.clear();
    while (!text.empty()) {
      const std::size_t separator = text.find_first_of(form_.separators, form_.leads ? 1 : 0);
      const std::size_t end =
          separator == text.npos ? text.size() : separator + (form_.leads ? 0 : 1);
      elements_.emplace_back(text.substr(0, end));
      text.remove_prefix(end);
    }
  }

  void change_once() {
    if (elements_.empty()) return part(form_.whole);
    switch (below(8)) {
      case 0:
        elements_.erase(elements_.begin() + static_cast<std::ptrdiff_t>(below(elements_.size())));
        return;
      case 1: {
        const std::string copy = any();
        elements_.insert(place(), copy);
        return;
      }
      case 2:
        return std::swap(any(), any());
      case 3:
        return turn_case(any());
      case 4:
        return change(any());
      case 5:
        any() = form_.pieces[below(form_.pieces.size())];
        return;
      default:
        elements_.emplace(place(), form_.pieces[below(form_.pieces.size())]);
    }
  }
  void turn_case(std::string& element) {
    char& c = element[below(element.size())];
    if (is_letter_or_digit(c) && !is_digit(c)) c = static_cast<char>(c ^ 0x20);
  }
  void change(std::string& element) {
    const std::size_t size = element.size();
    element.resize(size + 8);
    element.resize(mutate_bytes_(reinterpret_cast<std::uint8_t*>(element.data()), size, size + 8));
    if (element.empty()) element = form_.separators.front();
  }

  const TextForm& form_;
  std::minstd_rand random_;
  const MutateBytes& mutate_bytes_;
  std::vector<std::string> elements_{};  // none is empty
};

}  // namespace

const TextForm request_form = {
    "GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n",
    "\n", false, request_pieces};
const TextForm response_form = {
    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n",
    "\n", false, response_pieces};
const TextForm body_form = {
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n", "\n", false,
    body_pieces};
const TextForm offer_form = {
    "permessage-deflate; server_no_context_takeover; client_max_window_bits\n"
    "permessage-deflate; server_no_context_takeover",
    ";,\n", true, offer_pieces};

Bytes mutated_text(ByteView input, std::size_t choices, std::size_t max_size, unsigned seed,
                   const TextForm& form, const MutateBytes& mutate_bytes) {
  Bytes mutated(input.begin(), input.end());
  // One in four is mutated without knowing anything, the choices among it.
  if (seed % 4 == 0 || input.size() < choices) {
    mutated.resize(std::max(max_size, input.size()));
    mutated.resize(std::min(mutate_bytes(mutated.data(), input.size(), max_size), max_size));
    return mutated;
  }
  mutated.resize(choices);
  append(mutated, TextMutation(text_of(input.subspan(choices)), form, seed, mutate_bytes).apply());
  mutated.resize(std::min(mutated.size(), max_size));
  return mutated;
}

std::size_t mutate_text(std::uint8_t* data, std::size_t size, std::size_t max_size, unsigned seed,
                        std::size_t choices, const TextForm& form) {
  const Bytes mutated = mutated_text({data, size}, choices, max_size, seed, form, LLVMFuzzerMutate);
  std::ranges::copy(mutated, data);
  return mutated.size();
}

}  // namespace wsconform
