// What the server gives to a client that has shown who it is, to be shown again: the value of a
// session's cookie, or a ticket. Signed with HMAC-SHA256, so that nothing has to be kept of those
// that are out but which were revoked or used.
#pragma once

#include <bitset>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "server-under-test/site/http_date.h"
#include "server-under-test/site/secret.h"

namespace wsconform {

enum class TokenKind { session, ticket };

// Why a token does not serve, in the order in which it is asked.
enum class TokenFault : std::uint8_t {
  missing,
  repeated,   // more than one was sent
  malformed,  // nothing that this server writes
  forged,     // the signature is not this server's
  misplaced,  // a ticket as a session, or the reverse
  expired,
  elsewhere,  // a ticket given to another address
  used,       // a ticket that served, or a session that was revoked
  orphaned,   // its user has no password any more
};
inline constexpr std::size_t token_fault_count = 9;
using TokenFaultSet = std::bitset<token_fault_count>;
// "has expired"
std::string_view words_of(TokenFault fault);

struct Token {
  TokenKind kind = TokenKind::session;
  std::string user{};
  std::string address{};  // of a ticket
  std::chrono::sys_seconds expires{};
  std::string id{};  // of this token alone
};

// How a signature is made, and held against the one that was sent. Any other way than
// these is a defect.
struct SignatureRules {
  // What of "kind.expires.id.address.user" is signed: all.
  std::string (*signed_part)(std::string_view text) = [](std::string_view text) {
    return std::string(text);
  };
  bool (*same)(std::string_view sent, std::string_view right) = same_secret;
};

// One for a server: its key, and which tokens serve no more.
class Signer {
 public:
  // `key` is as good as the random bytes it is made of: 32 of them.
  explicit Signer(std::string key, SignatureRules rules = {})
      : key_(std::move(key)), rules_(rules) {}

  // In the alphabet of base64url and dots, so that it stands in cookies and queries as it is.
  std::string sign(const Token& token) const;
  struct Reading {
    std::optional<Token> token{};  // absent where it is malformed
    TokenFaultSet faults{};
  };
  // All that is wrong with it but missing and repeated. `address` is the client's.
  Reading read(std::string_view text, TokenKind kind, std::string_view address,
               std::chrono::sys_seconds now) const;
  // It serves no more.
  void spend(const Token& token, std::chrono::sys_seconds now);
  // Tokens of which that is still known: those not expired since.
  std::size_t spent() const { return spent_.size(); }

 private:
  std::string mac_of(std::string_view text) const;

  std::string key_;
  SignatureRules rules_;
  std::map<std::string, std::chrono::sys_seconds, std::less<>> spent_;  // id, expiry
};

}  // namespace wsconform
