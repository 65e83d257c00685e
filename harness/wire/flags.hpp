#pragma once

#include <cstdint>
#include <string>

namespace tcprove::wire {

/// The control bits (RFC 9293 section 3.1), each at its place in the header's octet 13.
enum class Flag : std::uint8_t {
  Fin = 0x01,
  Syn = 0x02,
  Rst = 0x04,
  Psh = 0x08,
  Ack = 0x10,
  Urg = 0x20,
  Ece = 0x40,
  Cwr = 0x80,
};

/// A set of control bits.
class Flags {
 public:
  constexpr Flags() = default;
  constexpr Flags(Flag flag) : bits_(static_cast<std::uint8_t>(flag)) {}
  static constexpr Flags from_octet(std::uint8_t octet) {
    Flags flags;
    flags.bits_ = octet;
    return flags;
  }

  [[nodiscard]] constexpr std::uint8_t octet() const { return bits_; }
  [[nodiscard]] constexpr bool has(Flag flag) const {
    return (bits_ & static_cast<std::uint8_t>(flag)) != 0;
  }
  [[nodiscard]] constexpr bool any(Flags of) const { return (bits_ & of.bits_) != 0; }
  [[nodiscard]] constexpr Flags without(Flags others) const {
    return from_octet(static_cast<std::uint8_t>(bits_ & ~others.bits_));
  }

  constexpr bool operator==(const Flags&) const = default;
  friend constexpr Flags operator|(Flags a, Flags b) {
    return from_octet(static_cast<std::uint8_t>(a.bits_ | b.bits_));
  }
  constexpr Flags& operator|=(Flags other) { return *this = *this | other; }

 private:
  std::uint8_t bits_ = 0;
};

constexpr Flags operator|(Flag a, Flag b) { return Flags(a) | Flags(b); }

/// The scenario language's spelling: `SYN,ACK`, `FIN,PSH,ACK`; `none` for the empty set.
std::string to_string(Flags flags);

}  // namespace tcprove::wire
