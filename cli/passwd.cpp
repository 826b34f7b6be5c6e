// wsconform passwd: the line of a file of passwords, for `wsconform serve --passwords`.
#include <fmt/format.h>
#include <termios.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>

#include "cli/commands.h"
#include "cli/number_range.h"
#include "runner/input/input_error.h"
#include "server-under-test/site/password_hash.h"

namespace wsconform {
namespace {

struct PasswdCommand {
  std::string user;
  unsigned log_n = ScryptCost().log_n;
};

// What is typed is not shown, as long as it lives.
class Unseen {
 public:
  Unseen() : is_terminal_(tcgetattr(STDIN_FILENO, &before_) == 0) {
    if (!is_terminal_) return;
    termios silent = before_;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    tcsetattr(STDIN_FILENO, TCSANOW, &silent);
    std::cerr << "Password: " << std::flush;
  }
  ~Unseen() {
    if (!is_terminal_) return;
    tcsetattr(STDIN_FILENO, TCSANOW, &before_);
    std::cerr << '\n';
  }
  Unseen(const Unseen&) = delete;
  Unseen& operator=(const Unseen&) = delete;

 private:
  termios before_{};
  bool is_terminal_ = false;
};

// One line of standard input.
std::string read_password() {
  const Unseen unseen;
  std::string password;
  std::getline(std::cin, password);
  if (password.empty()) throw UsageError("There is no password on standard input.");
  return password;
}

void write_line(const PasswdCommand& command) {
  if (command.user.empty() || command.user.starts_with('#') ||
      command.user.find_first_of(":\r\n") != std::string::npos)
    throw UsageError("The name of a user must not be empty, begin with # or contain a colon.");
  const PasswordHash hash =
      hash_password(read_password(), {.log_n = command.log_n}, random_bytes(16));
  std::cout << command.user << ':' << text_of(hash) << '\n';
}

}  // namespace

void add_passwd(CLI::App& app, int&) {
  CLI::App& command = *app.add_subcommand(
      "passwd", "Write a line for a password file; the password is read from standard input");
  auto options = std::make_shared<PasswdCommand>();
  command.add_option("USER", options->user, "Name of the user")->required();
  command.add_option("--cost", options->log_n, "Cost of scrypt: its N is 2 to the power of this")
      ->check(whole_number(10, 18))
      ->capture_default_str();
  command.callback([options] { write_line(*options); });
}

}  // namespace wsconform
