#include "harness/wire/ip_options.hpp"

namespace tcprove::wire {
namespace {

constexpr std::size_t kHead = 2;  // Kind and length.
constexpr std::uint8_t kZero = 0;
constexpr std::uint8_t kNoOperation = 1;  // In IPv6: padding of several octets.

}  // namespace

std::optional<IpOption> IpOptionReader::next() {
  while (!rest_.empty()) {
    const std::uint8_t kind = rest_[0];
    if (v4_ && kind == kZero) break;  // The end of the list.
    if (kind == kZero || (v4_ && kind == kNoOperation)) {
      rest_ = rest_.subspan(1);
      continue;
    }
    // IPv4 counts kind and length, IPv6 does not.
    const std::size_t size = rest_.size() < kHead ? 0 : rest_[1] + (v4_ ? 0 : kHead);
    if (size < kHead || size > rest_.size()) break;
    const Octets data = rest_.first(size).subspan(kHead);
    rest_ = rest_.subspan(size);
    if (v4_ || kind != kNoOperation) return IpOption{.kind = kind, .data = data};
  }
  rest_ = {};
  return std::nullopt;
}

}  // namespace tcprove::wire
