#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "harness/base/virtual_time.hpp"
#include "harness/plan/segment_text.hpp"
#include "harness/wire/packet.hpp"

namespace tcprove::engine {

/// A packet of the stack's on one connection that no expectation has taken up whole.
struct Pending {
  std::size_t event = 0;  ///< Its place in the trace.
  base::Instant at;
  wire::Packet packet;
  std::size_t options_at = 0;  ///< Where the packet's views begin in its octets.
  std::size_t payload_at = 0;
  bool novel = false;    ///< It occupied sequence space that the stack had never used.
  bool taken = false;    ///< An expectation took a part; what is left begins at `rest`.
  bool reached = false;  ///< The peer's bookkeeping counts it.
  wire::SeqNum rest;     ///< The first number not taken.
};

/// What a step's segment comes down to when the step begins: numbers still relative, as the stack's
/// SYN may be yet to come.
struct Wanted {
  const plan::SegmentText* text = nullptr;
  bool exactly = false;
  std::optional<wire::SeqLen> seq;
  std::optional<wire::SeqLen> ack;
  std::optional<std::int64_t> len;
  std::optional<std::int64_t> wnd;
  std::optional<std::int64_t> up;
  base::Instant begin;  ///< Of the step.
  base::Instant from;   ///< Earliest emission, inclusive.
  base::Instant to;     ///< Latest emission, inclusive.

  [[nodiscard]] bool wants_data() const { return len.value_or(0) > 0 || text->data.has_value(); }
};

/// What numbers and octets are compared with, on one connection, at this moment.
struct Stream {
  wire::SeqNum stack_base;   ///< Of SEQ.
  wire::SeqNum peer_base;    ///< Of ACK.
  wire::SeqNum first_octet;  ///< The number of the stack's first octet of data.
  wire::Octets user_octets;  ///< All that the user has handed to the stack, from first_octet on.
  const plan::SymbolValues& values;
};

/// A field in which a segment differs from the one wanted.
enum class Field : std::uint16_t {
  Flags = 1 << 0,
  Seq = 1 << 1,
  Ack = 1 << 2,
  Len = 1 << 3,
  Data = 1 << 4,
  Wnd = 1 << 5,
  Up = 1 << 6,
  Options = 1 << 7,
  Time = 1 << 8,
  Broken = 1 << 9,
  Ttl = 1 << 10,
  Dscp = 1 << 11,
  Ecn = 1 << 12,
  IpOptions = 1 << 13,
};

class Fields {
 public:
  void add(Field f) { bits_ = static_cast<std::uint16_t>(bits_ | static_cast<std::uint16_t>(f)); }
  [[nodiscard]] bool has(Field f) const { return (bits_ & static_cast<std::uint16_t>(f)) != 0; }
  [[nodiscard]] bool none() const { return bits_ == 0; }
  [[nodiscard]] int count() const;
  /// ` ttl=64 ecn=ce`: those of `packet`'s fields that these are and that its segment does not
  /// show.
  [[nodiscard]] std::string ip_words(const wire::Packet& packet) const;
  /// `flags`, `seq`, …; in the order of the enumerators.
  [[nodiscard]] std::vector<std::string> names() const;

 private:
  std::uint16_t bits_ = 0;
};

/// How an expectation stands after all that has come so far.
struct Standing {
  enum class Kind : std::uint8_t { Met, Waiting, Failed };
  Kind kind = Kind::Waiting;

  // Met: [0, first_part) was passed over, [first_part, last] took part.
  std::size_t first_part = 0;
  std::size_t last = 0;
  bool leaves_rest = false;  ///< The last one keeps what stands from `rest` on.
  wire::SeqNum rest;

  // Waiting: [0, passed) was passed over and need not be looked at again.
  std::size_t passed = 0;

  // Waiting or Failed: the packet that came nearest, where there is one, and where it differs.
  std::optional<std::size_t> nearest;
  Fields fields;
};

/// Compares what came with what is wanted, as specs/README.md ("Observations") says: generously, or
/// to the letter where the step says `exactly`. Looks at `queue` from its front and brings
/// `standing` up to date.
///
/// Goes on from what an earlier call passed over: a stack that emits without end would else cost
/// the square of what it emits.
void judge(const Wanted& wanted, std::span<const Pending> queue, const Stream& stream,
           Standing& standing);

}  // namespace tcprove::engine
