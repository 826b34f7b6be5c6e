#include "runner/request_writer.h"

#include <algorithm>
#include <ranges>
#include <vector>

namespace wsconform {
namespace {

struct Line {
  std::string name;  // to find it by; empty for raw lines
  std::string text;
};

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

std::string filled(std::string text, const TargetProfile& target, std::string_view key) {
  if (text.find('{') == std::string::npos) return text;
  replace_all(text, "{host}", target.address.authority());
  replace_all(text, "{port}", std::to_string(target.address.port));
  replace_all(text, "{path}", target.address.path);
  replace_all(text, "{key}", key);
  return text;
}

std::vector<Line> default_lines(const TargetProfile& target, std::string_view key) {
  std::vector<Line> lines = {
      {"Host", "Host: " + target.address.authority()},
      {"Upgrade", "Upgrade: websocket"},
      {"Connection", "Connection: Upgrade"},
      {"Sec-WebSocket-Key", "Sec-WebSocket-Key: " + std::string(key)},
      {"Sec-WebSocket-Version", "Sec-WebSocket-Version: " + std::string(websocket_version)},
  };
  std::string offered;
  for (const std::string& each : target.subprotocols)
    offered += (offered.empty() ? "" : ", ") + each;
  if (!offered.empty()) {
    lines.push_back({"Sec-WebSocket-Protocol", "Sec-WebSocket-Protocol: " + offered});
  }
  for (const FieldLine& field : target.headers) lines.push_back({field.name, field.raw});
  return lines;
}

bool named(const Line& line, std::string_view name) {
  return !line.name.empty() && equals_ignoring_case(line.name, name);
}

// Puts `replacement` where the first line of the name stands and drops the others; at the end where there is none.
void replace_lines(std::vector<Line>& lines, std::string_view name, std::vector<Line> replacement) {
  const auto first =
      std::ranges::find_if(lines, [&](const Line& each) { return named(each, name); });
  const auto at = static_cast<std::ptrdiff_t>(first - lines.begin());
  std::erase_if(lines, [&](const Line& each) { return named(each, name); });
  lines.insert(lines.begin() + at, std::make_move_iterator(replacement.begin()),
               std::make_move_iterator(replacement.end()));
}

std::vector<Line> repeated(const std::vector<RawLine>& raw) {
  std::vector<Line> lines;
  for (const RawLine& each : raw) {
    for (std::uint64_t n = 1; n <= each.times; ++n) {
      std::string text = each.line;
      replace_all(text, "{n}", std::to_string(n));
      lines.push_back({"", std::move(text)});
    }
  }
  return lines;
}

std::vector<Line> edited_lines(const SendRequest& request, const TargetProfile& target,
                               std::string_view key) {
  std::vector<Line> lines = default_lines(target, key);
  for (const FieldEdit& edit : request.set) {
    std::vector<Line> replacement;
    for (const std::string& value : edit.values) {
      replacement.push_back({edit.name, edit.name + ": " + value});
    }
    replace_lines(lines, edit.name, std::move(replacement));
  }
  for (const std::string& name : request.drop) replace_lines(lines, name, {});
  for (const auto& [name, raw] : request.spell) replace_lines(lines, name, {{name, raw}});
  std::vector<Line> first = repeated(request.first);
  lines.insert(lines.begin(), std::make_move_iterator(first.begin()),
               std::make_move_iterator(first.end()));
  std::vector<Line> last = repeated(request.append);
  lines.insert(lines.end(), std::make_move_iterator(last.begin()),
               std::make_move_iterator(last.end()));
  return lines;
}

// Every token of a list, though the rest of it may be malformed: whatever of it a server selects was offered.
std::vector<std::string> tokens_of(std::string_view list) {
  std::vector<std::string> tokens;
  for (const auto part : std::views::split(list, ',')) {
    const std::string_view token = trim(std::string_view(part));
    if (is_token(token)) tokens.emplace_back(token);
  }
  return tokens;
}

ClientOffer offer_of(const HttpHead& head, std::string_view key) {
  ClientOffer offer;
  offer.key = head.value("Sec-WebSocket-Key").value_or(key);
  if (const auto value = head.combined("Sec-WebSocket-Protocol")) {
    offer.subprotocols = tokens_of(*value);
  }
  if (const auto value = head.combined("Sec-WebSocket-Extensions")) {
    offer.extensions = parse_extensions(*value).value_or(std::vector<Extension>{});
  }
  return offer;
}

}  // namespace

WrittenRequest write_request(const SendRequest& request, const TargetProfile& target,
                             std::string_view key) {
  WrittenRequest written;
  if (request.bytes) {
    written.head = filled(*request.bytes, target, key);
  } else {
    const std::string line =
        request.line.value_or(request.method + ' ' + request.target + ' ' + request.version);
    written.head = filled(line, target, key) + request.line_end;
    for (const Line& each : edited_lines(request, target, key)) {
      written.head += filled(each.text, target, key) + request.line_end;
    }
    if (request.finished) written.head += request.line_end;
  }
  const HttpHead head = parse_head(written.head);
  written.offer = offer_of(head, key);
  written.method = head.start_line.substr(0, head.start_line.find(' '));
  return written;
}

}  // namespace wsconform
