#pragma once

#include <cstdint>
#include <type_traits>

#include "harness/base/virtual_time.hpp"
#include "harness/tcp/state.hpp"
#include "harness/tcp/user_call.hpp"

namespace tcprove::trace {

/// Who did what. Stimuli: Sent, Lost, Called, Waited; the rest are observations.
enum class EventKind : std::uint8_t {
  Sent,      ///< The peer's packet reached the stack.
  Lost,      ///< The peer's packet was lost on its way to the stack.
  Emitted,   ///< The stack's packet reached the peer.
  Dropped,   ///< The stack's packet was lost on its way to the peer.
  Called,    ///< A user call was made.
  Answered,  ///< It answered.
  State,     ///< The stack's connection is seen in a state other than before.
  Waited,    ///< Time passed up to this instant because the plan said so.
};

/// The step of a plan that an event belongs to; kNoStep where it belongs to none.
using StepIndex = std::uint32_t;
inline constexpr StepIndex kNoStep = 0xffffffff;

/// A connection of the plan, in the order of declaration; kNoConnection for packets of no known
/// one.
using ConnectionIndex = std::uint16_t;
inline constexpr ConnectionIndex kNoConnection = 0xffff;

/// One line of a trace. Plain data: it can be written to a pipe as it is.
struct Event {
  base::Instant at;
  EventKind kind = EventKind::Waited;
  ConnectionIndex connection = kNoConnection;
  StepIndex step = kNoStep;
  std::uint32_t octets_begin =
      0;  ///< Packet, or data sent or received by a call: Trace::octets_of().
  std::uint32_t octets_size = 0;
  tcp::CallKind call = tcp::CallKind::Listen;    ///< Called, Answered.
  tcp::CallStatus status = tcp::CallStatus::Ok;  ///< Answered.
  tcp::State state = tcp::State::Closed;         ///< State.
  /// SEND Answered: so many of the octets that stand behind its call the stack took, the first
  /// ones; never more than there are.
  std::uint32_t took = 0;
  tcp::UserOption option{};  ///< Called, Answered: of a set.
  tcp::Report report{};      ///< Answered: of a report.
  bool urgent = false;       ///< Called, Answered: of a send.
  bool elsewhere = false;    ///< Called, Answered: of a connect to or from another address.
  std::int64_t value = 0;    ///< Called, Answered: of a set.
};

static_assert(std::is_trivially_copyable_v<Event>);

}  // namespace tcprove::trace
