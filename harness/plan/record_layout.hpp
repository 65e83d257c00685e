#pragma once

#include <cstddef>
#include <cstdint>

namespace tcprove::plan {

/// From here on a plan's header has numbers by value, for the choices before them to name.
inline constexpr std::size_t kHeaderByValueAt = 16;

// The places of a record's octets. What is no segment has its numbers where a segment's first ones
// are, and says what it is where a segment has its control bits.
namespace record {

inline constexpr std::size_t kVerbAt = 0;
inline constexpr std::size_t kPlaceAt = 1;
inline constexpr std::size_t kFlagsAt = 2;
inline constexpr std::size_t kSeqAt = 3;
inline constexpr std::size_t kAckAt = 6;
inline constexpr std::size_t kLenAt = 9;
inline constexpr std::size_t kWndAt = 12;
inline constexpr std::size_t kUpAt = 15;
inline constexpr std::size_t kOptionsAt = 16;
inline constexpr std::size_t kBrokenAt = 17;
inline constexpr std::size_t kLieAt = 18;
inline constexpr std::size_t kFirstArrivalAt = 19;
inline constexpr std::size_t kSecondArrivalAt = 20;
inline constexpr std::size_t kEcnAt = 21;
inline constexpr std::size_t kIpFieldsAt = 22;
inline constexpr std::size_t kUpNumberAt = 23;
inline constexpr std::size_t kSecondLieAt = 25;
inline constexpr std::size_t kPiecesAt = 26;

inline constexpr std::size_t kKindAt = kFlagsAt;
inline constexpr std::size_t kAmountAt = kSeqAt;
inline constexpr std::size_t kSecondAmountAt = kAckAt;
/// The highest octet of the first of these numbers.
inline constexpr std::size_t kAmountMoreAt = kLenAt;
/// What is no segment has nothing from here on.
inline constexpr std::size_t kBeyondAmounts = kAmountMoreAt + 1;

/// What an octet at kVerbAt stands for begins here and ends where the next begins; each has as many
/// octets as it is likely.
inline constexpr std::uint8_t kWaitFrom = 0x84;
inline constexpr std::uint8_t kCallFrom = 0xa8;
inline constexpr std::uint8_t kIcmpFrom = 0xd8;
inline constexpr std::uint8_t kSetFrom = 0xe0;
inline constexpr std::uint8_t kUrgentSendFrom = 0xf0;
inline constexpr std::uint8_t kReportFrom = 0xf6;
inline constexpr std::uint8_t kUrgentFrom = 0xf9;
inline constexpr std::uint8_t kOpenFrom = 0xfc;

}  // namespace record
}  // namespace tcprove::plan
