// What is served at a path.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "server-under-test/site/guard.h"
#include "server-under-test/site/plain_request.h"

namespace wsconform {

enum class Service {
  echo,      // a WebSocket that sends every message back; a GET gets a page that tries it
  chat,      // one that sends it to all who are in a room, whose name is the path; likewise
  page,      // no WebSocket: `page` answers
  redirect,  // of a GET and of a handshake alike, before it (RFC 6455 §4.2.2 step 3)
};

struct Resource {
  std::string path = "/";  // in normal form (normal_path.h)
  bool below = false;      // every path below it, too, where no other resource stands
  Service service = Service::echo;
  Guard guard{};                    // of an echo and a chat; of a page, only what it says of Basic
  std::vector<FieldLine> fields{};  // of every 101
  // Without HEAD and OPTIONS, which are answered without asking `page`: a request to HEAD like one
  // to GET. An echo and a chat answer GET themselves.
  std::vector<std::string> methods{"GET"};
  std::function<HttpAnswer(const PlainRequest&)> page{};
  bool takes_password = false;  // with a POST, by Basic or as a form: `request.user` tells whose
  int status = 0;               // redirect: 301, 302, 303, 307 or 308
  std::string location{};       // redirect: a path, or a URL of ws, wss, http or https
};

}  // namespace wsconform
