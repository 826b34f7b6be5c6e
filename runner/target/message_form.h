// The form of the texts that a target takes, where it takes no others: what a case
// sends is put into it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/bytes.h"

namespace wsconform {

class MessageForm {
 public:
  // `text` holds {payload}, for the payload as it is, or {payload-as-json}, for it as a JSON string
  // with its quotes; one of the two, once. nullopt: it does not.
  static std::optional<MessageForm> parse(std::string_view text);

  // The payload, or a piece of it, as it goes into a message: `first` begins the message, `last`
  // ends it. Bytes that no JSON string can hold, as they are not UTF-8, stay what they are: the
  // fault is the case's.
  Bytes filled(ByteView payload, bool first, bool last) const;

  // Bytes that it adds to a payload in which nothing is escaped.
  std::size_t size() const { return before_.size() + behind_.size(); }

  bool operator==(const MessageForm&) const = default;

 private:
  std::string before_;
  std::string behind_;
  bool json_ = false;
};

}  // namespace wsconform
