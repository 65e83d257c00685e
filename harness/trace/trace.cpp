#include "harness/trace/trace.hpp"

#include "harness/base/check.hpp"

namespace tcprove::trace {

void Trace::append(Event event, wire::Octets octets) {
  if (truncated_ || events_.size() >= kEventsMax || octets.size() > kOctetsMax - octets_.size()) {
    // A later event that fits would hide the hole.
    truncated_ = true;
    return;
  }
  event.octets_begin = static_cast<std::uint32_t>(octets_.size());
  event.octets_size = static_cast<std::uint32_t>(octets.size());
  events_.push_back(event);
  octets_.insert(octets_.end(), octets.begin(), octets.end());
}

void Trace::mark_dropped(std::size_t index) {
  if (index >= events_.size()) return;  // The trace was full.
  TCPROVE_CHECK(events_[index].kind == EventKind::Emitted, "only what was emitted can be dropped");
  events_[index].kind = EventKind::Dropped;
}

void Trace::clear() {
  connections.clear();
  events_.clear();
  octets_.clear();
  truncated_ = false;
}

}  // namespace tcprove::trace
