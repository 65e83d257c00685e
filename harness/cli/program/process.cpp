#include "harness/cli/program/process.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <string_view>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "harness/base/check.hpp"

namespace tcprove::cli {
namespace {

/// The ends of one kind of output, both closed when another program is started.
struct Ends {
  int ours = -1;
  int theirs = -1;
};

Ends make_pipe() {
  std::array<int, 2> ends{};
  TCPROVE_CHECK(pipe2(ends.data(), O_CLOEXEC) == 0, "the test needs a pipe");
  return {.ours = ends[0], .theirs = ends[1]};
}

Ends make_terminal() {
  const int ours = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
  TCPROVE_CHECK(ours >= 0 && grantpt(ours) == 0 && unlockpt(ours) == 0,
                "the test needs a terminal");
  const int theirs = open(ptsname(ours), O_RDWR | O_NOCTTY | O_CLOEXEC);
  TCPROVE_CHECK(theirs >= 0, "the test needs a terminal");
  return {.ours = ours, .theirs = theirs};
}

/// The tests' environment without what decides how text is set, and with `more`.
std::vector<std::string> environment_with(const std::vector<std::string>& more) {
  constexpr std::array<std::string_view, 5> kDecide{
      "LC_ALL=", "LC_CTYPE=", "LANG=", "NO_COLOR=", "TERM="};
  std::vector<std::string> all = more;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    if (std::ranges::none_of(kDecide, [&](auto name) { return text.starts_with(name); })) {
      all.emplace_back(text);
    }
  }
  return all;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> all;
  all.reserve(texts.size() + 1);
  for (std::string& text : texts) all.push_back(text.data());
  all.push_back(nullptr);
  return all;
}

}  // namespace

Process::Process(const Start& start) {
  const Ends output = start.on_terminal ? make_terminal() : make_pipe();
  const Ends lifeline = make_pipe();
  output_ = output.ours;
  lifeline_ = lifeline.ours;
  error_ = memfd_create("error", MFD_CLOEXEC);
  TCPROVE_CHECK(error_ >= 0, "the test needs a file in memory");

  std::vector<std::string> words{start.program.empty() ? TCPROVE_PROGRAM : start.program};
  words.insert(words.end(), start.arguments.begin(), start.arguments.end());
  std::vector<std::string> environment = environment_with(start.environment);

  constexpr int kLifelineThere = 9;
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addchdir_np(&actions, start.folder.c_str());
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, output.theirs, STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, error_, STDERR_FILENO);
  posix_spawn_file_actions_adddup2(&actions, lifeline.theirs, kLifelineThere);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
  const int failed = posix_spawn(&pid_, words.front().c_str(), &actions, &attributes,
                                 pointers(words).data(), pointers(environment).data());
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  close(output.theirs);
  close(lifeline.theirs);
  TCPROVE_CHECK(failed == 0, "the program was built before its tests");
}

Process::~Process() {
  if (pid_ >= 0) {
    kill(-pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
  }
  close_output();
  close(error_);
  close(lifeline_);
}

std::string Process::read_until(const std::string& end) {
  std::array<char, 4096> buffer{};
  for (;;) {
    const std::size_t at = end.empty() ? std::string::npos : unread_.find(end);
    if (at != std::string::npos) {
      std::string text = unread_.substr(0, at + end.size());
      unread_.erase(0, at + end.size());
      return text;
    }
    const ssize_t n = read(output_, buffer.data(), buffer.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0)
      return std::exchange(unread_, {});  // A terminal says EIO when nobody writes any more.
    unread_.append(buffer.data(), static_cast<std::size_t>(n));
  }
}

std::string Process::error() const {
  std::string text;
  std::array<char, 4096> buffer{};
  for (;;) {
    const ssize_t n = pread(error_, buffer.data(), buffer.size(), static_cast<off_t>(text.size()));
    if (n <= 0) return text;
    text.append(buffer.data(), static_cast<std::size_t>(n));
  }
}

void Process::close_output() {
  if (output_ >= 0) close(output_);
  output_ = -1;
}

void Process::signal_group(int signal) const { kill(-pid_, signal); }

void Process::signal_alone(int signal) const { kill(pid_, signal); }

int Process::wait() {
  int status = 0;
  waitpid(pid_, &status, 0);
  pid_ = -1;
  return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

bool Process::nothing_left() const {
  constexpr int kPatienceMs = 10'000;
  pollfd polled{.fd = lifeline_, .events = POLLIN, .revents = 0};
  char octet = 0;
  return poll(&polled, 1, kPatienceMs) == 1 && read(lifeline_, &octet, 1) == 0;
}

}  // namespace tcprove::cli
