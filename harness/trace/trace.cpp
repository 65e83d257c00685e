#include "harness/trace/trace.hpp"

#include "harness/base/check.hpp"

namespace tcprove::trace {

void Trace::mark_dropped(std::size_t index) {
  if (index >= events_.size()) return;  // The trace was full.
  TCPROVE_CHECK(events_[index].kind == EventKind::Emitted, "only what was emitted can be dropped");
  events_[index].kind = EventKind::Dropped;
}

void Trace::clear() {
  connections.clear();
  events_.clear();
  octets_.clear();
  truncated_ = iss_planned = false;
}

}  // namespace tcprove::trace
