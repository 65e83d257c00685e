#include "harness/adapter/process/hex.hpp"

#include <array>

namespace tcprove::adapter::process {
namespace {

constexpr std::string_view kDigits = "0123456789abcdef";
constexpr std::uint8_t kNoDigit = 0xff;

constexpr auto kValues = [] {
  std::array<std::uint8_t, 256> values{};
  values.fill(kNoDigit);
  std::uint8_t value = 0;
  for (const char digit : kDigits) {
    values.at(static_cast<std::uint8_t>(digit)) = value;
    if (value >= 10) values.at(static_cast<std::uint8_t>(digit - 'a' + 'A')) = value;
    ++value;
  }
  return values;
}();

}  // namespace

std::string to_hex(wire::Octets octets) {
  std::string text;
  text.reserve(2 * octets.size());
  for (const std::uint8_t octet : octets) {
    text += kDigits[octet >> 4U];
    text += kDigits[octet & 0xfU];
  }
  return text;
}

std::optional<std::vector<std::uint8_t>> from_hex(std::string_view text) {
  if (text.size() % 2 != 0) return std::nullopt;
  std::vector<std::uint8_t> octets;
  octets.reserve(text.size() / 2);
  for (std::size_t i = 0; i < text.size(); i += 2) {
    const std::uint8_t high = kValues.at(static_cast<std::uint8_t>(text[i]));
    const std::uint8_t low = kValues.at(static_cast<std::uint8_t>(text[i + 1]));
    if (high == kNoDigit || low == kNoDigit) return std::nullopt;
    octets.push_back(static_cast<std::uint8_t>(high << 4U | low));
  }
  return octets;
}

}  // namespace tcprove::adapter::process
