#include "harness/testing/fake_adapter.hpp"

#include <algorithm>

namespace tcprove::testing {

FakeAdapter::FakeAdapter() {
  profile_data.name = "fake";
  for (std::size_t i = 0; i < tcp::kCapabilityCount; ++i) {
    profile_data.capabilities.add(static_cast<tcp::Capability>(i));
  }
}

void FakeAdapter::after(base::Duration d, std::function<void()> timer) {
  timers_.emplace(now_ + d, std::move(timer));
}

void FakeAdapter::emit(wire::Segment segment) {
  if (segment.source_port == 0) segment.source_port = 7;
  if (segment.destination_port == 0) segment.destination_port = 40000;
  wire::Packet packet;
  packet.source = resets.back().stack;
  packet.destination = resets.back().peer;
  packet.segment = segment;
  wire::encode(packet, {}, packet_);
  emit_octets(packet_);
}

void FakeAdapter::emit_octets(wire::Octets octets) { outbox().push(now_, octets); }

std::optional<adapter::AdapterError> FakeAdapter::reset(const adapter::ResetOptions& options) {
  resets.push_back(options);
  advances.clear();
  calls.clear();
  timers_.clear();
  outbox().clear();
  now_ = {};
  iss = std::nullopt;
  return reset_error;
}

void FakeAdapter::deliver(wire::Octets packet) {
  if (on_segment) on_segment(wire::decode(packet));
}

tcp::CallResult FakeAdapter::call(const tcp::UserCall& call) {
  calls.push_back(call.kind);
  if (on_call) return on_call(call);
  return {.handle = 1, .octets = call.octets.size(), .peer = {.address = {}, .port = 40000}};
}

void FakeAdapter::advance(base::Duration d) {
  advances.push_back(d);
  base::Instant end = now_ + d;
  if (lateness) {  // A real clock waits no longer than until something happens.
    if (!timers_.empty()) end = std::min(end, std::max(now_, timers_.begin()->first));
    end += *lateness;
  }
  std::multimap<base::Instant, std::function<void()>> due;
  auto next = timers_.begin();
  while (next != timers_.end() && next->first <= end) {
    now_ = std::max(now_, next->first);
    const auto later = timers_.upper_bound(next->first);
    while (next != later) due.insert(due.end(), timers_.extract(next++));
    for (auto& [at, timer] : due) timer();
    due.clear();
    next = timers_.upper_bound(now_);
  }
  now_ = end;
}

std::optional<base::Duration> FakeAdapter::next_deadline() const {
  if (!deadlines_known || timers_.empty()) return std::nullopt;
  return timers_.begin()->first - now_;
}

std::optional<tcp::State> FakeAdapter::state(const wire::FourTuple& tuple) const {
  if (on_state) return on_state(tuple);
  return std::nullopt;
}

}  // namespace tcprove::testing
