#include "server-under-test/battery_of_bytes.h"
#include "core/base64.h"

namespace wsconform {
namespace {

using enum Opcode;

constexpr std::string_view key_line = "Sec-WebSocket-Key: AQIDBAUGBwgJCgsMDQ4PEA==";
constexpr std::string_view version_line = "Sec-WebSocket-Version: 13";

void add_versions(std::vector<std::string>& requests) {
  for (const std::string version :
       {"0", "7", "8", "12", "14", "255", "269", "013", "13.0", "+13", "13, 8", "8, 13", ""})
    requests.push_back(request_with(version_line, "Sec-WebSocket-Version: " + version));
  requests.push_back(request_and(version_line));
}

void add_keys(std::vector<std::string>& requests) {
  for (const std::string key : {"", "c2hvcnQ=", "dGhlIHNhbXBsZSBub25jZSBpcyBsb25n",
                                "dGhlIHNhbXBsZSBub25jZ!==", "c2l4dGVlbiBieXRlcyBhbmQ="})
    requests.push_back(request_with(key_line, "Sec-WebSocket-Key: " + key));
  requests.push_back(request_and(key_line));
}

void add_request_lines(std::vector<std::string>& requests) {
  for (const std::string method : {"POST", "PUT", "HEAD", "OPTIONS", "get"})
    requests.push_back(request_with("GET", method));
  for (const std::string line :
       {"GET /chat HTTP/1.0", "GET /chat HTTP/2.0", "GET  /chat", "GET chat HTTP/1.1",
        "GET /chat?a=b HTTP/1.1", "GET http://localhost:9001/chat HTTP/1.1"})
    requests.push_back(request_with("GET /chat HTTP/1.1", line));
  requests.push_back(request_with("/chat", "/" + std::string(300, 'a')));
  requests.push_back("\r\n" + good_request);
}

void add_lines(std::vector<std::string>& requests) {
  for (const std::string line : {"Host: other",
                                 "Content-Length: 3",
                                 "Transfer-Encoding: chunked",
                                 "No colon",
                                 " folded",
                                 "X-Test : 1",
                                 ": 1",
                                 "X(Test: 1",
                                 "X-Test: a\x01",
                                 "X-Test: a\rb",
                                 "Connection: keep-alive",
                                 "Origin: http://localhost",
                                 "X-Test: 1",
                                 "Cookie: a=b",
                                 "X-Test:   1",
                                 "Sec-WebSocket-Extensions: x-none; a=1",
                                 "Sec-WebSocket-Extensions: x-none, x-two; a=1",
                                 R"(Sec-WebSocket-Extensions: x; a="b\c"; d)",
                                 R"(Sec-WebSocket-Extensions: \)",
                                 "Sec-WebSocket-Extensions: ;;",
                                 "Sec-WebSocket-Protocol: chat, other",
                                 "Sec-WebSocket-Protocol: chat,, c(at"})
    requests.push_back(request_and(line));
  requests.push_back(request_and("X-Long: " + std::string(1200, 'a')));
  std::string many = "X-0: 0";
  for (int i = 1; i < 30; ++i) many += "\r\nX-" + std::to_string(i) + ": 0";
  requests.push_back(request_and(many));
}

void add_bodies(std::vector<std::string>& requests) {
  for (const std::string length : {"4294967296", "18446744073709551616"})
    requests.push_back(request_and("Content-Length: " + length) + good_request);
  for (const std::string size : {"100000000", "10000000000000000"})
    requests.push_back(request_and("Transfer-Encoding: chunked") + size + "\r\n\r\n" +
                       good_request);
}

void add_fields(std::vector<std::string>& requests) {
  struct Replaced {
    std::string_view what;
    std::string_view by;
  };
  for (const auto& [what, by] : std::vector<Replaced>{
           {"Host: localhost:9001\r\n", ""},
           {"Host: localhost:9001", "Host: a b"},
           {"Upgrade: websocket\r\n", ""},
           {"Upgrade: websocket", "Upgrade: websockets"},
           {"Upgrade: websocket", "Upgrade: h2c"},
           {"Upgrade: websocket", "Upgrade: h2c, websocket"},
           {"Upgrade: websocket", "Upgrade: WebSocket"},
           {"Upgrade: websocket", "Upgrade:websocket"},
           {"Connection: Upgrade\r\n", ""},
           {"Connection: Upgrade", "Connection: keep-alive"},
           {"Connection: Upgrade", "Connection: NotUpgrade"},
           {"Connection: Upgrade", "Connection: upgrade"},
           {"Connection: Upgrade", "Connection: keep-alive, Upgrade"},
           {"Sec-WebSocket-Key: AQIDBAUGBwgJCgsMDQ4PEA==\r\n", ""},
           {"Sec-WebSocket-Key:", "sec-websocket-key:"},
           {"Sec-WebSocket-Version: 13\r\n", ""},
           {"Host: localhost:9001\r\n", "Host: localhost:9001\n"},
       })
    requests.push_back(request_with(what, by));
}

}  // namespace

namespace {

std::string request_to(std::string_view target, const std::vector<std::string>& lines = {}) {
  std::string request = request_with("/chat", target);
  const std::size_t end = request.size() - 2;
  std::string added;
  for (const std::string& line : lines) added += line + "\r\n";
  return request.insert(end, added);
}

void add_origins(std::vector<std::string>& requests) {
  const std::string origin = "Origin: ";
  for (const char* each :
       {"https://a.example", "https://evil.test", "https://evila.example",
        "https://a.example.evil.test", "https://x.test/a.example/", "https://a.example:1",
        "http://a.example", "null", "https://localhost:9001"})
    requests.push_back(request_to("/origin", {origin + each}));
  requests.push_back(request_to("/origin"));
  requests.push_back(request_to("/origin-required"));
  requests.push_back(request_to("//evil.test/origin", {origin + "https://evil.test"}));
  requests.push_back(request_to("/origin", {origin + "https://evil.test", "Cookie: a=b"}));
  requests.push_back(
      request_to("/origin", {origin + "https://a.example", origin + "https://evil.test"}));
  requests.push_back(
      request_to("/origin", {origin + "https://evil.test", origin + "https://a.example"}));
}

void add_users(std::vector<std::string>& requests) {
  const std::string basic = "Authorization: Basic ";
  for (const char* each : {"u:p:q", "u:wrong", "x:p:q", "u:p:", "u:p:qx", "u:", "up:q",
                           "v:\xc3\xa4", "u:P:Q", "U:p:q"})
    requests.push_back(request_to("/basic", {basic + base64_encode(each)}));
  const std::string right = base64_encode("u:p:q");
  requests.push_back(request_to("/basic"));
  requests.push_back(request_to("/basic", {"Authorization: Bearer " + right}));
  requests.push_back(request_to("/basic", {"Authorization: basic " + right}));
  requests.push_back(request_to("/basic", {basic + right + "*"}));
  requests.push_back(request_to("/basic", {basic + right, basic + "eA=="}));
  requests.push_back(request_to("/basic", {basic + "eA==", basic + right}));
}

void add_cookies_and_tickets(std::vector<std::string>& requests) {
  for (const char* each : {"n=val", "n=other", "n=va", "n=valx", "n=", "xn=val", "a=b; n=val",
                           "n=val; a=b", "n=vax", "n=xal", "n=VAL", "N=val"})
    requests.push_back(request_to("/cookie", {std::string("Cookie: ") + each}));
  requests.push_back(request_to("/cookie"));
  requests.push_back(request_to("/cookie?n=val"));
  requests.push_back(request_to("/cookie", {"Authorization: Bearer val"}));
  for (const char* each : {"", "?ticket=one", "?ticket=used", "?ticket=old", "?ticket=wrong",
                           "?ticket=on", "?ticket=", "?ticket=onex", "?other=one", "?ticket=%6fne",
                           "?ticket=onx", "?ticket=xne", "?ticket=ONE", "?TICKET=one"})
    requests.push_back(request_to(std::string("/ticket") + each));
}

void add_paths(std::vector<std::string>& requests) {
  for (const char* each :
       {"/%62asic", "/BASIC", "/basic/", "//basic", "/./basic", "/x/../basic", "/%2e/basic",
        "/basic%2F", "/basic%5C", "/basic;x", "http://localhost:9001/basic", "/basic?wsconform=1"})
    requests.push_back(request_to(each));
}

void add_plain_requests(std::vector<std::string>& requests) {
  for (const std::string method : {"GET", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "POST"})
    requests.push_back(method + " /chat HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
}

void add_access(std::vector<std::string>& requests) {
  for (const auto add :
       {add_origins, add_users, add_cookies_and_tickets, add_paths, add_plain_requests})
    add(requests);
}

}  // namespace

AccessPolicy tested_access() {
  return {.origins = {"https://a.example"},
          .users = {"u:p:q", "v:\xc3\xa4"},
          .cookie_name = "n",
          .cookie = "val",
          .tickets = {"one", "used"},
          .expired_tickets = {"old"},
          .single_use = true,
          .own_paths = true};
}

std::vector<std::string> battery_of_requests() {
  std::vector<std::string> requests = {good_request, good_request + "\x81\x80" + "abcd",
                                       "GET / HTTP/1.1\r\nHost: a\r\n\r\n" + good_request};
  for (const auto add :
       {add_versions, add_keys, add_request_lines, add_lines, add_bodies, add_fields, add_access})
    add(requests);
  return requests;
}

namespace {

Bytes with_header(FrameHeader header, std::string_view payload) {
  header.masking_key = test_key;
  Bytes out;
  encode(header, bytes_of(payload), out);
  return out;
}

FrameHeader header_of(Opcode opcode, std::uint64_t length, LengthForm form) {
  FrameHeader header = header_for(opcode, length);
  header.length_form = form;
  return header;
}

FrameHeader with_rsv(int bit) {
  FrameHeader header = header_for(text, 1);
  (bit == 1 ? header.rsv1 : bit == 2 ? header.rsv2 : header.rsv3) = true;
  return header;
}

void add_headers(std::vector<Bytes>& streams) {
  for (const int bit : {1, 2, 3}) streams.push_back(with_header(with_rsv(bit), "a"));
  streams.push_back(masked(reserved_3, "a"));
  streams.push_back(masked(reserved_b, "a"));
  streams.push_back(encode(frame_from(Role::server, text, "Hello")));
  streams.push_back(encode(frame_from(Role::server, ping, "")));
  streams.push_back(with_header(header_of(text, 1, LengthForm::bits16), "a"));
  streams.push_back(with_header(header_of(text, 5 | 1ULL << 63, LengthForm::bits64), "Hello"));
  streams.push_back(masked(ping, std::string(126, 'a')));
  streams.push_back(masked(ping, "a", false));
  Frame unkeyed = frame_from(Role::client, text, "Hello");
  for (const MaskingKey key : {MaskingKey{}, MaskingKey{0, 0, 0x55, 0}}) {
    unkeyed.header.masking_key = key;
    streams.push_back(encode(unkeyed));
  }
  Frame other_key = frame_from(Role::client, text, "Hello");
  other_key.header.masking_key = MaskingKey{1, 2, 3, 4};
  streams.push_back(joined({masked(text, "a"), encode(other_key)}));
}

void add_messages(std::vector<Bytes>& streams) {
  for (const std::size_t length : {0U, 1U, 5U, 125U, 126U, 127U, 128U, 255U, 256U, 5000U, 10000U,
                                   40000U, 65535U, 65536U, 70000U}) {
    std::string payload;
    for (std::size_t i = 0; i < length; ++i) payload.push_back(static_cast<char>('a' + i % 23));
    if (length < 256) streams.push_back(masked(text, payload));
    streams.push_back(masked(binary, payload));
  }
  streams.push_back(masked(text, "one\ntwo"));
  streams.push_back(masked(binary, std::string("a\0b\xff", 4)));
  Bytes dozen;
  for (const std::string message : {"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"})
    append(dozen, ByteView(masked(binary, message)));
  streams.push_back(dozen);
}

void add_fragments(std::vector<Bytes>& streams) {
  for (const Opcode opcode : {text, binary}) {
    streams.push_back(joined({masked(opcode, "abc", false), masked(continuation, "de", false),
                              masked(continuation, "fg")}));
    streams.push_back(joined({masked(opcode, "", false), masked(continuation, "ab")}));
    streams.push_back(joined(
        {masked(opcode, "a", false), masked(continuation, "", false), masked(continuation, "b")}));
    streams.push_back(joined({masked(opcode, "a", false), masked(continuation)}));
  }
  for (const Bytes& between :
       {masked(ping, "p"), masked(pong, "p"), masked_close(1000), masked(text, "x")})
    streams.push_back(joined({masked(text, "ab", false), between, masked(continuation, "cd")}));
  streams.push_back(masked(continuation, "a"));
}

void add_texts(std::vector<Bytes>& streams) {
  for (const std::string_view hex :
       {"eda080", "c0af", "e080af", "f08080af", "f4908080", "f888808080", "80", "ff", "e282",
        "e22041", "00", "f09f9880", "efbfbe", "f48fbfbf", "ed9fbf", "7f", "efbbbf61"}) {
    const Bytes payload = *from_hex(hex);
    streams.push_back(masked(text, text_of(payload)));
  }
  const std::string cut = "\xe2\x82\xac";
  const std::string wrong = "\xff";
  streams.push_back(
      joined({masked(text, cut.substr(0, 1), false), masked(continuation, cut.substr(1))}));
  streams.push_back(joined({masked(text, "a", false), masked(continuation, wrong)}));
  streams.push_back(joined({masked(text, wrong, false), masked(continuation, "a")}));
  streams.push_back(masked(text, std::string(200, 'a') + wrong));
}

void add_controls(std::vector<Bytes>& streams) {
  for (const std::string& payload :
       {std::string(), std::string("ping"), std::string(125, 'p'), std::string("a\0b\xff", 4)})
    streams.push_back(joined({masked(ping, payload), masked(ping, "2")}));
  streams.push_back(masked(pong, "unasked"));
  Bytes many;
  for (int i = 0; i < 110; ++i) append(many, ByteView(masked(ping, "p")));
  streams.push_back(many);
}

void add_closes(std::vector<Bytes>& streams) {
  for (const std::uint16_t code : std::initializer_list<std::uint16_t>{
           0,    999,  1000, 1001, 1002, 1003, 1004, 1005, 1006, 1007, 1008, 1009, 1010,
           1011, 1012, 1014, 1015, 1016, 1100, 2000, 2999, 3000, 3999, 4000, 4999})
    streams.push_back(joined({masked_close(code), masked(text, "late")}));
  streams.push_back(masked(close));
  streams.push_back(masked(close, "a"));
  streams.push_back(masked_close(1000, "bye"));
  streams.push_back(masked_close(1000, std::string(123, 'b')));
  streams.push_back(masked_close(1000, "\xff"));
  streams.push_back(masked(close, "\x03\xe8", false));
  Frame reserved = frame_from(Role::client, close, "\x03\xe8");
  reserved.header.rsv2 = true;
  streams.push_back(encode(reserved));
  streams.push_back(joined({masked(reserved_3), masked(text, "late")}));
}

}  // namespace

std::vector<Bytes> battery_of_frames() {
  std::vector<Bytes> streams;
  for (const auto add :
       {add_controls, add_headers, add_closes, add_fragments, add_texts, add_messages})
    add(streams);
  return streams;
}

}  // namespace wsconform
