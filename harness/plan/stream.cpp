#include "harness/plan/stream.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

namespace tcprove::plan {

void fill_stream(Sender sender, std::uint16_t connection, std::uint32_t offset,
                 std::span<std::uint8_t> out) {
  constexpr std::uint32_t kBlock = sizeof(std::uint64_t);
  while (!out.empty()) {
    const std::uint32_t skip = offset % kBlock;
    const std::uint64_t rest = stream_block(sender, connection, offset / kBlock) >> (skip * 8);
    const std::size_t octets = std::min<std::size_t>(kBlock - skip, out.size());
    if (octets == kBlock && std::endian::native == std::endian::little) {
      std::memcpy(out.data(), &rest, kBlock);
    } else {
      for (std::size_t i = 0; i < octets; ++i) out[i] = static_cast<std::uint8_t>(rest >> (i * 8));
    }
    out = out.subspan(octets);
    offset += static_cast<std::uint32_t>(octets);
  }
}

}  // namespace tcprove::plan
