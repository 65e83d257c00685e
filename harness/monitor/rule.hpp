#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "harness/monitor/emission.hpp"
#include "harness/monitor/shadow_host.hpp"
#include "harness/monitor/shadow_tcb.hpp"
#include "harness/monitor/violation.hpp"
#include "harness/trace/event.hpp"

namespace tcprove::monitor {

/// When a rule looks.
enum class Hook : std::uint8_t {
  Emits,         ///< The stack emits a segment; the TCB is as it was before.
  EmitsSyn,      ///< It is a SYN,
  EmitsReset,    ///< a RST,
  EmitsText,     ///< one with text,
  EmitsOptions,  ///< one with options,
  EmitsAgain,    ///< one of sequence numbers used before alone.
  Overdue,       ///< A duty was not met in time.
  Quiet,    ///< The stack was asked for its state since the last stimulus, and has emitted nothing.
  Answers,  ///< A user call was answered; the TCB is as it was before.
  SaysState  ///< The stack's own word for its state; never trusted where the wire can tell.
};
inline constexpr std::size_t kHookCount = 10;

/// What a rule sees. Fields that the hook does not name are empty.
///
/// Lifetime: for one check only.
struct Scene {
  const StackFacts& facts;
  const ShadowTcb& tcb;
  base::Instant now;
  const Emission* emission = nullptr;      ///< Emits and its kin.
  const ShadowHost* host = nullptr;        ///< As `emission`; as it was before.
  const trace::Event* event = nullptr;     ///< Answers, SaysState.
  std::size_t event_index = kNoEvent;      ///< Not for Quiet.
  wire::Octets octets;                     ///< Answers: what the user received.
  Listening listening = Listening::Maybe;  ///< Answers: on the connection's port, before the call.
  bool alone = false;                      ///< Answers: the trace has no other connection.
  bool state_is_current = false;  ///< Quiet: ShadowTcb::said is what the stack says by now.
  bool ended = false;             ///< Quiet: the trace ends at `now`, with all that happened then.

  /// Whether `duty` was not met in time; on a real clock only where that is beyond doubt.
  [[nodiscard]] bool overdue(const Duty& duty) const;
};

/// What a rule has to complain of.
struct Complaint {
  std::string message;           ///< One clause, lower case, no full stop.
  std::size_t event = kNoEvent;  ///< Where it is not the scene's.
};

/// Whether a segment is one that the rules of `hook`, Emits or one of its kin, look at.
bool is_looked_at(Hook hook, const Emission& emission);

/// No complaint: the requirement is met, or it cannot be known.
using Verdict = std::optional<Complaint>;

/// One requirement that the monitor judges by what it sees.
struct Rule {
  std::string_view name;
  std::string_view requirement;  ///< Catalogue id.
  Level level;
  std::string_view section;  ///< Of the RFC that the id belongs to.
  Hook hook;
  Verdict (*check)(const Scene&);
  std::string_view sentence;          ///< What the rule demands.
  bool StackFacts::*binds = nullptr;  ///< Only stacks of which this is true; null: all.
};

/// On a real clock what is late by less than this proves nothing.
inline constexpr base::Duration kRealClockMargin = std::chrono::seconds(2);

/// The scene's segment in the scenario language, its numbers relative where both are known.
std::string words_of_segment(const Scene& scene);

/// `number` counted from the stack's, or the peer's, initial sequence number.
std::string words_of_stack_number(const Scene& scene, wire::SeqNum number);
std::string words_of_peer_number(const Scene& scene, wire::SeqNum number);

}  // namespace tcprove::monitor
