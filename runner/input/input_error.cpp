#include "runner/input/input_error.h"

#include "core/visible_text.h"

namespace wsconform {
namespace {

std::string one_line(const std::string& path, std::size_t line, const std::string& pointer,
                     const std::string& message) {
  std::string told = path;
  if (line > 0) told += ":" + std::to_string(line);
  told += ": ";
  if (!pointer.empty()) told += pointer + ": ";
  return visible(told + message);
}

}  // namespace

InputError::InputError(std::string path, std::size_t line, std::string pointer, std::string message)
    : std::runtime_error(one_line(path, line, pointer, message)),
      path_(std::move(path)),
      line_(line),
      pointer_(std::move(pointer)),
      message_(std::move(message)) {}

}  // namespace wsconform
