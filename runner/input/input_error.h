// What is wrong with something that the user gave us. Both kinds end the program with exit code 2.
#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>

namespace wsconform {

// A file that cannot be used, and where it goes wrong. what() is one line, fit for a terminal:
// "path:line: /pointer: message"; line 0 and an empty pointer are left out.
class InputError : public std::runtime_error {
 public:
  InputError(std::string path, std::size_t line, std::string pointer, std::string message);

  const std::string& path() const { return path_; }
  std::size_t line() const { return line_; }
  const std::string& pointer() const { return pointer_; }  // JSON pointer (RFC 6901)
  const std::string& message() const { return message_; }

 private:
  std::string path_;
  std::size_t line_ = 0;
  std::string pointer_;
  std::string message_;
};

// A command that cannot be carried out as it was given.
class UsageError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace wsconform
