#include "runner/conversation/request_writer.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "core/ascii.h"
#include "core/comma_list.h"
#include "core/placeholder.h"
#include "runner/target/policy_placeholders.h"

namespace wsconform {
namespace {

struct HeadLine {
  std::string name;  // to find it by; empty for raw lines
  std::string text;
};

// Puts in what the runner's placeholders stand for.
class Filler {
 public:
  Filler(const TargetProfile& target, std::string_view key, TicketSource& tickets)
      : target_(target), key_(key), tickets_(tickets) {}

  std::string filled(std::string_view text) {
    return with_placeholders(text, [&](std::string_view name) { return value_of(name); });
  }
  std::vector<WrittenRequest::Credential> take_credentials() { return std::move(credentials_); }

 private:
  std::optional<std::string> value_of(std::string_view name) {
    constexpr std::string_view policy = "policy.";
    if (name == "host") return target_.address.authority();
    if (name == "http-scheme") return target_.address.tls ? "https" : "http";
    if (name == "port") return std::to_string(target_.address.port);
    if (name == "path") return path();
    if (name == "open-path") return open_query(path());
    if (name == "key") return std::string(key_);
    if (!name.starts_with(policy)) return std::nullopt;
    name.remove_prefix(policy.size());
    const auto value = policy_value(name);
    if (value && is_credential(name)) credentials_.push_back({*value, before_credential(name)});
    return value;
  }

  // Where a ticket is asked for at the target's own URL, every request to it has one.
  std::string path() {
    const auto& ticket = target_.policy.ticket;
    if (!ticket || !ticket->path.empty()) return target_.address.path;
    credentials_.push_back({tickets_.fresh(), before_credential("ticket")});
    return open_query(target_.address.path) + ticket->parameter + '=' + tickets_.fresh();
  }

  std::optional<std::string> policy_value(std::string_view name) {
    if (name == "ticket-target") return ticket_target();
    if (name == "ticket-again") return tickets_.before();
    const auto found = target_.policy_values.find(name);
    if (found != target_.policy_values.end())
      return found->second == "{path}" ? path() : found->second;
    if (!name.starts_with("ticket")) return std::nullopt;
    const PolicyValues values = values_of_ticket(tickets_.fresh());
    const auto of_ticket = values.find(name);
    return of_ticket == values.end() ? std::nullopt : std::optional(of_ticket->second);
  }

  std::string ticket_target() const {
    const bool own = !target_.policy.ticket || target_.policy.ticket->path.empty();
    return open_query(own ? target_.address.path : target_.policy.ticket->path);
  }

