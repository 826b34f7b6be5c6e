// Who has a password, and how what a client sends is held against it.
#pragma once

#include <cstddef>
#include <expected>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "core/http_head.h"
#include "server-under-test/site/password_hash.h"

namespace wsconform {

struct UserAndPassword {
  std::string user{};
  std::string password{};
};

// One password to be held against what is known of its user. It shares nothing, so that `run` may
// be called on another thread.
class PasswordCheck {
 public:
  PasswordCheck(UserAndPassword sent, PasswordHash known, bool is_known)
      : sent_(std::move(sent)), known_(std::move(known)), is_known_(is_known) {}

  // Takes as long for a user whom nobody knows. Throws std::runtime_error where there is no memory.
  bool run() const { return is_password(sent_.password, known_) && is_known_; }
  const std::string& user() const { return sent_.user; }

 private:
  UserAndPassword sent_;
  PasswordHash known_;
  bool is_known_ = false;
};

class Accounts {
 public:
  // Replaces a user of the same name.
  void add(std::string user, PasswordHash hash);
  bool empty() const { return hashes_.empty(); }
  std::size_t size() const { return hashes_.size(); }
  bool has(std::string_view user) const { return hashes_.contains(user); }
  PasswordCheck check(UserAndPassword sent) const;

  // A line each, "USER:HASH"; empty lines and those that begin with # are comments. The fault names
  // the line.
  struct Fault {
    std::size_t line = 0;
    std::string message{};
  };
  static std::expected<Accounts, Fault> parse(std::string_view text);

 private:
  std::map<std::string, PasswordHash, std::less<>> hashes_;
};

// Those of one Authorization of the scheme Basic (RFC 7617 §2); nullopt: there is not one that is
// well formed.
std::optional<UserAndPassword> basic_credentials(const HttpHead& request);
// Of a form, application/x-www-form-urlencoded, with one `user` and one `password`.
std::optional<UserAndPassword> form_credentials(std::string_view body);

}  // namespace wsconform
