#include "harness/cli/stack_side.hpp"

#include <charconv>
#include <cstdint>

namespace tcprove::cli {
namespace {

/// 1 to 65535, in decimal.
std::optional<std::uint16_t> parse_port(std::string_view text) {
  std::uint16_t port = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, port);
  if (error != std::errc() || stop != end || port == 0) return std::nullopt;
  return port;
}

std::optional<trial::StackSide> side_of(std::string_view address, std::string_view port) {
  const auto parsed = wire::parse_address(address);
  if (!parsed) return std::nullopt;
  if (port.empty()) return trial::StackSide{.address = *parsed};
  if (port.front() != ':') return std::nullopt;
  const auto number = parse_port(port.substr(1));
  if (!number) return std::nullopt;
  return trial::StackSide{.address = *parsed, .port = *number};
}

}  // namespace

std::optional<trial::StackSide> parse_stack_side(std::string_view text) {
  if (text.starts_with('[')) {
    const std::size_t close = text.find(']');
    if (close == std::string_view::npos) return std::nullopt;
    return side_of(text.substr(1, close - 1), text.substr(close + 1));
  }
  if (const auto whole = side_of(text, {})) return whole;
  const std::size_t colon = text.rfind(':');
  // More than one colon is an IPv6 address, and which of them would begin the port?
  if (colon == std::string_view::npos || text.find(':') != colon) return std::nullopt;
  return side_of(text.substr(0, colon), text.substr(colon));
}

}  // namespace tcprove::cli
