// What lets us into a target and must not stand in a report: values of header fields, cookies,
// tickets, passwords. Wherever one stands in what a run tells, each of its bytes becomes '*', so
// that sizes and places stay true.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/http_head.h"

namespace wsconform {

class Secrets {
 public:
  // Shorter values are words that stand elsewhere too: they are hidden only behind what
  // they were shown with.
  static constexpr std::size_t long_enough = 8;

  // Keeps so many at most; of more, the latest. 0: hides nothing.
  explicit Secrets(std::size_t most = 4096) : most_(most) {}

  // `before`: what stands before a short one, "session=".
  void add(std::string_view value, std::string_view before);
  // What of a field of a request is secret: credentials behind their scheme, the values of cookies,
  // of others the whole value; nothing of Origin, User-Agent and the like.
  void add_field(const FieldLine& field);
  // The cookie that a Set-Cookie gives.
  void add_set_cookie(std::string_view value);
  // Of a query, the parameters that by their name let in: "?token=...".
  void add_query(std::string_view target);

  // Also the beginning of one where the text is cut off.
  void hide(std::string& text) const;
  void hide(std::span<std::uint8_t> bytes) const;
  bool empty() const { return known_.empty(); }
  // Bytes of the longest.
  std::size_t longest() const { return known_.empty() ? 0 : known_.front().value.size(); }

 private:
  struct Secret {
    std::string before{};  // "" of one that is long enough
    std::string value{};
    std::uint64_t number = 0;
  };
  void add_text(std::string_view value, std::string_view before);

  std::vector<Secret> known_;  // longest first: one may be the beginning of another
  std::size_t most_ = 0;
  std::uint64_t added_ = 0;
};

// Stands in a command or a URL where the user has to put his own value.
inline constexpr std::string_view hidden_value = "<hidden>";
// 'Name: value' with the value replaced where it is secret.
std::string shown_field(const FieldLine& field);
// The URL with the parameters replaced that let in.
std::string shown_url(std::string_view url);

}  // namespace wsconform
