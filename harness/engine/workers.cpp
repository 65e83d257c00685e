#include "harness/engine/workers.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <optional>
#include <span>

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "harness/engine/worker.hpp"

namespace tcprove::engine {
namespace {

using SteadyClock = std::chrono::steady_clock;

/// How long a worker that was told to stop has for its last words.
constexpr std::chrono::milliseconds kGrace{1000};
constexpr int kPollMs = 50;
/// So many workers in a row may end before they have done a job.
constexpr int kFruitlessMax = 3;
/// A result with a trace filled to its limits, twice over.
constexpr std::uint64_t kFrameOctetsMax = std::uint64_t{1} << 30U;

class SharedBoard {
 public:
  SharedBoard() {
    void* const memory =
        mmap(nullptr, sizeof(Board), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) return;
    board_ = new (memory) Board;
    board_->parent = getpid();
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

struct Worker {
  pid_t pid = -1;
  int fd = -1;
  int output = -1;  ///< What the worker printed during its job.
  std::vector<std::uint8_t> inbox;
  std::vector<std::uint8_t> last_words;
  std::optional<SteadyClock::time_point> told_to_stop;
  std::size_t last_done = kNoJob;
};

/// Kills the worker, all that came of it, and waits for them; answers how the worker ended.
///
/// Who is already ending keeps the end that it has.
int end_group(pid_t worker) {
  kill(-worker, SIGKILL);
  kill(worker, SIGKILL);  // It may not have made its group yet.
  int status = 0;
  waitpid(worker, &status, 0);
  // Orphans have become our children (PR_SET_CHILD_SUBREAPER).
  while (waitpid(-worker, nullptr, 0) > 0) {
  }
  return status;
}

bool is_readable(int fd) {
  pollfd polled{.fd = fd, .events = POLLIN, .revents = 0};
  return poll(&polled, 1, 0) > 0;
}

bool has_ended(pid_t worker) {
  siginfo_t info{};
  return waitid(P_PID, static_cast<id_t>(worker), &info, WEXITED | WNOHANG | WNOWAIT) == 0 &&
         info.si_pid == worker;
}

class Crew {
 public:
  Crew(std::size_t count, const WorkerLimits& limits,
       const std::function<std::unique_ptr<JobRunner>()>& make_runner, const JobEvents& events)
      : count_(count), limits_(limits), make_runner_(make_runner), events_(events) {
    workers_.resize(
        std::clamp<std::size_t>(limits.workers, 1, std::min(count, Board::kWorkersMax)));
    prctl(PR_SET_CHILD_SUBREAPER, 1);
  }
  ~Crew() { stop_all(); }
  Crew(const Crew&) = delete;
  Crew& operator=(const Crew&) = delete;

  std::string run();

 private:
  bool start(std::size_t slot);
  std::string keep_going(std::size_t slot);
  void stop_all();
  bool read_from(std::size_t slot);
  void take_frames(std::size_t slot);
  void bury(std::size_t slot);
  std::string reason(const Worker& worker, int status) const;
  void watch(std::size_t slot);
  [[nodiscard]] bool anyone_alive() const;

  SharedBoard board_;
  std::size_t count_;
  const WorkerLimits& limits_;
  const std::function<std::unique_ptr<JobRunner>()>& make_runner_;
  const JobEvents& events_;
  std::vector<Worker> workers_;
  int fruitless_ = 0;         ///< Workers in a row that have done nothing.
  std::string last_trouble_;  ///< Of the last of these.
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
    end_group(worker.pid);
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
      worker.last_done = head.job;
      fruitless_ = 0;
      events_.done(head.job, octets);
    } else {
      worker.last_words.assign(octets.begin(), octets.end());
    }
    at += sizeof head + head.size;
  }
  worker.inbox.erase(worker.inbox.begin(), worker.inbox.begin() + static_cast<std::ptrdiff_t>(at));
}

/// Answers whether more may come.
bool Crew::read_from(std::size_t slot) {
  Worker& worker = workers_[slot];
  std::array<std::uint8_t, 1U << 16U> buffer;
  const ssize_t n = read(worker.fd, buffer.data(), buffer.size());
  if (n < 0 && errno == EINTR) return true;
  if (n <= 0) return false;
  worker.inbox.insert(worker.inbox.end(), buffer.begin(), buffer.begin() + n);
  take_frames(slot);
  return true;
}

std::string Crew::reason(const Worker& worker, int status) const {
  if (worker.told_to_stop) {
    return fmt::format("the stack hung: no end after {} ms", limits_.job_time.count());
  }
  if (!WIFSIGNALED(status)) {
    return fmt::format("the stack ended its process with status {}", WEXITSTATUS(status));
  }
  return fmt::format(
      "the stack crashed: {}{}", strsignal(WTERMSIG(status)),
      WTERMSIG(status) == SIGKILL ? ", or it closed files that are not its own" : "");
}

/// The worker is done, or it was brought down in the middle of a job.
void Crew::bury(std::size_t slot) {
  Worker& worker = workers_[slot];
  const int status = end_group(worker.pid);
  const std::string printed = first_words(worker.output);
  close(worker.fd);
  close(worker.output);
  worker.pid = -1;
  const std::size_t job = board_.get()->job_of.at(slot);
  const std::string trouble = reason(worker, status) + printed;
  if (worker.last_done == kNoJob) {
    ++fruitless_;
    last_trouble_ = trouble;
  }
  if (job == kNoJob || job == worker.last_done) return;
  fruitless_ = 0;
  events_.lost({.job = job, .reason = trouble, .last_words = std::move(worker.last_words)});
}

void Crew::watch(std::size_t slot) {
  Worker& worker = workers_[slot];
  if (worker.pid < 0) return;
  const SteadyClock::time_point now = SteadyClock::now();
  const bool stubborn = worker.told_to_stop && now - *worker.told_to_stop > kGrace;
  // The end of the pipe tells it, too, unless somebody whom the worker left behind holds that.
  if (stubborn || has_ended(worker.pid)) {
    while (is_readable(worker.fd) && read_from(slot)) {
    }
    bury(slot);
    return;
  }
  if (worker.told_to_stop || board_.get()->job_of.at(slot) == kNoJob) return;
  const SteadyClock::time_point begun{SteadyClock::duration(board_.get()->begun_of.at(slot))};
  if (now - begun <= limits_.job_time) return;
  worker.told_to_stop = now;
  kill(worker.pid, SIGTERM);
}

/// Starts a worker in the place of one that is gone, while there are jobs left.
std::string Crew::keep_going(std::size_t slot) {
  if (workers_[slot].pid >= 0 || board_.get()->next >= count_) return {};
  if (fruitless_ >= kFruitlessMax) {
    return fmt::format("no worker process lives: {}", last_trouble_);
  }
  return start(slot) ? std::string() : fmt::format("no worker process: {}", std::strerror(errno));
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
      if (polled[slot].revents != 0 && !read_from(slot)) bury(slot);
      watch(slot);
      std::string trouble = keep_going(slot);
      if (!trouble.empty()) return trouble;
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
