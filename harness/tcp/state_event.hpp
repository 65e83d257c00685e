#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "harness/tcp/state.hpp"

namespace tcprove::tcp {

/// What may happen to a connection (RFC 9293 section 3.10), segments sorted by what the RFC's
/// checks tell apart; specs/catalogue/state-event/README.md says which is which.
enum class EventClass : std::uint8_t {
  Syn,
  SynInWindow,
  SynAckAckOk,
  SynAckAckBad,
  AckOk,
  AckOldDup,
  AckBeyond,
  AckSeqOow,
  DataInOrder,
  DataStraddle,
  DataOoo,
  DataOow,
  FinOk,
  FinOoo,
  FinOow,
  RstExact,
  RstInWindow,
  RstOow,
  RstAckGood,
  RstAckBad,
  NoFlags,
  ZeroWindowAdvert,
  RcvWndZero,
  Urg,
  OpenActive,
  OpenPassive,
  Send,
  Receive,
  Close,
  Abort,
  Status,
  TimeoutUser,
  TimeoutRetransmission,
  TimeoutTimeWait,
};

inline constexpr std::size_t kEventClassCount = 34;
inline constexpr std::array<std::string_view, kEventClassCount> kEventClassNames{
    "syn",
    "syn-in-window",
    "synack-ack-ok",
    "synack-ack-bad",
    "ack-ok",
    "ack-old-dup",
    "ack-beyond",
    "ack-seq-oow",
    "data-in-order",
    "data-straddle",
    "data-ooo",
    "data-oow",
    "fin-ok",
    "fin-ooo",
    "fin-oow",
    "rst-exact",
    "rst-in-window",
    "rst-oow",
    "rst-ack-good",
    "rst-ack-bad",
    "no-flags",
    "zero-window-advert",
    "rcv-wnd-zero",
    "urg",
    "open-active",
    "open-passive",
    "send",
    "receive",
    "close",
    "abort",
    "status",
    "timeout-user",
    "timeout-retransmission",
    "timeout-time-wait"};

constexpr std::string_view to_string(EventClass event) {
  return kEventClassNames.at(static_cast<std::size_t>(event));
}

constexpr bool is_segment(EventClass event) { return event < EventClass::OpenActive; }
constexpr bool is_timeout(EventClass event) { return event >= EventClass::TimeoutUser; }
constexpr bool is_call(EventClass event) { return !is_segment(event) && !is_timeout(event); }

/// One cell of the state × event table.
struct Cell {
  State state = State::Closed;
  EventClass event = EventClass::Syn;

  bool operator==(const Cell&) const = default;

  [[nodiscard]] constexpr std::size_t index() const {
    return static_cast<std::size_t>(state) * kEventClassCount + static_cast<std::size_t>(event);
  }
  /// Requires: below kCellCount.
  static constexpr Cell at(std::size_t index) {
    return {.state = static_cast<State>(index / kEventClassCount),
            .event = static_cast<EventClass>(index % kEventClassCount)};
  }
};

inline constexpr std::size_t kCellCount = kStateCount * kEventClassCount;
static_assert(kCellCount == 374);

}  // namespace tcprove::tcp
