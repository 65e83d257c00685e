#include "harness/adapter/lwip/lwip_receive_queue.hpp"

#include <algorithm>
#include <cstring>

#include <lwip/pbuf.h>

namespace tcprove::adapter::lwip {

// lwIP's own pbuf_cat() walks the whole chain for each segment.
void ReceiveQueue::append(pbuf* buffers) {
  if (first_ == nullptr) {
    first_ = buffers;
  } else {
    last_->next = buffers;
  }
  for (last_ = buffers; last_->next != nullptr; last_ = last_->next) {
  }
}

std::size_t ReceiveQueue::take(std::span<std::uint8_t> to) {
  std::size_t taken = 0;
  while (first_ != nullptr && taken < to.size()) {
    const std::size_t octets = std::min<std::size_t>(first_->len, to.size() - taken);
    std::memcpy(to.data() + taken, first_->payload, octets);
    taken += octets;
    if (octets == first_->len) {
      drop_first();
    } else {
      pbuf_remove_header(first_, octets);
    }
  }
  return taken;
}

void ReceiveQueue::clear() {
  while (first_ != nullptr) drop_first();
}

void ReceiveQueue::drop_first() {
  pbuf* const dropped = first_;
  first_ = dropped->next;
  dropped->next = nullptr;  // or pbuf_free() would free the rest of the chain as well
  pbuf_free(dropped);
}

}  // namespace tcprove::adapter::lwip
