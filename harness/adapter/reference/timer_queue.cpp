#include "harness/adapter/reference/timer_queue.hpp"

namespace tcprove::adapter::reference {

void TimerQueue::start(const Timer& timer) {
  stop(timer.owner, timer.kind);
  by_owner_.emplace(std::pair(timer.owner, timer.kind), timer.at);
  in_order_.insert(timer);
}

void TimerQueue::stop(tcp::Handle owner, TimerKind kind) {
  const auto found = by_owner_.find({owner, kind});
  if (found == by_owner_.end()) return;
  in_order_.erase({.at = found->second, .owner = owner, .kind = kind});
  by_owner_.erase(found);
}

void TimerQueue::stop_all(tcp::Handle owner) {
  std::erase_if(in_order_, [owner](const Timer& timer) { return timer.owner == owner; });
  std::erase_if(by_owner_, [owner](const auto& entry) { return entry.first.first == owner; });
}

bool TimerQueue::running(tcp::Handle owner, TimerKind kind) const {
  return by_owner_.contains({owner, kind});
}

std::optional<Timer> TimerQueue::next() const {
  if (in_order_.empty()) return std::nullopt;
  return *in_order_.begin();
}

}  // namespace tcprove::adapter::reference
