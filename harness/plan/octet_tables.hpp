#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "harness/plan/plan.hpp"
#include "harness/wire/address.hpp"

namespace tcprove::plan {

// What the octets of a generated plan stand for. A table's first value is the plainest, so that an
// octet that shrinks towards 0 makes the plan plainer; its values are repeated by weight.

/// A number, where three octets say which.
enum class NumberField : std::uint8_t {
  Seq,
  Ack,
  Len,
  Wnd,
  Up,
  CallOctets,
  Duration,
  IdleTime,  ///< That a user sets.
  Mtu,
};

/// `choice` picks a value of the field's table or, from kLiteralFrom on, a symbol to which the
/// number of `low`, `high` and `more` is added.
struct NumberOctets {
  std::uint8_t choice = 0;
  std::uint8_t low = 0;
  std::uint8_t high = 0;
  std::uint8_t more = 0;  ///< Of an amount; 0 in a segment.
};
inline constexpr std::uint8_t kLiteralFrom = 0xf0;

/// Absent: the field is left to the engine. `tame`: none far from where the connection is, and no
/// time beyond seconds.
std::optional<Expr> number_of(NumberField field, NumberOctets octets, bool tame);
/// The inverse; nothing where no octets stand for `expr`.
std::optional<NumberOctets> octets_of(NumberField field, const std::optional<Expr>& expr);

wire::Flags flags_of(std::uint8_t octet);

/// The options of a segment, or of the peer's SYNs: a list of the table or, from kComposedFrom on,
/// so many pieces, each an option by itself, as many as a header has room for.
struct OptionOctets {
  std::uint8_t list = 0;
  std::uint8_t broken = 0;  ///< Breaks one option of a list of the table, for most octets none.
  std::array<std::uint8_t, 6> pieces{};

  static constexpr std::uint8_t kComposedFrom = 0xa0;
  /// From here on a piece is a broken one, unless all are to be whole.
  static constexpr std::uint8_t kBrokenPieceFrom = 0xe0;
};

/// Absent: the engine's. `whole`: nothing is broken.
std::optional<std::vector<OptionText>> options_of(const OptionOctets& octets, bool whole);
std::optional<OptionOctets> octets_of(const std::optional<std::vector<OptionText>>& options);

/// Makes the segment broken by name, for most octets not at all; what is broken stays as it is.
void make_lie(std::uint8_t octet, SegmentText& segment);
inline constexpr std::uint8_t kLiesFrom = 0xd0;
inline constexpr std::uint8_t kLieCount = 16;

/// The bits of RFC 3168, of both headers; for most octets none.
void set_ecn(std::uint8_t octet, SegmentText& segment);
/// What else stands in the IP header: addresses, TTL, DSCP, options; for most octets nothing.
void set_ip_fields(std::uint8_t octet, wire::IpVersion ip, SegmentText& segment);
/// Below, an IP header is as the engine makes it.
inline constexpr std::uint8_t kIpFieldsFrom = 0xd0;

/// Absent: off.
std::optional<Expr> setting_of(tcp::UserOption option, NumberOctets octets);
std::optional<NumberOctets> octets_of_setting(tcp::UserOption option,
                                              const std::optional<Expr>& value);

/// Initial sequence numbers next to where something wraps or changes sign; the stack's may be its
/// own choice.
std::optional<std::uint32_t> stack_iss_of(std::uint8_t octet);
std::uint32_t peer_iss_of(std::uint8_t octet);

std::uint16_t peer_wnd_of(std::uint8_t octet);

/// What a header says by value and not by one of these octets begins here.
inline constexpr std::uint8_t kByValueFrom = 0xf8;

/// `mss 1460`.
OptionText mss_option(std::uint16_t octets);
/// `ts 1000 echo`: whatever the stack's own clock shows is echoed.
OptionText echoing_timestamps(std::uint32_t value);

}  // namespace tcprove::plan
