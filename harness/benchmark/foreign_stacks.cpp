// What it costs that a stack was built elsewhere: the same connection with lwIP built in and as a
// plug-in, a round trip to a child process against one to `cat` through the same kind of pipes, and
// a connection of libslirp's through adapter and engine against one by the library alone. And one
// of the running kernel's, in a namespace of its own each time, one after the other and as a run
// plays them, many at once in workers, against one between two bare sockets.

#include <array>
#include <csignal>
#include <map>
#include <memory>
#include <string>

#include <benchmark/benchmark.h>
#include <fmt/format.h>
#include <malloc.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "harness/adapter/registry.hpp"
#include "harness/engine/player.hpp"
#include "harness/engine/workers.hpp"
#include "harness/scenario/loader.hpp"
#ifdef TCPROVE_WITH_SLIRP
#include "harness/adapter/slirp/slirp_bare_cycle.hpp"
#endif

namespace tcprove {
namespace {

constexpr const char* kBuiltIn = "a: a connection, lwIP built in";
constexpr const char* kPlugin = "b: the same, lwIP as a plug-in";
constexpr const char* kCat = "c: a round trip to cat, in a child";
constexpr const char* kChild = "d: a round trip to the tiny TCP, in a child";
constexpr const char* kBareSlirp = "e: a connection of libslirp's, bare";
constexpr const char* kGvisor = "g: a round trip to gVisor's netstack, in a child";
constexpr const char* kSlirp = "f: the same through adapter and engine";
constexpr const char* kBareSockets = "h: a connection of the kernel's, bare sockets";
constexpr const char* kLinux = "i: the same through adapter and engine";
constexpr const char* kLinuxWorkers = "j: the same, 64 at once in workers";

void play_connections(benchmark::State& state, const std::string& target) {
  auto adapter = adapter::make_adapter(target);
  auto scenario = scenario::load_scenario(TCPROVE_BENCHMARK_SCENARIO, {});
  if (!adapter || !scenario) {
    state.SkipWithError(
        (adapter ? to_string(scenario.error()) : to_string(adapter.error())).c_str());
    return;
  }
  const plan::Plan plan = scenario.value().plan(scenario.value().instances.front());
  engine::Player player(*adapter.value());
  for ([[maybe_unused]] const auto iteration : state) {
    if (player.play(plan, 1).kind == engine::Outcome::Kind::Held) continue;
    state.SkipWithError("the connection did not come off");
    break;
  }
}

void built_in(benchmark::State& state) { play_connections(state, "lwip"); }
void plugin(benchmark::State& state) { play_connections(state, TCPROVE_BENCHMARK_PLUGIN); }

void round_trips(benchmark::State& state, const std::string& target) {
  auto adapter = adapter::make_adapter(target);
  if (!adapter) {
    state.SkipWithError(to_string(adapter.error()).c_str());
    return;
  }
  adapter::Adapter& stack = *adapter.value();
  const auto refused = stack.reset(
      {.stack = *wire::parse_address("192.0.2.1"), .peer = *wire::parse_address("192.0.2.2")});
  for ([[maybe_unused]] const auto iteration : state) {
    stack.advance(base::Duration(1));
    if (!refused && stack.failure() == nullptr) continue;
    state.SkipWithError("the child does not answer");
    break;
  }
}

void child(benchmark::State& state) { round_trips(state, TCPROVE_BENCHMARK_CHILD); }

void cat(benchmark::State& state) {
  std::array<int, 2> in{};
  std::array<int, 2> out{};
  if (pipe(in.data()) != 0 || pipe(out.data()) != 0) return state.SkipWithError("no pipe");
  const pid_t pid = fork();
  if (pid == 0) {
    dup2(in[0], STDIN_FILENO);
    dup2(out[1], STDOUT_FILENO);
    close(in[1]);
    execlp("cat", "cat", nullptr);
    _exit(1);
  }
  const std::string line(100, 'x');
  std::array<char, 100> answer{};
  for ([[maybe_unused]] const auto iteration : state) {
    const bool went = write(in[1], line.data(), line.size()) > 0;
    if (went && read(out[0], answer.data(), answer.size()) > 0) continue;
    state.SkipWithError("cat does not answer");
    break;
  }
  kill(pid, SIGKILL);
  waitpid(pid, nullptr, 0);
  for (const int file : {in[0], in[1], out[0], out[1]}) close(file);
}

#ifdef TCPROVE_WITH_SLIRP
void bare_slirp(benchmark::State& state) {
  adapter::slirp::BareCycle cycle;
  for ([[maybe_unused]] const auto iteration : state) {
    if (cycle.run()) continue;
    state.SkipWithError("libslirp did not answer as it should");
    break;
  }
}

void slirp(benchmark::State& state) { play_connections(state, "slirp"); }

BENCHMARK(bare_slirp)->Name(kBareSlirp)->UseRealTime()->Unit(benchmark::kMicrosecond);
BENCHMARK(slirp)->Name(kSlirp)->UseRealTime()->Unit(benchmark::kMicrosecond);
#endif
#ifdef TCPROVE_BENCHMARK_GVISOR
void gvisor(benchmark::State& state) { round_trips(state, TCPROVE_BENCHMARK_GVISOR); }
BENCHMARK(gvisor)->Name(kGvisor)->UseRealTime()->Unit(benchmark::kMicrosecond);
#endif
#ifdef TCPROVE_WITH_LINUX
/// Plays the connection once a job, with a stack of its own.
class ConnectionRunner : public engine::JobRunner {
 public:
  explicit ConnectionRunner(const plan::Plan& plan)
      : plan_(plan), adapter_(std::move(adapter::make_adapter("linux").value())) {}

