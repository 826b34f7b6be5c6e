// The pages that the server writes itself.
#pragma once

#include <string>
#include <string_view>

#include "server-under-test/site/plain_request.h"

namespace wsconform {

// HTML of the server's own: a browser runs nothing in it but this style and this script ("" none),
// which stand in the page as they are, and sends forms to the server alone
// (Content-Security-Policy).
HttpAnswer own_page(std::string html, std::string_view style, std::string_view script);

}  // namespace wsconform
