// A request that asks for no WebSocket, whole, and what is answered to one (RFC 9110).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/http_head.h"

namespace wsconform {

// The other end of a connection.
struct Client {
  std::string address{};  // as numbers, without the port
  bool tls = false;
  std::uint64_t id = 0;  // of the connection
};

struct PlainRequest {
  HttpHead head{};
  std::string method{};
  std::string target{};  // as it came
  std::string path{};    // its normal form (normal_path.h)
  std::string body{};
  Client client{};
  std::string user{};  // who showed a right password with it; "" nobody
};

struct HttpAnswer {
  HttpHead head{};
  std::string body{};
  std::string reason{};  // of a refusal, for the log
};

// 200 with a body of that type.
HttpAnswer content(std::string_view type, std::string body);
// Of the status, with the reason in a sentence as its body. It ends the connection.
HttpAnswer refusal_with(int status, std::string_view reason);
// The same with a field of its own.
HttpAnswer refusal_with(int status, std::string_view reason, std::string_view field,
                        std::string_view value);
// To a request whose method the resource does not allow; to OPTIONS, what it allows (RFC 9110
// §15.5.6, §9.3.7). `methods` without HEAD and OPTIONS: HEAD comes with GET.
HttpAnswer method_not_allowed(const std::vector<std::string>& methods);
HttpAnswer allowed_methods(const std::vector<std::string>& methods);

// Whether the request asks for no upgrade of any kind: nothing of an opening handshake is in it.
bool is_plain(const HttpHead& request);

}  // namespace wsconform
