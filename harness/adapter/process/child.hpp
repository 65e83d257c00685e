#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include <sys/types.h>

#include "harness/adapter/adapter.hpp"

namespace tcprove::adapter::process {

/// A program that is asked and answers, a line each, by its standard input and output.
///
/// It stays in our process group and is killed with the thread that started it, and in the
/// destructor; at the end of its input it should end by itself.
class Child {
 public:
  /// `command` is the shell's, so that it may have arguments and quotes.
  explicit Child(std::string command) : command_(std::move(command)) {}
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child() { stop(); }

  /// Starts it where it does not run, and forgets what the one before has printed.
  std::optional<AdapterError> start();
  void stop();
  [[nodiscard]] bool runs() const { return pid_ > 0; }

  /// Writes `line` and a newline, and reads the next line, without its newline, into answer().
  ///
  /// Errors: it ended, hung, or wrote what nobody asked for; it has then been stopped. The message
  /// ends in what it printed last on its standard error.
  std::optional<AdapterError> ask(std::string_view line);

  /// Lifetime: until the next ask().
  [[nodiscard]] std::string_view answer() const { return answer_; }

  /// Stops it because of what it said; the message gets its last words.
  AdapterError give_up(std::string message);

  /// Of wall time; less than a scenario has, so that the child is blamed and not the stack's
  /// worker.
  static constexpr std::chrono::milliseconds kAnswerTimeMax{5000};
  static constexpr std::size_t kAnswerOctetsMax = std::size_t{48} << 20U;

 private:
  AdapterError ended();
  bool write_all(std::string_view octets) const;
  std::optional<AdapterError> read_line();

  std::string command_;
  pid_t pid_ = -1;
  int to_ = -1;
  int from_ = -1;
  int error_ = -1;  ///< A file in memory.
  std::string received_;
  bool asked_ = false;
  std::string answer_;
};

}  // namespace tcprove::adapter::process
