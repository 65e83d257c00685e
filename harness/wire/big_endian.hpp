#pragma once

#include <cstdint>

namespace tcprove::wire {

// Network order, read and written octet by octet so that no address needs to be aligned.
// Requires, of all four: as many octets at `at` as the name's bits say.

constexpr std::uint16_t load16(const std::uint8_t* at) {
  return static_cast<std::uint16_t>((at[0] << 8U) | at[1]);
}

constexpr std::uint32_t load32(const std::uint8_t* at) {
  return (static_cast<std::uint32_t>(load16(at)) << 16U) | load16(at + 2);
}

constexpr void store16(std::uint8_t* at, std::uint16_t value) {
  at[0] = static_cast<std::uint8_t>(value >> 8U);
  at[1] = static_cast<std::uint8_t>(value);
}

constexpr void store32(std::uint8_t* at, std::uint32_t value) {
  store16(at, static_cast<std::uint16_t>(value >> 16U));
  store16(at + 2, static_cast<std::uint16_t>(value));
}

}  // namespace tcprove::wire
