// All that `wsconform serve` can be told, by its options or by a file.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "server-under-test/server_options.h"
#include "server-under-test/site/access.h"
#include "server-under-test/site/site.h"

namespace wsconform {

struct ServeSettings {
  ServerOptions server;
  std::string certificate;         // a file; "": without TLS
  std::string key;                 // likewise
  std::string client_authorities;  // a file: who vouches for clients; "": they are not asked
  bool development_tls = false;    // a certificate made at the start
  double keep_alive = 30;          // seconds; 0: never
  AccessPolicy access;
  std::string cookie;                    // "name=value"
  std::string passwords;                 // a file of users (accounts.h); "": nobody has a password
  AuthenticationOptions authentication;  // but for accounts and key
  std::vector<Resource> resources;       // none: those that are there by default
  std::vector<std::string>
      chats;  // paths of chats, besides the resources: a room there and at every path below
  std::string defect;
  bool list_defects = false;
  LogOptions log;
};

// By the names that options and files have for them.
const std::map<std::string, LogLevel>& log_levels();
const std::map<std::string, LogForm>& log_forms();

// What the settings say is served: by default an echo at every path, and, where users have
// passwords, one behind each way to show who one is, at /basic, /cookie and /ticket; and the chats.
// Sessions and tickets get what issues them. Throws InputError where the file of passwords cannot
// be used, UsageError where a guard needs passwords and there are none. What `before` gave to
// clients, sessions and tickets, is good with the new one, too; null: there is none.
std::shared_ptr<Site> site_of(const ServeSettings& settings, const Site* before = nullptr);

}  // namespace wsconform
