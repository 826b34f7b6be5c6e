#include "cli/program.h"

int main(int count, char** arguments) {
  return wsconform::run_program(std::vector<std::string>(arguments + 1, arguments + count));
}
