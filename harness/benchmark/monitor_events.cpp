// What the monitor costs an event, over a short trace and over one a thousand times as long, in one
// run, and their ratio: what came before must not make an event dearer.
//
// The trace is a connection on which the peer sends and the stack acknowledges each segment.

#include <cstdint>
#include <map>
#include <vector>

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "harness/monitor/monitor.hpp"
#include "harness/plan/stream.hpp"
#include "harness/wire/packet.hpp"

namespace tcprove {
namespace {

constexpr wire::FourTuple kTuple{.stack = {.address = {.octets = {192, 0, 2, 1}}, .port = 7},
                                 .peer = {.address = {.octets = {192, 0, 2, 2}}, .port = 40000}};
constexpr wire::SeqLen kOctets = 100;
constexpr std::int64_t kShort = 1'000;
constexpr std::int64_t kLong = 1'000'000;

/// Writes the trace of one connection, segment by segment.
class Writer {
 public:
  Writer() { trace_.connections.push_back(kTuple); }

  void listen() {
    trace::Event event{.kind = trace::EventKind::Called, .connection = 0};
    trace_.append(event);
    event.kind = trace::EventKind::Answered;
    trace_.append(event);
  }

  void sent(wire::Flags ctl, wire::SeqNum seq, wire::SeqNum ack, wire::Octets payload = {}) {
    append(trace::EventKind::Sent, kTuple.peer, kTuple.stack, {seq, ack}, ctl, payload);
  }
  void emitted(wire::Flags ctl, wire::SeqNum seq, wire::SeqNum ack) {
    append(trace::EventKind::Emitted, kTuple.stack, kTuple.peer, {seq, ack}, ctl, {});
  }

  [[nodiscard]] const trace::Trace& trace() const { return trace_; }

 private:
  struct Numbers {
    wire::SeqNum seq;
    wire::SeqNum ack;
  };

  void append(trace::EventKind kind, const wire::Endpoint& from, const wire::Endpoint& to,
              const Numbers& numbers, wire::Flags ctl, wire::Octets payload) {
    wire::Packet packet{.source = from.address, .destination = to.address};
    packet.segment.source_port = from.port;
    packet.segment.destination_port = to.port;
    packet.segment.seq = numbers.seq;
    packet.segment.ack = numbers.ack;
    packet.segment.ctl = ctl;
    packet.segment.wnd = 65535;
    packet.segment.payload = payload;
    wire::encode(packet, {}, octets_);
    trace_.append({.at = now_, .kind = kind, .connection = 0}, octets_);
    if (kind == trace::EventKind::Emitted) now_ += std::chrono::milliseconds(1);
  }

  trace::Trace trace_;
  std::vector<std::uint8_t> octets_;
  base::Instant now_;
};

trace::Trace transfer(std::int64_t events) {
  using enum wire::Flag;
  constexpr wire::SeqNum kIss{1};
  constexpr wire::SeqNum kIrs{1'000'000};
  Writer writer;
  writer.listen();
  writer.sent(Syn, kIrs, {});
  writer.emitted(Syn | Ack, kIss, kIrs + 1);
  writer.sent(Ack, kIrs + 1, kIss + 1);
  std::vector<std::uint8_t> payload(kOctets);
  for (wire::SeqLen offset = 0; writer.trace().events().size() < static_cast<std::size_t>(events);
       offset += kOctets) {
    plan::fill_stream(plan::Sender::Peer, 0, offset, payload);
    writer.sent(Ack, kIrs + 1 + offset, kIss + 1, payload);
    writer.emitted(Ack, kIss + 1, kIrs + 1 + offset + kOctets);
  }
  return writer.trace();
}

void judge_events(benchmark::State& state) {
  const trace::Trace trace = transfer(state.range(0));
  monitor::Monitor monitor({});
  for ([[maybe_unused]] const auto iteration : state) {
    monitor.restart(trace.connections);
    for (std::size_t i = 0; i < trace.events().size(); ++i) {
      monitor.observe(trace.events()[i], trace.octets_of(trace.events()[i]), i);
    }
    monitor.finish();
    if (monitor.violations().empty()) continue;
    state.SkipWithError(monitor.violations().front().message.c_str());
    break;
  }
  state.counters["s/event"] = benchmark::Counter(
      static_cast<double>(trace.events().size()),
      benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

BENCHMARK(judge_events)->Arg(kShort)->Arg(kLong)->Unit(benchmark::kMillisecond);

/// Prints as the console does and keeps the medians for the ratio.
class RatioReporter : public benchmark::ConsoleReporter {
 public:
  void ReportRuns(const std::vector<Run>& runs) override {
    ConsoleReporter::ReportRuns(runs);
    for (const Run& run : runs) {
      if (run.aggregate_name != "median" || run.error_occurred) continue;
      seconds_[run.run_name.args] = run.counters.at("s/event").value;
    }
  }

  void Finalize() override {
    const double short_one = seconds_[std::to_string(kShort)];
    const double long_one = seconds_[std::to_string(kLong)];
    if (short_one == 0 || long_one == 0) return;
    fmt::print("{:.2f}  an event of {} costs so many times one of {}\n", long_one / short_one,
               kLong, kShort);
  }

 private:
  std::map<std::string, double> seconds_;
};

}  // namespace
}  // namespace tcprove

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  tcprove::RatioReporter reporter;
  benchmark::RunSpecifiedBenchmarks(&reporter);
  return 0;
}
