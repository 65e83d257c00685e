#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "harness/plan/plan.hpp"

namespace tcprove::plan {

// What the octets of a generated plan stand for. A table's first value is the plainest, so that an
// octet that shrinks towards 0 makes the plan plainer; its values are repeated by weight.

/// A number, where three octets say which.
enum class NumberField : std::uint8_t { Seq, Ack, Len, Wnd, Up, CallOctets, Duration };

/// `choice` picks a value of the field's table or, from kLiteralFrom on, a symbol to which `low`
/// and `high` are added.
struct NumberOctets {
  std::uint8_t choice = 0;
  std::uint8_t low = 0;
  std::uint8_t high = 0;
};
inline constexpr std::uint8_t kLiteralFrom = 0xf0;

/// Absent: the field is left to the engine. `tame`: none far from where the connection is, and no
/// time beyond seconds.
std::optional<Expr> number_of(NumberField field, NumberOctets octets, bool tame);
/// The inverse; nothing where no octets stand for `expr`.
std::optional<NumberOctets> octets_of(NumberField field, const std::optional<Expr>& expr);

wire::Flags flags_of(std::uint8_t octet);

/// The options of a segment; absent: the engine's. `broken` changes one octet or two of them.
std::optional<std::vector<OptionText>> options_of(std::uint8_t octet, std::uint8_t broken);

/// Makes the segment broken by name, for most octets not at all.
void make_lie(std::uint8_t octet, SegmentText& segment);

/// Initial sequence numbers next to where something wraps or changes sign; the stack's may be its
/// own choice.
std::optional<std::uint32_t> stack_iss_of(std::uint8_t octet);
std::uint32_t peer_iss_of(std::uint8_t octet);

std::uint16_t peer_wnd_of(std::uint8_t octet);

/// What the peer's SYNs carry unless the plan says otherwise: its MSS.
OptionText plain_peer_option();

}  // namespace tcprove::plan
