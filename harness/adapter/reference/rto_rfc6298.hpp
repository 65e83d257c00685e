#pragma once

#include <optional>

#include "harness/base/virtual_time.hpp"

namespace tcprove::adapter::reference {

/// The retransmission timeout of one connection (RFC 6298; RFC 9293 MUST-18).
class RetransmissionTimeout {
 public:
  static constexpr base::Duration kInitial = std::chrono::seconds(1);           ///< (2.1)
  static constexpr base::Duration kMin = std::chrono::seconds(1);               ///< (2.4)
  static constexpr base::Duration kMax = std::chrono::seconds(60);              ///< (2.5)
  static constexpr base::Duration kAfterLostSyn = std::chrono::seconds(3);      ///< (5.7)
  static constexpr base::Duration kGranularity = std::chrono::milliseconds(1);  ///< G

  /// The RTO in force, backed off as often as back_off() was called since the last sample.
  [[nodiscard]] base::Duration current() const { return rto_; }

  /// (2.2), (2.3): takes a round-trip time that Karn's algorithm (section 3) allows to be taken.
  void sample(base::Duration r);

  /// (5.5): the timer expired.
  void back_off();

  /// (5.7): the SYN's timer expired, and data is about to be sent.
  void begin_data_after_lost_syn() { rto_ = kAfterLostSyn; }

 private:
  std::optional<base::Duration> srtt_;
  base::Duration rttvar_{};
  base::Duration rto_ = kInitial;
};

}  // namespace tcprove::adapter::reference
