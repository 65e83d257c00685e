#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <optional>
#include <string_view>

namespace tcprove::tcp {

/// The states of a connection (RFC 9293 section 3.3.2).
enum class State : std::uint8_t {
  Closed,
  Listen,
  SynSent,
  SynReceived,
  Established,
  FinWait1,
  FinWait2,
  CloseWait,
  Closing,
  LastAck,
  TimeWait,
};

inline constexpr std::size_t kStateCount = 11;

/// The RFC's spelling, in the order of the enumerators.
inline constexpr std::array<std::string_view, kStateCount> kStateNames{
    "CLOSED",     "LISTEN",     "SYN-SENT", "SYN-RECEIVED", "ESTABLISHED", "FIN-WAIT-1",
    "FIN-WAIT-2", "CLOSE-WAIT", "CLOSING",  "LAST-ACK",     "TIME-WAIT"};

constexpr std::string_view to_string(State state) {
  return kStateNames.at(static_cast<std::size_t>(state));
}

/// Nothing where `name` is not a state in the RFC's spelling.
constexpr std::optional<State> parse_state(std::string_view name) {
  for (std::size_t i = 0; i < kStateCount; ++i) {
    if (kStateNames.at(i) == name) return static_cast<State>(i);
  }
  return std::nullopt;
}

/// A set of states.
class States {
 public:
  constexpr void add(State state) { bits_ = static_cast<std::uint16_t>(bits_ | bit(state)); }
  [[nodiscard]] constexpr bool has(State state) const { return (bits_ & bit(state)) != 0; }
  [[nodiscard]] constexpr bool empty() const { return bits_ == 0; }
  /// The one that it holds; nothing where it holds none or several.
  [[nodiscard]] constexpr std::optional<State> only() const {
    if (!std::has_single_bit(bits_)) return std::nullopt;
    return static_cast<State>(std::countr_zero(bits_));
  }
  constexpr bool operator==(const States&) const = default;

 private:
  static constexpr std::uint16_t bit(State s) {
    return static_cast<std::uint16_t>(1U << static_cast<unsigned>(s));
  }
  std::uint16_t bits_ = 0;
};

}  // namespace tcprove::tcp
