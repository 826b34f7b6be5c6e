// How a target hands out what a handshake has to show: a request of HTTP, and where in its answer
// the cookie or the ticket is found.
#pragma once

#include <string>
#include <vector>

#include "core/http_head.h"

namespace wsconform {

struct Login {
  // Where in the answer the value is.
  enum class Place {
    set_cookie,  // the cookie of this name
    field,       // all of the field of this name
    json,        // the text at this pointer (RFC 6901) in the body
  };

  std::string method = "POST";
  std::string path{};  // at the target's own host and port
  std::vector<FieldLine> headers{};
  std::string body{};
  Place place = Place::json;
  std::string name{};  // or pointer
};

}  // namespace wsconform
