// Names as the HTML report shows them.
#pragma once

#include <string>
#include <string_view>

namespace wsconform {

// "RFC 6455 §5.5 control frames" of "rfc6455/5.5-control-frames"; other names stay as they
// are. Made visible.
std::string heading_of(std::string_view section);

}  // namespace wsconform
