#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "harness/adapter/adapter.hpp"
#include "harness/wire/packet.hpp"

namespace tcprove::testing {

/// A stack for tests of the engine: it does what the test tells it and nothing else.
///
/// A timer that is set for the very instant at which the clock stands fires at the next advance(),
/// so that one without end does not keep the clock from returning. Warm, it does not allocate but
/// for timers.
class FakeAdapter : public adapter::Adapter {
 public:
  FakeAdapter();

  // What the test decides.
  adapter::StackProfile profile_data;
  std::function<void(const wire::Packet&)> on_segment;           ///< A packet was delivered.
  std::function<tcp::CallResult(const tcp::UserCall&)> on_call;  ///< Else every call answers Ok.
  std::function<std::optional<tcp::State>(const wire::FourTuple&)> on_state;
  std::function<wire::FourTuple(const wire::FourTuple&)> on_place;  ///< Else where it is planned.
  bool deadlines_known = true;
  std::optional<adapter::AdapterError> reset_error;
  std::optional<adapter::AdapterError> failed;  ///< What failure() tells.
  /// Where set the clock runs by itself, and whoever waits is woken so late.
  std::optional<base::Duration> lateness;
  base::Duration settling{};  ///< How long it then takes to settle.

  /// Calls `timer` when the clock gets there, `d` from now.
  void after(base::Duration d, std::function<void()> timer);

  /// Emits `segment` on the link of the last reset, from port 7 to port 40000 where it names none.
  void emit(wire::Segment segment);
  void emit_octets(wire::Octets octets);

  // What the engine did: all its resets, the rest since the last one.
  std::vector<adapter::ResetOptions> resets;
  std::optional<wire::SeqNum> iss;
  std::vector<base::Duration> advances;
  std::vector<tcp::CallKind> calls;
  int leaves = 0;

  [[nodiscard]] const adapter::StackProfile& profile() const override { return profile_data; }
  std::optional<adapter::AdapterError> reset(const adapter::ResetOptions& options) override;
  wire::FourTuple place(const wire::FourTuple& planned) override {
    return on_place ? on_place(planned) : planned;
  }
  void leave() override { ++leaves; }
  void set_iss(std::optional<wire::SeqNum> planned) override { iss = planned; }
  void deliver(wire::Octets packet) override;
  void settle() override {
    if (lateness) now_ += settling;
  }
  tcp::CallResult call(const tcp::UserCall& call) override;
  void advance(base::Duration d) override;
  [[nodiscard]] std::optional<base::Instant> clock() const override {
    return lateness ? std::optional(now_) : std::nullopt;
  }
  [[nodiscard]] std::optional<base::Duration> next_deadline() const override;
  [[nodiscard]] bool knows_deadlines() const override { return deadlines_known; }
  [[nodiscard]] std::optional<tcp::State> state(const wire::FourTuple& tuple) const override;
  [[nodiscard]] const adapter::AdapterError* failure() const override {
    return failed ? &*failed : nullptr;
  }

 private:
  base::Instant now_;
  std::vector<std::uint8_t> packet_;
  std::multimap<base::Instant, std::function<void()>> timers_;
};

}  // namespace tcprove::testing
