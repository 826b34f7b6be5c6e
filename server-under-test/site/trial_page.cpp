#include "server-under-test/site/trial_page.h"

#include <fmt/format.h>
#include <string>
#include <utility>

#include "server-under-test/site/own_page.h"

namespace wsconform {
namespace {

constexpr std::string_view style = R"css(
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 44rem; margin: 2rem auto; padding: 0 1rem }
input, button { font: inherit; padding: .25rem .6rem }
#log { font-family: ui-monospace, monospace; white-space: pre-wrap; border: 1px solid #999; padding: .5rem; min-height: 6rem }
)css";

constexpr std::string_view script = R"js(
const at = (id) => document.getElementById(id);
const tell = (text) => {
  at('log').append(text + '\n');
  if (at('log').childNodes.length > 1000) at('log').firstChild.remove();
};
// On one line, and nothing in it turns the writing direction or hides.
const shown = (text) => text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu,
  (character) => '\\u{' + character.codePointAt(0).toString(16) + '}');
const ways = document.body.dataset;
let socket;

const ask = async (path) => {
  const answer = await fetch(path, { method: 'POST', body: new URLSearchParams({
    user: at('user').value, password: at('password').value }) });
  tell(path + ' ' + answer.status + (answer.ok ? '' : ' ' + (await answer.clone().text()).trim()));
  return answer;
};
const open = async () => {
  const url = new URL(location.href);
  url.protocol = url.protocol.replace('http', 'ws');
  url.hash = '';
  if (ways.ticket) {
    const answer = await ask(ways.ticket);
    if (!answer.ok) return;
    url.searchParams.set(ways.parameter, (await answer.json()).ticket);
  }
  socket = new WebSocket(url);
  socket.onopen = () => tell('open ' + (socket.extensions || 'without extension'));
  socket.onmessage = ({ data }) =>
    tell('< ' + (typeof data === 'string' ? shown(data) : data.size + ' bytes, binary'));
  socket.onclose = (event) => tell('closed ' + event.code + ' ' + shown(event.reason));
};
at('open').onclick = open;
at('who').hidden = !ways.login && !ways.ticket;
at('login').hidden = at('logout').hidden = !ways.login;
at('login').onclick = () => ask(ways.login);
at('logout').onclick = () => ask(ways.logout);
at('close').onclick = () => socket?.close(1000);
at('rooms').hidden = !ways.rooms;
at('rooms').onsubmit = (event) => {
  event.preventDefault();
  const below = ways.rooms.split('/').filter(Boolean).concat(at('room').value);
  location.href = '/' + below.map(encodeURIComponent).join('/');
};
at('say').onsubmit = (event) => {
  event.preventDefault();
  if (socket?.readyState !== 1) return tell('It is not open.');
  tell('> ' + shown(at('text').value));
  socket.send(at('text').value);
};
)js";

constexpr std::string_view words_of_echo = R"html(
<h1>A WebSocket is served here</h1>
<p>This is the reference server of wsconform. It opens a WebSocket (RFC 6455) at this address and sends
every message back.</p>)html";

constexpr std::string_view words_of_chat = R"html(
<h1>A room of a chat is served here</h1>
<p>This is the reference server of wsconform. It opens a WebSocket (RFC 6455) at this address and sends
every message to all who are in the room. The room is this address: open the page twice.</p>)html";

constexpr std::string_view content_of_page = R"html(
<form id="rooms"><label>Room <input id="room"></label> <button>Go there</button></form>
<p id="who"><label>User <input id="user" autocomplete="username"></label>
<label>Password <input id="password" type="password" autocomplete="current-password"></label>
<button id="login">Log in</button> <button id="logout">Log out</button></p>
<p><button id="open">Open</button> <button id="close">Close</button></p>
<form id="say"><input id="text" value="Hello" aria-label="Message"> <button>Send</button></form>
<h2>What happened</h2>
<div id="log" role="log"></div>
)html";

std::string attribute(std::string_view name, std::string_view value) {
  std::string text = fmt::format(" data-{}=\"", name);
  for (const char c : value) {
    if (c == '"' || c == '&')
      text += fmt::format("&#{};", static_cast<int>(c));
    else
      text += c;
  }
  return text + '"';
}

std::string body_tag(const Resource& resource, const AuthenticationOptions* options) {
  std::string tag = "<body";
  if (resource.guard.session)
    tag += attribute("login", options->login_path) + attribute("logout", options->logout_path);
  else if (resource.guard.ticket)
    tag += attribute("ticket", options->ticket_path) +
           attribute("parameter", options->ticket_parameter);
  if (resource.service == Service::chat && resource.below) tag += attribute("rooms", resource.path);
  return tag + ">";
}

}  // namespace

HttpAnswer trial_page(const Resource& resource, const AuthenticationOptions* options) {
  std::string page = "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n";
  page += "<meta name=\"viewport\" content=\"width=device-width\">\n<title>wsconform</title>\n";
  page.append("<style>").append(style).append("</style>");
  page.append(body_tag(resource, options));
  page.append(resource.service == Service::chat ? words_of_chat : words_of_echo);
  page.append(content_of_page);
  page.append("<script>").append(script).append("</script>\n</body>\n</html>\n");
  return own_page(std::move(page), style, script);
}

}  // namespace wsconform
