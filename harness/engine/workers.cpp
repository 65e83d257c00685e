#include "harness/engine/workers.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <span>

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "harness/base/check.hpp"

namespace tcprove::engine {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr std::size_t kNoJob = SIZE_MAX;
/// How long a worker that was told to stop has for its last words.
constexpr std::chrono::milliseconds kGrace{1000};
constexpr int kPollMs = 50;
/// A result with a trace filled to its limits, twice over.
constexpr std::uint64_t kFrameOctetsMax = std::uint64_t{1} << 30U;

/// What parent and workers share: the next job, and which one each worker is at.
struct Board {
  static constexpr std::size_t kWorkersMax = 256;
  std::atomic<std::size_t> next{0};
  std::array<std::atomic<std::size_t>, kWorkersMax> job_of{};
  std::array<std::atomic<std::int64_t>, kWorkersMax> begun_of{};  ///< SteadyClock ticks.
};
static_assert(std::atomic<std::size_t>::is_always_lock_free);

class SharedBoard {
 public:
  SharedBoard() {
    void* const memory =
        mmap(nullptr, sizeof(Board), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory != MAP_FAILED) board_ = new (memory) Board;
  }
  ~SharedBoard() {
    if (board_ != nullptr) munmap(board_, sizeof(Board));
  }
  SharedBoard(const SharedBoard&) = delete;
  SharedBoard& operator=(const SharedBoard&) = delete;

  [[nodiscard]] Board* get() const { return board_; }

 private:
  Board* board_ = nullptr;
};

enum class FrameKind : std::uint64_t { Result, LastWords };

/// Before each message of a worker's.
struct FrameHead {
  FrameKind kind = FrameKind::Result;
  std::uint64_t job = 0;
  std::uint64_t size = 0;
};

bool write_all(int fd, std::span<const std::uint8_t> octets) {
  while (!octets.empty()) {
    const ssize_t n = write(fd, octets.data(), octets.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    octets = octets.subspan(static_cast<std::size_t>(n));
  }
  return true;
}

bool write_frame(int fd, FrameKind kind, std::size_t job, std::span<const std::uint8_t> octets) {
  const FrameHead head{.kind = kind, .job = job, .size = octets.size()};
  std::array<std::uint8_t, sizeof head> raw{};
  std::memcpy(raw.data(), &head, sizeof head);
  return write_all(fd, raw) && write_all(fd, octets);
}

// ---- the worker's side

/// What the signal handler of a worker can reach; a worker runs one job at a time on one thread.
struct {
  JobRunner* runner = nullptr;
  std::atomic<std::size_t>* job = nullptr;
  int fd = -1;
} g_worker;

void speak_last_words(int signal) {
  // Whatever goes wrong from here on, the worker ends with the signal that brought it down.
  std::signal(signal, SIG_DFL);
  std::signal(SIGALRM, SIG_DFL);
  alarm(1);
  if (g_worker.runner != nullptr && g_worker.job->load() != kNoJob) {
    const std::vector<std::uint8_t> words = g_worker.runner->last_words();
    write_frame(g_worker.fd, FrameKind::LastWords, g_worker.job->load(), words);
  }
  raise(signal);
}

void handle_fatal_signals() {
  // A stack that recurses without end has none of its own stack left for the handler.
  static std::array<std::uint8_t, 1U << 18U> handler_stack;
  stack_t stack{};
  stack.ss_sp = handler_stack.data();
  stack.ss_size = handler_stack.size();
  sigaltstack(&stack, nullptr);
  struct sigaction action {};
  action.sa_handler = speak_last_words;
  action.sa_flags = SA_ONSTACK | SA_NODEFER;
  for (const int signal : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTERM, SIGSYS}) {
    sigaction(signal, &action, nullptr);
  }
}

void limit_memory([[maybe_unused]] std::size_t octets) {
#ifndef TCPROVE_ADDRESS_SANITIZER  // It reserves terabytes of address space for itself.
  const rlimit limit{.rlim_cur = octets, .rlim_max = octets};
  setrlimit(RLIMIT_AS, &limit);
#endif
}

/// A worker's ends of what it shares with its parent.
struct Ends {
  int results = -1;  ///< A pipe for frames.
  int output = -1;   ///< A file in memory for what the stack prints.
};

[[noreturn]] void be_worker(Board& board, std::size_t slot, std::size_t count, const Ends& ends,
                            const WorkerLimits& limits,
                            const std::function<std::unique_ptr<JobRunner>()>& make_runner) {
  const int fd = ends.results;
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  setpgid(0, 0);  // A signal to the whole group, as timeout(1) sends it, is for the parent to hear.
  std::signal(SIGINT, SIG_IGN);  // The parent decides what an interruption means.
  std::signal(SIGPIPE, SIG_IGN);
  dup2(ends.output, STDOUT_FILENO);
  dup2(ends.output, STDERR_FILENO);
  limit_memory(limits.memory_octets);
  const std::unique_ptr<JobRunner> runner = make_runner();
  g_worker.runner = runner.get();
  g_worker.job = &board.job_of.at(slot);
  g_worker.fd = fd;
  handle_fatal_signals();
  for (;;) {
    const std::size_t job = board.next.fetch_add(1);
    if (job >= count) break;
    board.begun_of.at(slot) = SteadyClock::now().time_since_epoch().count();
    board.job_of.at(slot) = job;
    if (ftruncate(ends.output, 0) == 0) lseek(ends.output, 0, SEEK_SET);
    const std::vector<std::uint8_t> result = runner->run(job);
    if (!write_frame(fd, FrameKind::Result, job, result)) break;
    board.job_of.at(slot) = kNoJob;
  }
  // Nothing of the parent's is flushed or torn down a second time.
  _exit(0);
}

// ---- the parent's side

struct Worker {
  pid_t pid = -1;
  int fd = -1;
  int output = -1;  ///< What the worker printed during its job.
  std::vector<std::uint8_t> inbox;
  std::vector<std::uint8_t> last_words;
  std::optional<SteadyClock::time_point> told_to_stop;
};

class Crew {
 public:
  Crew(std::size_t count, const WorkerLimits& limits,
       const std::function<std::unique_ptr<JobRunner>()>& make_runner, const JobEvents& events)
      : count_(count), limits_(limits), make_runner_(make_runner), events_(events) {
    workers_.resize(
        std::clamp<std::size_t>(limits.workers, 1, std::min(count, Board::kWorkersMax)));
  }
  ~Crew() { stop_all(); }
  Crew(const Crew&) = delete;
  Crew& operator=(const Crew&) = delete;

