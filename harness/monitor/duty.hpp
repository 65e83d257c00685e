#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "harness/base/virtual_time.hpp"
#include "harness/tcp/state.hpp"
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
  QueuedData,          ///< What waits although nothing is outstanding and the window is open.
  WindowProbe,         ///< A probe of a closed window, as something waits.
  SynAck,              ///< The answer to a SYN in LISTEN.
  SynAckInSynSent,     ///< The answer to a SYN in SYN-SENT.
  ResetInClosed,       ///< A RST for a segment without a connection.
  ResetInListen,       ///< A RST for an ACK in LISTEN.
  ResetInSynSent,      ///< A RST for an ACK in SYN-SENT that does not cover the SYN.
  ResetInSynReceived,  ///< The same in SYN-RECEIVED.
  ResetOfAbort,        ///< A RST as the user called ABORT.
  AckOfReset,          ///< A challenge ACK for a RST inside the window, but not at RCV.NXT.
  AckOfSyn,            ///< A challenge ACK for a SYN in the window.
  AckOfUnsent,         ///< An ACK that answers one of what was never sent.
  AckOfTooOld,         ///< An ACK that answers one from before SND.UNA-MAX.SND.WND.
  PassedSegment,       ///< What a later segment has overtaken once more (RFC 8985).
  TailLossProbe,       ///< A probe of the end of a flight (RFC 8985).
  Fin,                 ///< The FIN of a CLOSE with nothing left to send before it.
  KeepAlive,           ///< The probe of an idle connection whose user asked for it.
  UndelayedData,       ///< A small segment that Nagle's algorithm would hold back, where it is off.
  SynAckOfTimeWait,    ///< The answer to a SYN that is newer than the connection in TIME-WAIT.
  Timeout,             ///< The front once more, by a timer that follows the round trips.
  WindowUpdate,        ///< The news that a window that was closed, or nearly so, is open.
};

inline constexpr std::size_t kOwedCount = 30;

/// What section 3.10.7 calls for in answer to one segment, whatever else there is to send.
struct Answer {
  std::optional<Owed> owed;
  std::optional<tcp::State> silent;  ///< Nothing may answer it: it is dropped in this state.

  bool operator==(const Answer&) const = default;
};

/// Something that a stack owes, and by when.
struct Duty {
  bool owed = false;
  bool at_once = false;  ///< Without time passing: owed when the stack has settled.
  base::Instant since;
  base::Instant due;      ///< The last legal instant.
  wire::SeqNum number;    ///< What the duty is about.
  std::size_t event = 0;  ///< What brought it about.
};

/// All that a stack owes. Most of the time that is nothing, and costs nothing.
class Duties {
 public:
  [[nodiscard]] const Duty& of(Owed what) const { return duties_[index(what)]; }

  /// Begins to owe; a duty that is owed already keeps its time.
  void owe(Owed what, const Duty& duty) {
    Duty& kept = duties_[index(what)];
    if (kept.owed) return;
    kept = duty;
    kept.owed = true;
    owed_ |= bit(what);
  }

  void settle(Owed what) {
    duties_[index(what)].owed = false;
    owed_ &= ~bit(what);
  }
  void settle_all() {
    settle_if([](Owed, const Duty&) { return true; });
  }

  /// What an ACK at the stack's current numbers answers, be it a challenge or not.
  void settle_answers() {
    for (const Owed what :
         {Owed::AckOfUnacceptable, Owed::AckOfTimeWaitFin, Owed::AckOfOldTimestamp,
          Owed::AckOfReset, Owed::AckOfSyn, Owed::AckOfUnsent, Owed::AckOfTooOld}) {
      settle(what);
    }
  }

  void settle_resets() {
    for (const Owed what : {Owed::ResetInClosed, Owed::ResetInListen, Owed::ResetInSynSent,
                            Owed::ResetInSynReceived, Owed::ResetOfAbort}) {
      settle(what);
    }
  }

  /// The connection may be gone; what is owed without one stays.
  void settle_all_of_connection() {
    settle_if([](Owed what, const Duty&) {
      return what != Owed::SynAck && what != Owed::ResetInClosed && what != Owed::ResetInListen;
    });
  }

  /// Ends all that is overdue at `now`, so that each is complained of once.
  void drop_overdue(base::Instant now) {
    settle_if([now](Owed, const Duty& duty) { return duty.at_once || now > duty.due; });
  }

  /// Whether `holds` of any duty that is owed.
  template <class Predicate>
  [[nodiscard]] bool any(Predicate holds) const {
    for (std::uint32_t left = owed_; left != 0; left &= left - 1) {
      if (holds(duties_[static_cast<std::size_t>(std::countr_zero(left))])) return true;
    }
    return false;
  }

 private:
  static constexpr std::size_t index(Owed what) { return static_cast<std::size_t>(what); }
  static constexpr std::uint32_t bit(Owed what) { return 1U << index(what); }
  static_assert(kOwedCount <= 32);

  template <class Predicate>
  void settle_if(Predicate holds) {
    for (std::uint32_t left = owed_; left != 0; left &= left - 1) {
      const auto what = static_cast<Owed>(std::countr_zero(left));
      if (holds(what, of(what))) settle(what);
    }
  }

  std::array<Duty, kOwedCount> duties_{};
  std::uint32_t owed_ = 0;  ///< Those whose `owed` is set, a bit each.
};

}  // namespace tcprove::monitor
