#include "harness/adapter/process/child.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace tcprove::adapter::process {
namespace {

using SteadyClock = std::chrono::steady_clock;

void close_file(int& file) {
  if (file >= 0) close(file);
  file = -1;
}

[[noreturn]] void become(const std::string& command, int in, int out, int error, pid_t parent) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) _exit(1);
  for (const int signal : {SIGPIPE, SIGXFSZ}) std::signal(signal, SIG_DFL);
  dup2(in, STDIN_FILENO);
  dup2(out, STDOUT_FILENO);
  dup2(error, STDERR_FILENO);
  // `exec`, so that the child is the command and not a shell that waits for it.
  const std::string script = "exec " + command;
  execl("/bin/sh", "sh", "-c", script.c_str(), nullptr);
  _exit(127);
}

/// The last lines of what it printed, in one.
std::string last_words(int file) {
  std::array<char, 600> text{};
  const off_t size = lseek(file, 0, SEEK_END);
  const auto wanted = static_cast<off_t>(text.size());
  const ssize_t got = pread(file, text.data(), text.size(), std::max<off_t>(size - wanted, 0));
  std::string words(text.data(), static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
  if (size > wanted) words.erase(0, words.find('\n') + 1);
  while (!words.empty() && (words.back() == '\n' || words.back() == ' ')) words.pop_back();
  std::ranges::replace(words, '\n', ' ');
  return words.empty() ? "" : fmt::format("; it printed: {}", words);
}

bool is_readable(int file, std::chrono::milliseconds wait) {
  pollfd polled{.fd = file, .events = POLLIN, .revents = 0};
  return poll(&polled, 1, static_cast<int>(wait.count())) > 0;
}

}  // namespace

std::optional<AdapterError> Child::start() {
  if (runs()) {
    if (ftruncate(error_, 0) != 0) return AdapterError{"cannot clear what the child printed"};
    return std::nullopt;
  }
  std::array<int, 2> in{-1, -1};
  std::array<int, 2> out{-1, -1};
  error_ = memfd_create("stderr", MFD_CLOEXEC);
  const bool piped = pipe2(in.data(), O_CLOEXEC) == 0 && pipe2(out.data(), O_CLOEXEC) == 0;
  if (error_ >= 0) fcntl(error_, F_SETFL, O_APPEND);
  const pid_t parent = getpid();
  pid_ = piped && error_ >= 0 ? fork() : -1;
  if (pid_ == 0) become(command_, in[0], out[1], error_, parent);
  const int why = errno;
  close_file(in[0]);
  close_file(out[1]);
  to_ = in[1];
  from_ = out[0];
  received_.clear();
  asked_ = false;
  if (runs()) return std::nullopt;
  stop();
  return AdapterError{fmt::format("cannot start {}: {}", command_, std::strerror(why))};
}

void Child::stop() {
  close_file(to_);
  close_file(from_);
  if (runs()) {
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
  }
  pid_ = -1;
  close_file(error_);
}

AdapterError Child::give_up(std::string message) {
  message += last_words(error_);
  stop();
  return {std::move(message)};
}

/// It has closed its output: it is ending, or is to be ended.
AdapterError Child::ended() {
  constexpr std::chrono::milliseconds kGrace{200};
  int status = 0;
  const auto until = SteadyClock::now() + kGrace;
  pid_t gone = 0;
  while ((gone = waitpid(pid_, &status, WNOHANG)) == 0 && SteadyClock::now() < until) {
    poll(nullptr, 0, 1);
  }
  if (gone != pid_) return give_up("the child closed its standard output");
  pid_ = -1;
  return give_up(WIFSIGNALED(status)
                     ? fmt::format("the child crashed: {}", strsignal(WTERMSIG(status)))
                     : fmt::format("the child ended with status {}", WEXITSTATUS(status)));
}

bool Child::write_all(std::string_view octets) const {
  while (!octets.empty()) {
    const ssize_t n = write(to_, octets.data(), octets.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    octets.remove_prefix(static_cast<std::size_t>(n));
  }
  return true;
}

std::optional<AdapterError> Child::read_line() {
  const auto until = SteadyClock::now() + kAnswerTimeMax;
  for (;;) {
    std::array<char, 1U << 16U> buffer;
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(until - SteadyClock::now());
    if (left.count() <= 0 || !is_readable(from_, left)) {
      return give_up(fmt::format("the child hung: no answer after {} ms", kAnswerTimeMax.count()));
    }
    const ssize_t n = read(from_, buffer.data(), buffer.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return ended();
    const std::size_t searched = received_.size();
    received_.append(buffer.data(), static_cast<std::size_t>(n));
    const std::size_t end = received_.find('\n', searched);
    if (end != std::string::npos) {
      answer_.assign(received_, 0, end);
      received_.erase(0, end + 1);
      return std::nullopt;
    }
    if (received_.size() > kAnswerOctetsMax) {
      return give_up(fmt::format("the child wrote {} octets without a newline", received_.size()));
    }
  }
}

std::optional<AdapterError> Child::ask(std::string_view line) {
  // What a child says before the first request may come before or after it: it is the answer.
  const bool first = !std::exchange(asked_, true);
  if (!first && (!received_.empty() || is_readable(from_, std::chrono::milliseconds(0)))) {
    std::array<char, 80> words{};
    const ssize_t n = received_.empty() ? read(from_, words.data(), words.size()) : 0;
    if (n > 0) received_.assign(words.data(), static_cast<std::size_t>(n));
    if (received_.empty()) return ended();
    return give_up(fmt::format("the child spoke without being asked: {}",
                               received_.substr(0, std::min(received_.find('\n'), words.size()))));
  }
  std::string text(line);
  text += '\n';
  if (!write_all(text)) return ended();
  return read_line();
}

}  // namespace tcprove::adapter::process
