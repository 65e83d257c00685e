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
  const std::size_t begin = octets_.size();
  octets_.resize(begin + size);
  emissions_.push_back({.at = at, .begin = begin, .size = size});
  return std::span(octets_).subspan(begin, size);
}

}  // namespace tcprove::adapter
