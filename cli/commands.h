// The subcommands, one file each. add_... registers one; when the user chose it, its callback
// carries it out, writes to standard output and may set `exit_code` (see cli/exit_code.h), which is
// 0 before. What goes wrong is thrown: UsageError, InputError, or any other std::exception for a
// fault of our own.
#pragma once

namespace CLI {
class App;
}

namespace wsconform {

void add_run(CLI::App& app, int& exit_code);
void add_list(CLI::App& app, int& exit_code);
void add_show(CLI::App& app, int& exit_code);
void add_check_cases(CLI::App& app, int& exit_code);
void add_report(CLI::App& app, int& exit_code);
void add_defects(CLI::App& app, int& exit_code);
void add_serve(CLI::App& app, int& exit_code);
void add_passwd(CLI::App& app, int& exit_code);
void add_fuzz(CLI::App& app, int& exit_code);
// Of `fuzz`.
void add_fuzz_target(CLI::App& fuzz, int& exit_code);
void add_fuzz_campaign(CLI::App& fuzz, int& exit_code);
void add_fuzz_replay(CLI::App& fuzz, int& exit_code);

}  // namespace wsconform
