#include "runner/conversation/offence_words.h"

#include <fmt/format.h>

#include "core/phrase.h"
#include "runner/conversation/wire_log.h"

namespace wsconform {
namespace {

std::string words_for(const MessageGlimpse& message) {
  return fmt::format("a {} message of {} ({})", name_of(message.opcode),
                     counted(message.size, "byte"),
                     quoted(message.beginning, MessageGlimpse::most_shown));
}

std::string words_for(const DeflateContext& context) {
  return fmt::format("a window of {} bytes{}", 1U << context.window_bits,
                     context.takes_over ? "" : " that covers no earlier message");
}

constexpr std::string_view http_hint = "; its first bytes look like an HTTP response";

// Each offence, as a sentence without its period.
struct Wrong {
  std::string operator()(const IllegalFrame& each) const {
    const Rule& rule = rule_of(each.violation);
    return fmt::format("The target sent a frame that breaks {} ({}): {}{}", cited(rule.section),
                       rule.name, words_for(each.header),
                       looks_like_http(each.header) ? http_hint : "");
  }
  std::string operator()(const IllegalOpening& each) const {
    const HandshakeRule& rule = rule_of(each.fault);
    return fmt::format("{} breaks {} ({}): {}",
                       each.of == Role::server ? "The 101 response" : "The request",
                       cited(rule.section), rule.name, without_stop(rule.says));
  }
  std::string operator()(const HeadTooLong& each) const {
    return fmt::format("The target sent more than {} bytes of a {} head", each.most,
                       each.of == Role::server ? "response" : "request");
  }
  std::string operator()(const BodyWithoutEnd&) const {
    return "The target sent a response whose body has no recognisable end (RFC 9112 §6, §7.1)";
  }
  std::string operator()(const SpokeTooEarly&) const {
    return "The target sent more data before its handshake was answered (RFC 6455 §4.1)";
  }
  std::string operator()(const DataBehindClose&) const {
    return "The target sent data after its Close (RFC 6455 §5.5.1)";
  }
  std::string operator()(const TextNotUtf8&) const {
    return "The target sent a text message that is not UTF-8 (RFC 6455 §8.1)";
  }
  std::string operator()(const MalformedDeflate& each) const {
    if (each.why.empty())
      return fmt::format("The target sent a compressed message that inflates to more than {} bytes",
                         each.most);
    return fmt::format(
        "The target sent a compressed message that cannot be inflated with {}: {} (RFC 7692 §7.2)",
        words_for(each.context), each.why);
  }
  std::string operator()(const UnaskedMessage& each) const {
    return "The target sent " + words_for(each.message) + " that answers nothing";
  }
  std::string operator()(const AnswerToIllegalData& each) const {
    return "The target answered data that it had to refuse: it sent " + words_for(each.message);
  }
  std::string operator()(const ChangedEcho& each) const {
    if (each.came != each.sent)
      return fmt::format("A {} message came back as {}", name_of(each.sent), name_of(each.came));
    if (each.came_size != each.sent_size)
      return fmt::format("A message of {} came back with {}", counted(each.sent_size, "byte"),
                         counted(each.came_size, "byte"));
    return fmt::format("A message of {} came back changed from byte {} on",
                       counted(each.came_size, "byte"), each.differs_at);
  }
  std::string operator()(const PongToRequest& each) const {
    return "The target sent a Pong for bytes of the request that were not a Ping: " +
           quoted(each.beginning, MessageGlimpse::most_shown);
  }
  std::string operator()(const Endless& each) const {
    return fmt::format("The target sent more than {} {}, far more than anything asked for",
                       each.most, each.of == Endless::Of::frames ? "frames" : "bytes");
  }
};

}  // namespace

bool looks_like_http(const FrameHeader& header) {
  return header.opcode == Opcode::close && !header.fin && header.rsv1 && !header.rsv2 &&
         !header.rsv3 && !header.masking_key && header.payload_length == 0x54;
}

std::string words_for(const Offence& offence) {
  return std::visit(Wrong{}, offence);
}

}  // namespace wsconform
