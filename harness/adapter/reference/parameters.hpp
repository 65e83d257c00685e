#pragma once

#include <cstddef>
#include <cstdint>

#include "harness/base/virtual_time.hpp"
#include "harness/wire/address.hpp"
#include "harness/wire/seq_num.hpp"

namespace tcprove::adapter::reference {

// What RFC 9293 and its companions leave to the implementation, decided once for this stack.

inline constexpr base::Duration kMsl = std::chrono::minutes(2);  ///< RFC 9293 section 3.4.2.

/// MUST-58 allows less than 500 ms.
inline constexpr base::Duration kDelayedAck = std::chrono::milliseconds(200);

/// Section 3.8.6.2.1: "in the range 0.1 - 1.0 seconds".
inline constexpr base::Duration kSwsOverride = std::chrono::milliseconds(500);

/// R1 of section 3.8.3, in retransmissions (SHLD-10). R2 is the user timeout, five minutes unless
/// the user says otherwise: above the 100 s of SHLD-11 and the 3 min that MUST-23 asks for a SYN.
inline constexpr std::uint32_t kR1Retransmissions = 3;

/// Keep-alive probes without an answer that end a connection (MUST-29: more than one).
inline constexpr std::uint32_t kKeepAliveProbesMax = 9;
inline constexpr base::Duration kKeepAliveProbeInterval = std::chrono::seconds(75);

/// RFC 5961 section 7: "no more than 10 ACK segments in any 5-second window"; a connection's own,
/// since a count that connections share tells one of them about another (CVE-2016-5696).
inline constexpr std::size_t kChallengeAcksMax = 10;
inline constexpr base::Duration kChallengeAckPeriod = std::chrono::seconds(5);

/// RFC 7323 section 5.5.
inline constexpr base::Duration kTsRecentLifetime = std::chrono::hours(24 * 24);

inline constexpr wire::SeqLen kSendBuffer = 1U << 20U;

/// RCV.BUFF; what a window without scaling can tell is 65,535.
inline constexpr wire::SeqLen kReceiveBufferScaled = 1U << 17U;
inline constexpr wire::SeqLen kReceiveBufferUnscaled = 65535;
inline constexpr std::uint8_t kRcvWindShift = 2;
inline constexpr std::uint8_t kWindShiftMax = 14;  ///< RFC 7323 section 2.3.

/// Half-open connections and those not yet accepted, of one listener; more SYNs are dropped.
inline constexpr std::size_t kBacklogMax = 128;
inline constexpr std::size_t kConnectionsMax = 4096;

inline constexpr std::uint32_t kLinkMtu = 1500;  ///< Ethernet's.

/// What an `mtu` leaves beside the fixed headers of IP and TCP.
constexpr wire::SeqLen mss_of(std::uint32_t mtu, wire::IpVersion version) {
  const std::uint32_t headers = version == wire::IpVersion::V4 ? 40 : 60;
  return mtu > headers ? mtu - headers : 1;
}

/// MMS_S and MMS_R less the fixed headers (section 3.7.1; RFC 8200 section 8.3).
constexpr wire::SeqLen local_mss(wire::IpVersion version) { return mss_of(kLinkMtu, version); }

/// MUST-15: what a peer takes that names no MSS.
constexpr wire::SeqLen default_snd_mss(wire::IpVersion version) {
  return version == wire::IpVersion::V4 ? 536 : 1220;
}

}  // namespace tcprove::adapter::reference
