#include "server-under-test/status/status_page.h"

#include <fmt/format.h>

#include <kainjow/mustache.hpp>
#include <nlohmann/json.hpp>
#include <string_view>

#include "core/visible_text.h"
#include "server-under-test/site/own_page.h"

namespace wsconform {
namespace {

using Json = nlohmann::ordered_json;
using kainjow::mustache::data;

std::int64_t whole_seconds(Duration duration) {
  return std::chrono::floor<std::chrono::seconds>(duration).count();
}

// "2026-11-29T04:05:06Z" (RFC 3339).
std::string date_of(std::chrono::sys_seconds time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(time - day);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     clock.hours().count(), clock.minutes().count(), clock.seconds().count());
}

std::string next_of(const char* path, const ServerStatus& status) {
  return fmt::format("{}?after={}", path, status.page.back().id);
}

Json json_of(const Traffic& traffic) {
  return {{"messages", traffic.messages}, {"bytes", traffic.bytes}};
}

Json json_of(const ClientRecord& client) {
  Json json{{"id", client.id},
            {"address", client.address},
            {"tls", client.tls},
            {"user", visible(client.user)},
            {"path", visible(client.path)},
            {"subprotocol", visible(client.subprotocol)},
            {"extension", visible(client.extension)},
            {"age-s", whole_seconds(client.age)},
            {"received", json_of(client.received)},
            {"sent", json_of(client.sent)},
            {"round-trip-ms", nullptr}};
  if (client.round_trip) json["round-trip-ms"] = in_milliseconds(*client.round_trip);
  return json;
}

template <typename Map>
Json json_of_counts(const Map& counts) {
  Json json = Json::object();
  for (const auto& [key, count] : counts) json[std::to_string(key)] = count;
  return json;
}

Json json_of(const Tally& tally) {
  return {{"accepted", tally.accepted},
          {"answers", json_of_counts(tally.answers)},
          {"closes", json_of_counts(tally.closes)},
          {"failed", tally.failed},
          {"stalled", tally.stalled},
          {"refused-for-memory", tally.without_memory},
          {"too-slow", tally.too_slow},
          {"tls-failures", tally.tls_failures},
          {"received", json_of(tally.received)},
          {"sent", json_of(tally.sent)}};
}

Json json_of(const ChatStatus& chat) {
  Json page = Json::array();
  for (const RoomRecord& room : chat.page)
    page.push_back({{"name", visible(room.name)},
                    {"members", room.members},
                    {"behind", room.behind},
                    {"said", json_of(room.said)}});
  return {{"rooms", chat.rooms},
          {"max-rooms", chat.max_rooms},
          {"members", chat.members},
          {"said", json_of(chat.said)},
          {"page", page}};
}

constexpr std::string_view style = R"css(
body { font: 1rem/1.5 system-ui, sans-serif; margin: 2rem; overflow-wrap: anywhere }
table { border-collapse: collapse; margin: 1rem 0 }
th, td { text-align: left; padding: .15rem .8rem .15rem 0; border-bottom: 1px solid #ccc; vertical-align: top }
.n { text-align: right; font-variant-numeric: tabular-nums }
button { font: inherit }
)css";

constexpr char page_template[] = R"html(<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="5">
<title>wsconform: {{clients}} clients</title>
<style>{{{style}}}</style>
<h1>wsconform serve</h1>
<table>
{{#facts}}<tr><th scope="row">{{name}}</th><td>{{value}}</td></tr>
{{/facts}}</table>
{{#has-rooms}}<h2>Rooms</h2>
<table>
<tr><th>room<th>members<th>behind<th>said</tr>
{{#rooms}}<tr><td>{{name}}<td class="n">{{members}}<td class="n">{{behind}}<td class="n">{{said}}</tr>
{{/rooms}}</table>
{{/has-rooms}}<h2>Clients</h2>
{{^has-clients}}<p>Nobody is connected.</p>
{{/has-clients}}{{#has-clients}}<table>
<tr><th>id<th>address<th>user<th>path<th>subprotocol<th>extension<th>age<th>received<th>sent<th>round trip{{#can-close}}<th>{{/can-close}}</tr>
{{#rows}}<tr><td class="n">{{id}}<td>{{address}}<td>{{user}}<td>{{path}}<td>{{subprotocol}}<td>{{extension}}<td class="n">{{age}}<td class="n">{{received}}<td class="n">{{sent}}<td class="n">{{round-trip}}{{#can-close}}<td><form method="post" action="{{close-path}}"><button name="id" value="{{id}}">Close</button></form>{{/can-close}}</tr>
{{/rows}}</table>
{{/has-clients}}{{#next}}<p><a href="{{next}}">Next clients</a></p>
{{/next}}<p>The same for programs: <a href="/status.json">/status.json</a>, <a href="/metrics">/metrics</a></p>
</html>
)html";

std::string said(const Traffic& traffic) {
  return fmt::format("{} messages, {} bytes", traffic.messages, traffic.bytes);
}

data fact(const char* name, const std::string& value) {
  data row;
  row.set("name", name);
  row.set("value", value);
  return row;
}

data facts_of(const ServerStatus& status) {
  const Tally& tally = status.tally;
  data facts(data::type::list);
  facts << fact("Started", date_of(status.started)) << fact("Now", date_of(status.now))
        << fact("Clients", fmt::format("{} of {} at most, {} connections without a handshake",
                                       status.clients, status.max_clients, status.waiting))
        << fact("Rooms", fmt::format("{} of {} at most, {} members", status.chat.rooms,
                                     status.chat.max_rooms, status.chat.members))
        << fact("Memory",
                fmt::format("{} bytes of {} at most", status.memory_held, status.max_memory))
        << fact("Received", said(tally.received)) << fact("Sent", said(tally.sent));
  for (const auto& [code, count] : tally.answers)
    facts << fact("Answers", fmt::format("{} times {}", count, code));
  for (const auto& [code, count] : tally.closes)
    facts << fact("Closed", fmt::format("{} times {}", count, code));
  return facts;
}

data row_of(const RoomRecord& room) {
  data row;
  row.set("name", visible(room.name));
  row.set("members", std::to_string(room.members));
  row.set("behind", std::to_string(room.behind));
  row.set("said", said(room.said));
  return row;
}

data row_of(const ClientRecord& client) {
  data row;
  row.set("id", std::to_string(client.id));
  row.set("address", client.address + (client.tls ? " (TLS)" : ""));
  row.set("user", visible(client.user));
  row.set("path", visible(client.path));
  row.set("subprotocol", visible(client.subprotocol));
  row.set("extension", visible(client.extension));
  row.set("age", fmt::format("{} s", whole_seconds(client.age)));
  row.set("received", said(client.received));
  row.set("sent", said(client.sent));
  row.set("round-trip", client.round_trip
                            ? fmt::format("{:.1f} ms", in_milliseconds(*client.round_trip))
                            : std::string());
  return row;
}

}  // namespace

std::string status_json(const ServerStatus& status) {
  Json json{{"now", date_of(status.now)},
            {"started", date_of(status.started)},
            {"clients", status.clients},
            {"max-clients", status.max_clients},
            {"waiting", status.waiting},
            {"memory-bytes", status.memory_held},
            {"max-memory-bytes", status.max_memory},
            {"since-start", json_of(status.tally)},
            {"chat", json_of(status.chat)}};
  if (status.max_per_address != SIZE_MAX) json["max-per-address"] = status.max_per_address;
  Json& page = json["page"] = Json::array();
  for (const ClientRecord& client : status.page) page.push_back(json_of(client));
  if (status.more) json["next"] = next_of(status_json_path, status);
  return json.dump(1) + "\n";
}

HttpAnswer status_page(const ServerStatus& status, bool can_close) {
  data rows(data::type::list);
  for (const ClientRecord& client : status.page) rows << row_of(client);
  data rooms(data::type::list);
  for (const RoomRecord& room : status.chat.page) rooms << row_of(room);
  data view;
  view.set("style", std::string(style));
  view.set("clients", std::to_string(status.clients));
  view.set("facts", facts_of(status));
  view.set("has-rooms", !status.chat.page.empty());
  view.set("rooms", rooms);
  view.set("has-clients", !status.page.empty());
  view.set("rows", rows);
  view.set("can-close", can_close);
  view.set("close-path", status_close_path);
  if (status.more) view.set("next", next_of(status_path, status));
  static const std::string text(page_template);
  kainjow::mustache::mustache page(text);
  return own_page(page.render(view), style, {});
}

}  // namespace wsconform
