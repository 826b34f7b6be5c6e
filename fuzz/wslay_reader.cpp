#include "fuzz/wslay_reader.h"

#include <sys/types.h>
#include <wslay/wslay.h>

#include <algorithm>
#include <memory>
#include <new>

namespace wsconform {
namespace {

struct Reader {
  ByteView rest{};
  bool close_came = false;
  WslayReading reading{};
};

ssize_t hand_in(wslay_event_context_ptr context, std::uint8_t* buffer, std::size_t size, int,
                void* reader) {
  ByteView& rest = static_cast<Reader*>(reader)->rest;
  if (rest.empty()) {
    wslay_event_set_error(context, WSLAY_ERR_WOULDBLOCK);
    return -1;
  }
  const ByteView taken = rest.first(std::min(size, rest.size()));
  std::ranges::copy(taken, buffer);
  rest = rest.subspan(taken.size());
  return static_cast<ssize_t>(taken.size());
}

int make_key(wslay_event_context_ptr, std::uint8_t* key, std::size_t size, void*) {
  std::fill_n(key, size, std::uint8_t{0});
  return 0;
}

void take_message(wslay_event_context_ptr, const wslay_event_on_msg_recv_arg* message,
                  void* reader) {
  Reader& to = *static_cast<Reader*>(reader);
  const auto opcode = static_cast<Opcode>(message->opcode);
  to.close_came = opcode == Opcode::close;
  to.reading.messages.emplace_back(opcode, Bytes(message->msg, message->msg + message->msg_length));
}

struct Free {
  void operator()(wslay_event_context* context) const { wslay_event_context_free(context); }
};

}  // namespace

WslayReading read_by_wslay(ByteView stream, Role receiver, std::uint64_t max_message) {
  Reader reader{stream};
  wslay_event_callbacks callbacks{};
  callbacks.recv_callback = hand_in;
  callbacks.genmask_callback = make_key;
  callbacks.on_msg_recv_callback = take_message;
  wslay_event_context_ptr made = nullptr;
  const int result = receiver == Role::server
                         ? wslay_event_context_server_init(&made, &callbacks, &reader)
                         : wslay_event_context_client_init(&made, &callbacks, &reader);
  if (result != 0) throw std::bad_alloc();
  const std::unique_ptr<wslay_event_context, Free> context(made);
  wslay_event_config_set_max_recv_msg_length(made, max_message);
  if (wslay_event_recv(made) != 0) reader.reading.failed = true;
  // What it cannot go on with disables its reading; so does a Close.
  if (wslay_event_get_read_enabled(made) == 0 && !reader.close_came) reader.reading.failed = true;
  return std::move(reader.reading);
}

}  // namespace wsconform