  const TargetProfile& target_;
  std::string_view key_;
  TicketSource& tickets_;
  std::vector<WrittenRequest::Credential> credentials_;
};

// What a policy at the target's own URL asks of every request, where the user gives no
// such field himself.
void add_policy_lines(const TargetProfile& target, std::vector<HeadLine>& lines) {
  const TargetPolicy& policy = target.policy;
  const auto add = [&](const char* name, const std::string& value) {
    const bool given = std::ranges::any_of(target.headers, [&](const FieldLine& field) {
      return equals_ignoring_case(field.name, name);
    });
    if (!given) lines.push_back({name, std::string(name) + ": " + value});
  };
  if (policy.origin && policy.origin->path.empty() && policy.origin->required)
    add("Origin", "{policy.origin}");
  if (policy.basic && policy.basic->path.empty()) add("Authorization", "Basic {policy.basic}");
  if (policy.cookie && policy.cookie->path.empty())
    add("Cookie", "{policy.cookie-name}={policy.cookie}");
}

bool named(const HeadLine& line, std::string_view name) {
  return !line.name.empty() && equals_ignoring_case(line.name, name);
}

// Puts `replacement` where the first line of the name stands and drops the others; at the end
// where there is none.
void replace_lines(std::vector<HeadLine>& lines, std::string_view name,
                   std::vector<HeadLine> replacement) {
  const auto first =
      std::ranges::find_if(lines, [&](const HeadLine& each) { return named(each, name); });
  const auto at = static_cast<std::ptrdiff_t>(first - lines.begin());
  std::erase_if(lines, [&](const HeadLine& each) { return named(each, name); });
  lines.insert(lines.begin() + at, std::make_move_iterator(replacement.begin()),
               std::make_move_iterator(replacement.end()));
}

// The user's own fields take the place of ours of the same name.
void add_own_lines(const TargetProfile& target, std::vector<HeadLine>& lines) {
  std::vector<std::string> done;
  for (const FieldLine& field : target.headers) {
    const std::string name = in_lower_case(field.name);
    if (std::ranges::find(done, name) != done.end()) continue;
    done.push_back(name);
    std::vector<HeadLine> own;
    for (const FieldLine& each : target.headers)
      if (equals_ignoring_case(each.name, name)) own.push_back({each.name, each.raw});
    replace_lines(lines, name, std::move(own));
  }
}

std::vector<HeadLine> default_lines(const TargetProfile& target, std::string_view key) {
  std::vector<HeadLine> lines = {
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
  add_own_lines(target, lines);
  add_policy_lines(target, lines);
  return lines;
}

std::vector<HeadLine> repeated(const std::vector<RawLine>& raw) {
  std::vector<HeadLine> lines;
  for (const RawLine& each : raw) {
    for (std::uint64_t n = 1; n <= each.times; ++n)
      lines.push_back({"", with_placeholder(each.line, "n", std::to_string(n))});
  }
  return lines;
}

std::vector<HeadLine> edited_lines(const SendRequest& request, const TargetProfile& target,
                                   std::string_view key) {
  std::vector<HeadLine> lines = default_lines(target, key);
  for (const FieldEdit& edit : request.set) {
    std::vector<HeadLine> replacement;
    for (const std::string& value : edit.values) {
      replacement.push_back({edit.name, edit.name + ": " + value});
    }
    replace_lines(lines, edit.name, std::move(replacement));
  }
  for (const std::string& name : request.drop) replace_lines(lines, name, {});
  for (const auto& [name, raw] : request.spell) replace_lines(lines, name, {{name, raw}});
  std::vector<HeadLine> first = repeated(request.first);
  lines.insert(lines.begin(), std::make_move_iterator(first.begin()),
               std::make_move_iterator(first.end()));
  std::vector<HeadLine> last = repeated(request.append);
  lines.insert(lines.end(), std::make_move_iterator(last.begin()),
               std::make_move_iterator(last.end()));
  return lines;
}

// Every token of a list, though the rest of it may be malformed: whatever of it a server
// selects was offered.
std::vector<std::string> tokens_of(std::string_view list) {
  std::vector<std::string> tokens;
  for (const std::string_view token : list_elements(list))
    if (is_token(token)) tokens.emplace_back(token);
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

const std::string& TicketSource::fresh() {
  if (taken_ || pool_ == nullptr) return fresh_;
  taken_ = true;
  before_ = std::exchange(fresh_, {});
  auto next = pool_->take();
  used_up_ = used_up_ || !next;
  fresh_ = std::move(next).value_or("");
  return fresh_;
}

WrittenRequest write_request(const SendRequest& request, const TargetProfile& target,
                             std::string_view key, TicketSource& tickets) {
  tickets.begin_request();
  Filler filler(target, key, tickets);
  WrittenRequest written;
  if (request.bytes) {
    written.head = filler.filled(*request.bytes);
  } else {
    const std::string line =
        request.line.value_or(request.method + ' ' + request.target + ' ' + request.version);
    written.head = filler.filled(line) + request.line_end;
    for (const HeadLine& each : edited_lines(request, target, key)) {
      written.head += filler.filled(each.text) + request.line_end;
    }
    if (request.finished) written.head += request.line_end;
  }
  const HttpHead head = parse_head(written.head);
  written.offer = offer_of(head, key);
  written.credentials = filler.take_credentials();
  written.method = head.start_line.substr(0, head.start_line.find(' '));
  return written;
}

WrittenRequest write_request(const SendRequest& request, const TargetProfile& target,
                             std::string_view key) {
  TicketSource none;
  return write_request(request, target, key, none);
}

}  // namespace wsconform
