#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "harness/base/virtual_time.hpp"
#include "harness/wire/seq_num.hpp"

namespace tcprove::monitor {

/// What a stack may owe after something happened.
enum class Owed : std::uint8_t {
  AckOfData,           ///< An ACK for what was received in order.
  AckOfSecondSegment,  ///< An ACK as two full segments are not acknowledged.
  AckOfOutOfOrder,     ///< A duplicate ACK as something arrived out of order.
  AckOfGapFiller,      ///< An ACK as a gap was filled, in whole or in part.
  AckOfUnacceptable,   ///< An ACK that answers a segment outside the window.
  AckOfTimeWaitFin,    ///< An ACK that answers the FIN come again in TIME-WAIT.
  AckOfOldTimestamp,   ///< An ACK that answers a segment with too old a timestamp.
  FastRetransmission,  ///< The same at once, as a third duplicate ACK came.
  Retransmission,      ///< The front of the retransmission queue once more.
  SynAck,              ///< The answer to a SYN in LISTEN.
};

inline constexpr std::size_t kOwedCount = 10;

/// Something that a stack owes, and by when.
struct Duty {
  bool owed = false;
  bool at_once = false;  ///< Without time passing: owed when the stack has settled.
  base::Instant since;
  base::Instant due;      ///< The last legal instant.
  wire::SeqNum number;    ///< What the duty is about.
  std::size_t event = 0;  ///< What brought it about.
};

class Duties {
 public:
  [[nodiscard]] const Duty& of(Owed what) const { return duties_[index(what)]; }

  /// Begins to owe; a duty that is owed already keeps its time.
  void owe(Owed what, const Duty& duty) {
    Duty& kept = duties_[index(what)];
    if (kept.owed) return;
    kept = duty;
    kept.owed = true;
  }

  void settle(Owed what) { duties_[index(what)].owed = false; }
  void settle_all() {
    for (Duty& duty : duties_) duty.owed = false;
  }

  /// Ends all that is overdue at `now`, so that each is complained of once.
  void drop_overdue(base::Instant now) {
    for (Duty& duty : duties_) {
      if (duty.at_once || now > duty.due) duty.owed = false;
    }
  }

 private:
  static constexpr std::size_t index(Owed what) { return static_cast<std::size_t>(what); }
  std::array<Duty, kOwedCount> duties_{};
};

}  // namespace tcprove::monitor
