#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <sys/types.h>

namespace tcprove::cli {

/// How the program is started.
struct Start {
  std::vector<std::string> arguments;
  std::filesystem::path folder;          ///< Its working directory.
  std::vector<std::string> environment;  ///< `NAME=value`; over what the tests have.
  bool on_terminal = false;              ///< Standard output is a terminal; else a pipe.
  std::string program{};                 ///< Empty: the one that these tests were built with.
};

/// The built program, in a process group of its own, with standard output and error read by the
/// test.
class Process {
 public:
  explicit Process(const Start& start);
  /// Kills it where it still runs.
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  /// Standard output up to and with `end`, or all of it where `end` does not come.
  std::string read_until(const std::string& end);
  /// The rest of standard output.
  std::string read_all() { return read_until({}); }
  /// What was printed on standard error.
  [[nodiscard]] std::string error() const;
  /// As a reader that has enough does.
  void close_output();
  /// Sends `signal` to the program and to what came of it, as a terminal does for Ctrl-C.
  void signal_group(int signal) const;
  /// Sends `signal` to the program alone.
  void signal_alone(int signal) const;
  /// Its number, until wait() was called.
  [[nodiscard]] pid_t id() const { return pid_; }
  /// Its exit status; where a signal ended it, that signal's negative.
  int wait();
  /// Whether it and every process that came of it are gone; waits for that, not for ever.
  [[nodiscard]] bool nothing_left() const;

 private:
  pid_t pid_ = -1;
  int output_ = -1;
  int error_ = -1;     ///< A file in memory.
  int lifeline_ = -1;  ///< Its other end is open in all processes that come of the program.
  std::string unread_;
};

}  // namespace tcprove::cli
