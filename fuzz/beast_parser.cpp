#include "fuzz/beast_parser.h"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/rfc7230.hpp>
#include <boost/beast/http/string_body.hpp>

namespace wsconform {
namespace {

namespace http = boost::beast::http;

std::string_view view(boost::beast::string_view text) {
  return {text.data(), text.size()};
}

std::string version_of(unsigned number) {
  return "HTTP/" + std::to_string(number / 10) + "." + std::to_string(number % 10);
}

std::string start_line_of(const http::request<http::string_body>& request) {
  std::string line(view(request.method_string()));
  return line.append(" ")
      .append(view(request.target()))
      .append(" ")
      .append(version_of(request.version()));
}
std::string start_line_of(const http::response<http::string_body>& response) {
  std::string line = version_of(response.version());
  const unsigned code = response.result_int();
  line.append(code < 100 ? code < 10 ? " 00" : " 0" : " ").append(std::to_string(code));
  return line.append(" ").append(view(response.reason()));
}

template <bool is_request>
std::optional<BeastMessage> parse(std::string_view text, bool skip_body) {
  http::parser<is_request, http::string_body> parser;
  parser.eager(true);
  parser.skip(skip_body);
  parser.header_limit(64 * 1024);
  parser.body_limit(64 * 1024);
  boost::beast::error_code error;
  BeastMessage message;
  while (message.size < text.size() && !parser.is_done() && !error) {
    const std::size_t taken = parser.put(
        boost::asio::buffer(text.data() + message.size, text.size() - message.size), error);
    message.size += taken;
    if (taken == 0) break;
  }
  if (!parser.is_header_done()) return std::nullopt;
  if (!error && parser.need_eof()) parser.put_eof(error);
  message.complete = parser.is_done() && !error;
  message.start_line = start_line_of(parser.get());
  for (const auto& field : parser.get()) {
    message.fields.emplace_back(view(field.name_string()), view(field.value()));
  }
  message.body = parser.get().body();
  return message;
}

}  // namespace

std::optional<BeastMessage> beast_request(std::string_view text) {
  return parse<true>(text, true);
}

std::optional<BeastMessage> beast_response(std::string_view text, bool to_head) {
  return parse<false>(text, to_head);
}

std::vector<std::string> beast_extensions(std::string_view value) {
  const http::ext_list list({value.data(), value.size()});
  std::vector<std::string> extensions;
  for (const auto& [name, parameters] : list) {
    std::string& extension = extensions.emplace_back(view(name));
    for (const auto& [parameter, its_value] : parameters) {
      extension.append("; ").append(view(parameter));
      if (!its_value.empty()) extension.append("=").append(view(its_value));
    }
  }
  return extensions;
}

std::optional<std::vector<std::string>> beast_tokens(std::string_view value) {
  const http::opt_token_list list({value.data(), value.size()});
  if (!http::validate_list(list)) return std::nullopt;
  std::vector<std::string> tokens;
  for (const auto& token : list) tokens.emplace_back(view(token));
  return tokens;
}

}  // namespace wsconform