  std::vector<std::uint8_t> run(std::size_t) override {
    return {static_cast<std::uint8_t>(player_.play(plan_, 1).kind)};
  }
  std::vector<std::uint8_t> last_words() override { return {}; }

 private:
  const plan::Plan& plan_;
  std::unique_ptr<adapter::Adapter> adapter_;
  engine::Player player_{*adapter_};
};

/// An iteration is kJobs connections, so many of them at once.
void linux_in_workers(benchmark::State& state) {
  constexpr std::size_t kJobs = 128;
  auto scenario = scenario::load_scenario(TCPROVE_BENCHMARK_SCENARIO, {});
  if (!scenario) return state.SkipWithError(to_string(scenario.error()).c_str());
  const plan::Plan plan = scenario.value().plan(scenario.value().instances.front());
  for ([[maybe_unused]] const auto iteration : state) {
    std::size_t held = 0;
    engine::run_jobs(
        kJobs, {.workers = 64}, [&] { return std::make_unique<ConnectionRunner>(plan); },
        {.done = [&](std::size_t, wire::Octets kind) { held += kind[0] == 0 ? 1U : 0U; },
         .lost = [](const engine::LostJob&) {},
         .interrupted = [] { return false; }});
    if (held == kJobs) continue;
    state.SkipWithError("a connection did not come off");
    break;
  }
  // As of one connection, that the rows can be compared.
  state.counters["connections"] = benchmark::Counter(static_cast<double>(kJobs));
}

/// A connection by loopback: 100 octets each way, and the one who opened it closes first.
bool connect_bare(int listener, const sockaddr_in& address) {
  const int peer = socket(AF_INET, SOCK_STREAM, 0);
  const bool open = connect(peer, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  const int stack = accept(listener, nullptr, nullptr);
  std::array<char, 100> octets{};
  const auto went = [&octets](int from, int to) {
    return send(from, octets.data(), octets.size(), 0) > 0 &&
           recv(to, octets.data(), octets.size(), MSG_WAITALL) == 100;
  };
  const bool exchanged = open && went(peer, stack) && went(stack, peer);
  close(peer);
  const bool ended = recv(stack, octets.data(), octets.size(), 0) == 0;
  close(stack);
  return exchanged && ended;
}

void bare_sockets(benchmark::State& state) {
  sockaddr_in address{.sin_family = AF_INET,
                      .sin_port = 0,
                      .sin_addr = {.s_addr = htonl(INADDR_LOOPBACK)},
                      .sin_zero = {}};
  socklen_t size = sizeof address;
  const int listener = socket(AF_INET, SOCK_STREAM, 0);
  const bool listens = bind(listener, reinterpret_cast<const sockaddr*>(&address), size) == 0 &&
                       listen(listener, 8) == 0 &&
                       getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size) == 0;
  for ([[maybe_unused]] const auto iteration : state) {
    if (listens && connect_bare(listener, address)) continue;
    state.SkipWithError("no connection by loopback");
    break;
  }
  close(listener);
}

void linux_one_by_one(benchmark::State& state) { play_connections(state, "linux"); }

// So few that ports in TIME-WAIT do not run out.
BENCHMARK(bare_sockets)
    ->Name(kBareSockets)
    ->UseRealTime()
    ->Iterations(1000)
    ->Unit(benchmark::kMicrosecond);
BENCHMARK(linux_in_workers)
    ->Name(kLinuxWorkers)
    ->UseRealTime()
    ->Iterations(1)
    ->Unit(benchmark::kMicrosecond);
// The first of these takes this process to a namespace for good.
BENCHMARK(linux_one_by_one)->Name(kLinux)->UseRealTime()->Unit(benchmark::kMicrosecond);
#endif
BENCHMARK(built_in)->Name(kBuiltIn)->UseRealTime()->Unit(benchmark::kMicrosecond);
BENCHMARK(plugin)->Name(kPlugin)->UseRealTime()->Unit(benchmark::kMicrosecond);
BENCHMARK(cat)->Name(kCat)->UseRealTime()->Unit(benchmark::kMicrosecond);
BENCHMARK(child)->Name(kChild)->UseRealTime()->Unit(benchmark::kMicrosecond);

/// Prints as the console does, and the ratios of the medians.
class RatioReporter : public benchmark::ConsoleReporter {
 public:
  void ReportRuns(const std::vector<Run>& runs) override {
    ConsoleReporter::ReportRuns(runs);
    for (const Run& run : runs) {
      if (run.aggregate_name == "median") {
        const auto connections = run.counters.find("connections");
        microseconds_[run.run_name.function_name] =
            run.GetAdjustedRealTime() /
            (connections == run.counters.end() ? 1.0 : connections->second.value);
      }
    }
  }

  void Finalize() override {
    for (const auto& [slow, fast] :
         {std::pair(kPlugin, kBuiltIn), std::pair(kChild, kCat), std::pair(kGvisor, kCat),
          std::pair(kSlirp, kBareSlirp), std::pair(kLinux, kBareSockets),
          std::pair(kLinuxWorkers, kBareSockets)}) {
      if (!microseconds_.contains(slow) || !microseconds_.contains(fast)) continue;
      fmt::print("{:.2f}  times as long: {}  as  {}\n", microseconds_[slow] / microseconds_[fast],
                 slow, fast);
    }
  }

 private:
  std::map<std::string, double> microseconds_;
};

}  // namespace
}  // namespace tcprove

int main(int argc, char** argv) {
  // libslirp's buffers, where they lie at the heap's end, would come from the kernel each time.
  mallopt(M_TRIM_THRESHOLD, 64 << 20);
  benchmark::Initialize(&argc, argv);
  tcprove::RatioReporter reporter;
  benchmark::RunSpecifiedBenchmarks(&reporter);
}
