#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "harness/monitor/rule.hpp"
#include "harness/monitor/shadow_tcb.hpp"
#include "harness/monitor/stack_facts.hpp"
#include "harness/monitor/violation.hpp"
#include "harness/tcp/answered_cells.hpp"
#include "harness/tcp/cell_set.hpp"
#include "harness/trace/trace.hpp"

namespace tcprove::monitor {

/// The oracle: judges every segment that a stack emits, from the trace alone, against the rules of
/// rules/.
///
/// Where the RFC allows several behaviours all are accepted, and where the trace does not tell
/// enough nothing is judged. The cost of an event does not depend on those before it; nothing is
/// allocated unless a rule complains, and after restart() has met its largest number of
/// connections.
class Monitor {
 public:
  explicit Monitor(const StackFacts& facts) : facts_(facts) {}

  /// A new trace of these connections; of more than kConnectionsMax the first ones are followed.
  /// `iss_planned`: the stack did not choose its initial sequence numbers.
  void restart(std::span<const wire::FourTuple> connections, bool iss_planned = false);

  /// The next event of the trace, with its octets; `index` is its place there. Any octets may come.
  void observe(const trace::Event& event, wire::Octets octets, std::size_t index);

  /// The trace ended: what is owed by its last instant?
  void finish();

  /// In the order of their instants after finish(), before it as they were noticed.
  [[nodiscard]] const std::vector<Violation>& violations() const { return violations_; }

  /// The cells of the state × event table that the trace has exercised so far.
  [[nodiscard]] const tcp::CellSet& cells() const { return cells_; }

  /// How the stack answered in each of them; complete after finish().
  [[nodiscard]] const tcp::AnsweredCells& answered() const { return answered_; }

  static constexpr std::size_t kConnectionsMax = 64;
  static constexpr std::size_t kListenersMax = 64;
  /// A stack that breaks a rule with every segment is told so many times.
  static constexpr std::uint8_t kViolationsPerRuleMax = 16;

 private:
  struct Listener {
    std::uint16_t port = 0;
    Listening listening = Listening::No;
  };

  void observe_arrival(const trace::Event& event, wire::Octets octets, std::size_t index);
  void note_stranger(wire::Octets octets, base::Instant at, std::size_t index);
  void observe_emission(const trace::Event& event, wire::Octets octets, std::size_t index);
  void observe_call(const trace::Event& event, wire::Octets octets, std::size_t index);
  void observe_state(const trace::Event& event, std::size_t index);
  void look(Hook hook, const Scene& scene);
  void look_at(const Scene& scene);
  void pass_time(ShadowTcb& tcb, base::Instant now, bool state_is_current);
  void await_answer(const tcp::CellSet& cells, base::Instant now);
  void note_answer(tcp::Answer answer, base::Instant now);
  void note_setting(const trace::Event& event);
  void note_listener(const trace::Event& event);
  [[nodiscard]] Listening listening(std::uint16_t port) const;
  ShadowTcb* connection(const trace::Event& event);

  StackFacts facts_;
  std::vector<ShadowTcb> tcbs_;
  wire::IpAddress peer_;  ///< Of all connections: peers share an address.
  std::array<std::uint16_t, kConnectionsMax> ports_{};  ///< Of the stack, by connection.
  std::size_t connections_ = 0;
  std::array<Listener, kListenersMax> listeners_{};
  std::size_t listener_count_ = 0;
  std::array<bool, kConnectionsMax> has_handle_{};  ///< Of its own, beside the listener's.
  ShadowHost host_;
  ShadowTcb stranger_;  ///< For packets of no known connection: of them SYNs alone are known.
  base::Instant now_;
  bool ended_ = false;                    ///< No event follows: what was to come by now did not.
  std::vector<std::uint8_t> complaints_;  ///< By rule.
  std::vector<Violation> violations_;
  tcp::CellSet cells_;
  tcp::CellSet unanswered_;  ///< That the latest stimulus exercised, at `unanswered_since_`.
  base::Instant unanswered_since_;
  tcp::Answer answer_ = tcp::Answer::Nothing;  ///< To it, so far.
  tcp::AnsweredCells answered_;
};

/// All violations in a trace, in order.
std::vector<Violation> judge(const trace::Trace& trace, const StackFacts& facts);

}  // namespace tcprove::monitor
