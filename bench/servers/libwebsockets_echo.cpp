// libwebsockets_echo PORT: an echo server by libwebsockets on 127.0.0.1, for comparisons. A message
// of up to 64 KiB at a time and connection.
#include <libwebsockets.h>

#include <cstdlib>
#include <cstring>
#include <string>

namespace {

struct Peer {  // zero at first, made by libwebsockets
  std::string* message;
  bool text;
};

int handle(lws* connection, lws_callback_reasons reason, void* user, void* data, std::size_t size) {
  auto* const peer = static_cast<Peer*>(user);
  switch (reason) {
    case LWS_CALLBACK_ESTABLISHED:
      peer->message = new std::string(LWS_PRE, '\0');
      return 0;
    case LWS_CALLBACK_CLOSED:
      delete peer->message;
      return 0;
    case LWS_CALLBACK_RECEIVE:
      peer->message->append(static_cast<const char*>(data), size);
      peer->text = lws_frame_is_binary(connection) == 0;
      if (lws_is_final_fragment(connection) != 0 && lws_remaining_packet_payload(connection) == 0)
        lws_callback_on_writable(connection);
      return 0;
    case LWS_CALLBACK_SERVER_WRITEABLE: {
      std::string& message = *peer->message;
      if (message.size() <= LWS_PRE) return 0;
      const int written =
          lws_write(connection, reinterpret_cast<unsigned char*>(message.data()) + LWS_PRE,
                    message.size() - LWS_PRE, peer->text ? LWS_WRITE_TEXT : LWS_WRITE_BINARY);
      message.resize(LWS_PRE);
      return written < 0 ? -1 : 0;
    }
    default:
      return lws_callback_http_dummy(connection, reason, user, data, size);
  }
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) return 2;
  lws_set_log_level(LLL_ERR, nullptr);
  lws_protocols protocols[2] = {};
  protocols[0].name = "echo";
  protocols[0].callback = handle;
  protocols[0].per_session_data_size = sizeof(Peer);
  protocols[0].rx_buffer_size = 64 * 1024;
  lws_context_creation_info options = {};
  options.port = std::atoi(arguments[1]);
  options.iface = "127.0.0.1";
  options.protocols = protocols;
  options.gid = static_cast<gid_t>(-1);
  options.uid = static_cast<uid_t>(-1);
  options.options = LWS_SERVER_OPTION_VALIDATE_UTF8;
  lws_context* const context = lws_create_context(&options);
  if (context == nullptr) return 1;
  while (lws_service(context, 0) >= 0) {
  }
  lws_context_destroy(context);
}
