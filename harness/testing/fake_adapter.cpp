#include "harness/testing/fake_adapter.hpp"

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
  segment.source_port = 7;
  segment.destination_port = 40000;
  wire::Packet packet;
  packet.source = resets.back().stack;
  packet.destination = resets.back().peer;
  packet.segment = segment;
  std::vector<std::uint8_t> octets;
  wire::encode(packet, {}, octets);
  emit_octets(octets);
}

void FakeAdapter::emit_octets(wire::Octets octets) { outbox().push(now_, octets); }

std::optional<adapter::AdapterError> FakeAdapter::reset(const adapter::ResetOptions& options) {
  resets.push_back(options);
  timers_.clear();
  outbox().clear();
  now_ = {};
  return reset_error;
}

void FakeAdapter::deliver(wire::Octets packet) {
  if (on_segment) on_segment(wire::decode(packet));
}

tcp::CallResult FakeAdapter::call(const tcp::UserCall& call) {
  if (on_call) return on_call(call);
  return {.handle = 1, .octets = call.octets.size(), .peer = {.address = {}, .port = 40000}};
}

void FakeAdapter::advance(base::Duration d) {
  advances.push_back(d);
  const base::Instant end = now_ + d;
  while (!timers_.empty() && timers_.begin()->first <= end) {
    auto timer = timers_.extract(timers_.begin());
    now_ = timer.key();
    timer.mapped()();
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
