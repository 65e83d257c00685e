#include "harness/engine/worker.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <span>
#include <vector>

#include <dlfcn.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

namespace tcprove::engine {
namespace {

using SteadyClock = std::chrono::steady_clock;

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

/// A sanitizer reserves terabytes of address space for itself. It may have come with a plug-in and
/// not be in this build.
bool memory_is_limited() {
#ifdef TCPROVE_ADDRESS_SANITIZER
  return false;
#else
  return dlsym(RTLD_DEFAULT, "__asan_init") == nullptr;
#endif
}

/// What a sanitized program that the stack starts needs more of it may take: `ulimit -v unlimited`.
void limit_to(__rlimit_resource resource, rlim_t most) {
  rlimit limit{};
  getrlimit(resource, &limit);
  limit.rlim_cur = std::min(most, limit.rlim_max);
  setrlimit(resource, &limit);
}

/// The number that the next file to be opened would get.
std::size_t next_file(int any_file) {
  const int file = dup(any_file);
  if (file < 0) return SIZE_MAX;
  close(file);
  return static_cast<std::size_t>(file);
}

/// What the jobs of one worker share and could use up.
class Resources {
 public:
  Resources(const WorkerLimits& limits, int any_file)
      : limits_(limits), any_file_(any_file), first_file_(next_file(any_file)) {
    if (memory_is_limited_) limit_to(RLIMIT_AS, limits.memory_octets);
    limit_to(RLIMIT_NOFILE, first_file_ + limits.files);
    limit_to(RLIMIT_FSIZE, limits.output_octets);
    limit_to(RLIMIT_CORE, 0);
    std::signal(SIGXFSZ, SIG_IGN);  // What is too long is cut.
  }

  /// Whether a job has left so little that the next one might have to pay for it.
  [[nodiscard]] bool worn_out() const {
    if (next_file(any_file_) > first_file_ + limits_.files / 2) return true;
    if (!memory_is_limited_) return false;
    void* const half = mmap(nullptr, limits_.memory_octets / 2, PROT_NONE,
                            MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (half == MAP_FAILED) return true;
    munmap(half, limits_.memory_octets / 2);
    return false;
  }

 private:
  const WorkerLimits& limits_;
  int any_file_;
  std::size_t first_file_;
  bool memory_is_limited_ = memory_is_limited();
};

}  // namespace

void be_worker(Board& board, std::size_t slot, std::size_t count, const Ends& ends,
               const WorkerLimits& limits,
               const std::function<std::unique_ptr<JobRunner>()>& make_runner) {
  const int fd = ends.results;
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != board.parent) _exit(0);  // It died before we asked to die with it.
  setpgid(0, 0);  // A signal to the whole group, as timeout(1) sends it, is for the parent to hear.
  std::signal(SIGINT, SIG_IGN);  // The parent decides what an interruption means.
  std::signal(SIGPIPE, SIG_IGN);
  dup2(ends.output, STDOUT_FILENO);
  dup2(ends.output, STDERR_FILENO);
  const Resources resources(limits, fd);
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
    if (resources.worn_out()) break;
  }
  // Nothing of the parent's is flushed or torn down a second time.
  _exit(0);
}

}  // namespace tcprove::engine
