#include "harness/plan/stream.hpp"

#include <bit>
#include <cstring>

namespace tcprove::plan {

void fill_stream(Sender sender, std::uint16_t connection, std::uint32_t offset,
                 std::span<std::uint8_t> out) {
  constexpr std::uint32_t kBlock = sizeof(std::uint64_t);
  while (!out.empty()) {
    const bool whole = offset % kBlock == 0 && out.size() >= kBlock;
    if (whole && std::endian::native == std::endian::little) {
      const std::uint64_t block = stream_block(sender, connection, offset / kBlock);
      std::memcpy(out.data(), &block, kBlock);
      out = out.subspan(kBlock);
      offset += kBlock;
    } else {
      out.front() = stream_octet(sender, connection, offset++);
      out = out.subspan(1);
    }
  }
}

}  // namespace tcprove::plan
