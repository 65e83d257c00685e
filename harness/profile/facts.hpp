#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

namespace tcprove::profile {

/// All values of one quantity that were seen, as far as a profile tells of them.
struct Range {
  std::int64_t least = 0;
  std::int64_t most = 0;
  std::uint64_t count = 0;  ///< 0: none was seen, and the others mean nothing.

  void add(std::int64_t value);
  void add_all(const Range& others);
  [[nodiscard]] bool seen() const { return count > 0; }
  bool operator==(const Range&) const = default;
};

/// What is measured of a stack.
enum class Quantity : std::uint8_t {
  MssV4,          ///< The MSS option of its SYNs over IPv4.
  MssV6,          ///< … over IPv6.
  DefaultMssV4,   ///< The largest payload to a peer whose SYN names no MSS, over IPv4.
  DefaultMssV6,   ///< … over IPv6.
  WindowShift,    ///< The shift of its window scale option.
  SynWindow,      ///< The Window field of its SYNs.
  Window,         ///< What it first offers past its SYN, scaled.
  HopLimit,       ///< TTL or hop limit of what it emits, unless its user set one.
  InitialWindow,  ///< New octets before an ACK of any, where more were there and the peer offered
                  ///< MSS 1460.
  SynTimeout,     ///< From a SYN to its first retransmission.
  SynAckTimeout,
  DataTimeout,  ///< Of data or a FIN.
  SynBackOff,   ///< An interval between retransmissions of a SYN or SYN,ACK, in thousandths of the
                ///< one before.
  DataBackOff,
  LongestTimeout,       ///< The longest interval between retransmissions.
  SynRetransmissions,   ///< Before a SYN or SYN,ACK is given up.
  SynGivenUpAfter,      ///< From the first one on.
  DataRetransmissions,  ///< Before a connection is given up.
  DataGivenUpAfter,
  FastRetransmitAcks,  ///< Duplicate ACKs that draw a retransmission at once.
  AckDelay,            ///< From the first octets that are not acknowledged to their ACK.
  ProbeTimeout,        ///< Until a closed window is first probed.
  ProbeBackOff,        ///< As SynBackOff, of window probes.
  KeepAliveIdle,       ///< Until an idle connection is probed whose user set no interval.
  KeepAliveInterval,   ///< Between probes without an answer.
  TimeWaitAtLeast,     ///< So long TIME-WAIT was seen to last.
  TimeWaitAtMost,      ///< After so long it was seen to be over.
  IssAtReset,          ///< Initial numbers that the stack chose at the very instant of a reset.
  IssPerSecond,        ///< By how much that of one four-tuple grows a second.
};

inline constexpr std::size_t kQuantityCount = 29;

enum class Unit : std::uint8_t { Octets, Nanoseconds, Thousandths, Count };

struct QuantityName {
  std::string_view name;  ///< `mss_v4`.
  Unit unit;
};

QuantityName name_of(Quantity quantity);

/// Option kinds as a set: kOptionKinds[i] by bit i, all others by the last one.
using OptionSet = std::uint32_t;
inline constexpr std::array<std::uint8_t, 6> kOptionKinds{2, 3, 4, 5, 8, 34};
inline constexpr std::array<std::string_view, 7> kOptionNames{
    "mss", "window scale", "SACK permitted", "SACK", "timestamps", "fast open", "others"};

/// What traces tell of a stack's choices, which no RFC makes for it. Plain data: it can be written
/// to a pipe as it is, and any octets are one.
struct Facts {
  std::array<Range, kQuantityCount> ranges{};
  OptionSet on_syn = 0;
  OptionSet on_syn_ack = 0;
  OptionSet on_others = 0;

  [[nodiscard]] const Range& operator[](Quantity quantity) const {
    return ranges.at(static_cast<std::size_t>(quantity));
  }
  [[nodiscard]] Range& operator[](Quantity quantity) {
    return ranges.at(static_cast<std::size_t>(quantity));
  }

  /// In whatever order facts are added, they come to the same.
  void add_all(const Facts& others);
  bool operator==(const Facts&) const = default;
};

static_assert(std::is_trivially_copyable_v<Facts>);

}  // namespace tcprove::profile