  std::string run();

 private:
  bool start(std::size_t slot);
  void stop_all();
  void read_from(std::size_t slot);
  void take_frames(std::size_t slot);
  void bury(std::size_t slot);
  void watch(std::size_t slot);
  [[nodiscard]] bool anyone_alive() const;

  SharedBoard board_;
  std::size_t count_;
  const WorkerLimits& limits_;
  const std::function<std::unique_ptr<JobRunner>()>& make_runner_;
  const JobEvents& events_;
  std::vector<Worker> workers_;
};

bool Crew::start(std::size_t slot) {
  std::array<int, 2> ends{};
  const int output = memfd_create("output", MFD_CLOEXEC);
  if (output < 0 || pipe2(ends.data(), O_CLOEXEC) != 0) return false;
  board_.get()->job_of.at(slot) = kNoJob;
  std::fflush(nullptr);  // Else the worker's copy of our buffers may be written as well.
  const pid_t pid = fork();
  if (pid == 0) {
    close(ends[0]);
    be_worker(*board_.get(), slot, count_, {.results = ends[1], .output = output}, limits_,
              make_runner_);
  }
  close(ends[1]);
  if (pid < 0) {
    close(ends[0]);
    close(output);
    return false;
  }
  workers_[slot] = {.pid = pid, .fd = ends[0], .output = output};
  return true;
}

void Crew::stop_all() {
  for (Worker& worker : workers_) {
    if (worker.pid < 0) continue;
    kill(worker.pid, SIGKILL);
    waitpid(worker.pid, nullptr, 0);
    close(worker.fd);
    close(worker.output);
    worker.pid = -1;
  }
}

/// The first lines of what a lost job printed, in one: an assertion's or a sanitizer's message.
std::string first_words(int output) {
  std::array<char, 400> text{};
  const ssize_t size = pread(output, text.data(), text.size(), 0);
  std::string words(text.data(), static_cast<std::size_t>(std::max<ssize_t>(size, 0)));
  while (!words.empty() && (words.back() == '\n' || words.back() == ' ')) words.pop_back();
  std::ranges::replace(words, '\n', ' ');
  return words.empty() ? "" : fmt::format("; it printed: {}", words);
}

bool Crew::anyone_alive() const {
  return std::ranges::any_of(workers_, [](const Worker& worker) { return worker.pid >= 0; });
}

void Crew::take_frames(std::size_t slot) {
  Worker& worker = workers_[slot];
  std::size_t at = 0;
  FrameHead head;
  while (worker.inbox.size() - at >= sizeof head) {
    std::memcpy(&head, worker.inbox.data() + at, sizeof head);
    // The stack lives in the same process: what it wrote into our pipe is no frame of ours.
    if (head.job >= count_ || head.size > kFrameOctetsMax) {
      worker.inbox.clear();
      kill(worker.pid, SIGKILL);
      return;
    }
    if (worker.inbox.size() - at - sizeof head < head.size) break;
    const auto octets = std::span(worker.inbox).subspan(at + sizeof head, head.size);
    if (head.kind == FrameKind::Result) {
      events_.done(head.job, octets);
    } else {
      worker.last_words.assign(octets.begin(), octets.end());
    }
    at += sizeof head + head.size;
  }
  worker.inbox.erase(worker.inbox.begin(), worker.inbox.begin() + static_cast<std::ptrdiff_t>(at));
}

void Crew::read_from(std::size_t slot) {
  Worker& worker = workers_[slot];
  std::array<std::uint8_t, 1U << 16U> buffer;
  const ssize_t n = read(worker.fd, buffer.data(), buffer.size());
  if (n < 0 && errno == EINTR) return;
  if (n > 0) {
    worker.inbox.insert(worker.inbox.end(), buffer.begin(), buffer.begin() + n);
    take_frames(slot);
    return;
  }
  bury(slot);
}

/// The worker has closed its end: it is done, or it was brought down in the middle of a job.
void Crew::bury(std::size_t slot) {
  Worker& worker = workers_[slot];
  int status = 0;
  waitpid(worker.pid, &status, 0);
  const std::string printed = first_words(worker.output);
  close(worker.fd);
  close(worker.output);
  worker.pid = -1;
  const std::size_t job = board_.get()->job_of.at(slot);
  if (job == kNoJob) return;
  LostJob lost{.job = job, .reason = {}, .last_words = std::move(worker.last_words)};
  if (worker.told_to_stop) {
    lost.reason = fmt::format("the stack hung: no end after {} ms", limits_.job_time.count());
  } else if (WIFSIGNALED(status)) {
    lost.reason = fmt::format("the stack crashed: {}", strsignal(WTERMSIG(status)));
  } else {
    lost.reason = fmt::format("the stack ended its process with status {}", WEXITSTATUS(status));
  }
  lost.reason += printed;
  events_.lost(lost);
}

void Crew::watch(std::size_t slot) {
  Worker& worker = workers_[slot];
  if (worker.pid < 0 || board_.get()->job_of.at(slot) == kNoJob) return;
  const SteadyClock::time_point now = SteadyClock::now();
  if (worker.told_to_stop) {
    if (now - *worker.told_to_stop > kGrace) kill(worker.pid, SIGKILL);
    return;
  }
  const SteadyClock::time_point begun{SteadyClock::duration(board_.get()->begun_of.at(slot))};
  if (now - begun <= limits_.job_time) return;
  worker.told_to_stop = now;
  kill(worker.pid, SIGTERM);
}

std::string Crew::run() {
  if (board_.get() == nullptr) return fmt::format("no shared memory: {}", std::strerror(errno));
  for (std::size_t slot = 0; slot < workers_.size(); ++slot) {
    if (!start(slot) && slot == 0) {
      return fmt::format("no worker process: {}", std::strerror(errno));
    }
  }
  std::vector<pollfd> polled;
  while (anyone_alive() && !events_.interrupted()) {
    polled.clear();
    for (const Worker& worker : workers_) {
      polled.push_back({.fd = worker.pid < 0 ? -1 : worker.fd, .events = POLLIN, .revents = 0});
    }
    poll(polled.data(), polled.size(), kPollMs);
    for (std::size_t slot = 0; slot < workers_.size(); ++slot) {
      watch(slot);
      if (polled[slot].revents == 0) continue;
      read_from(slot);
      const bool left = board_.get()->next < count_;
      if (workers_[slot].pid < 0 && left && !start(slot)) {
        return fmt::format("no worker process: {}", std::strerror(errno));
      }
    }
  }
  return {};
}

}  // namespace

std::string run_jobs(std::size_t count, const WorkerLimits& limits,
                     const std::function<std::unique_ptr<JobRunner>()>& make_runner,
                     const JobEvents& events) {
  if (count == 0) return {};
  return Crew(count, limits, make_runner, events).run();
}

}  // namespace tcprove::engine
