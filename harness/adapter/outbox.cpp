#include "harness/adapter/outbox.hpp"

#include <algorithm>

namespace tcprove::adapter {

void Outbox::push(base::Instant at, wire::Octets packet) {
  const std::span<std::uint8_t> room = push_room(at, packet.size());
  if (room.size() == packet.size()) std::ranges::copy(packet, room.begin());
}

std::span<std::uint8_t> Outbox::push_room(base::Instant at, std::size_t size) {
  if (size > kOctetsMax - octets_.size()) {
    ++overflowed_;
    return {};
  }
  emissions_.add() = {.at = at, .begin = octets_.size(), .size = size};
  return octets_.add(size);
}

}  // namespace tcprove::adapter
