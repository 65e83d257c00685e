#include "harness/adapter/fault/fault_adapter.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace tcprove::adapter::fault {
namespace {

class FaultAdapter final : public Adapter {
 public:
  FaultAdapter(const WireFault& fault, std::unique_ptr<Adapter> stack)
      : fault_(fault), stack_(std::move(stack)), profile_(stack_->profile()) {
    profile_.name = fmt::format("fault={},{}", fault.named.name, profile_.name);
  }

  [[nodiscard]] const StackProfile& profile() const override { return profile_; }

  std::optional<AdapterError> reset(const ResetOptions& options) override {
    outbox().clear();
    flows_.clear();
    held_.clear();
    now_ = base::Instant();
    iss_planned_ = false;
    return stack_->reset(options);
  }

  wire::FourTuple place(const wire::FourTuple& planned) override { return stack_->place(planned); }
  void leave() override { stack_->leave(); }

  void set_iss(std::optional<wire::SeqNum> iss) override {
    iss_planned_ = iss_planned_ || iss.has_value();
    stack_->set_iss(iss);
  }

  void deliver(wire::Octets octets) override;

  void settle() override {
    stack_->settle();
    take_emissions();
  }

  tcp::CallResult call(const tcp::UserCall& call) override {
    const tcp::CallResult result = stack_->call(call);
    take_emissions();
    return result;
  }

  void advance(base::Duration d) override {
    // What is held back falls due before a real clock has gone so far.
    if (stack_->clock() && !held_.empty()) d = std::clamp(held_.front().due - now_, {}, d);
    stack_->advance(d);
    const base::Instant end = stack_->clock().value_or(now_ + d);
    take_emissions();
    release(end);
    now_ = end;
  }

  [[nodiscard]] std::optional<base::Instant> clock() const override { return stack_->clock(); }

  [[nodiscard]] std::optional<base::Duration> next_deadline() const override {
    const std::optional<base::Duration> own = stack_->next_deadline();
    if (held_.empty()) return own;
    const base::Duration due = held_.front().due - now_;
    return own ? std::min(*own, due) : due;
  }
  [[nodiscard]] bool knows_deadlines() const override { return stack_->knows_deadlines(); }

  [[nodiscard]] std::optional<tcp::State> state(const wire::FourTuple& tuple) const override {
    return stack_->state(tuple);
  }

  [[nodiscard]] const AdapterError* failure() const override { return stack_->failure(); }

 private:
  /// A packet on its way to the peer.
  struct Held {
    base::Instant due;
    std::vector<std::uint8_t> octets;
  };
  static constexpr std::size_t kFlowsMax = 64;

  Flow& flow(const wire::FourTuple& tuple);
  void take_emissions();
  void emit(base::Instant at, wire::Octets octets);
  void emit_extra(base::Instant at, const Passage& passage);
  void send_after(base::Instant at, base::Duration delay, wire::Octets octets);
  void release(base::Instant until);

  const WireFault& fault_;
  std::unique_ptr<Adapter> stack_;
  StackProfile profile_;
  bool iss_planned_ = false;
  base::Instant now_;
  std::vector<Flow> flows_;
  std::vector<Held> held_;  ///< By the instant when they are due.
  std::vector<std::uint8_t> written_;
};

/// Of more than kFlowsMax connections those beyond share one, of which little is known.
Flow& FaultAdapter::flow(const wire::FourTuple& tuple) {
  const auto known = std::ranges::find(flows_, tuple, &Flow::tuple);
  if (known != flows_.end()) return *known;
  if (flows_.size() < kFlowsMax) return flows_.emplace_back(Flow{.tuple = tuple});
  return flows_.back() = {.tuple = tuple};
}

void FaultAdapter::deliver(wire::Octets octets) {
  const wire::Packet packet = wire::decode(octets);
  wire::Flaws checksum_alone;
  checksum_alone.add(wire::Flaw::TcpChecksum);
  const bool intact = packet.flaws.none();
  const bool seen = intact || (fault_.broken_arrivals && packet.flaws == checksum_alone);
  if (!seen || !packet.has_segment()) {
    stack_->deliver(octets);
    take_emissions();
    return;
  }
  Flow& its_flow = flow({.stack = {packet.destination, packet.segment.destination_port},
                         .peer = {packet.source, packet.segment.source_port}});
  Passage passage(packet, its_flow);
  passage.iss_planned = iss_planned_;
  if (fault_.arrival != nullptr) fault_.arrival(passage);
  its_flow.note_arrival(packet.segment);
  if (!passage.dropped) {
    if (passage.changed()) wire::encode(passage.packet(), passage.lies, written_);
    stack_->deliver(passage.changed() ? wire::Octets(written_) : octets);
  }
  take_emissions();
  emit_extra(now_, passage);
}

void FaultAdapter::take_emissions() {
  Outbox& emitted = stack_->outbox();
  for (std::size_t i = 0; i < emitted.size(); ++i) {
    release(emitted.at(i));
    emit(emitted.at(i), emitted.packet(i));
  }
  // A packet that never fits makes our own outbox count what the stack's could not take.
  for (std::size_t i = 0; i < emitted.overflowed(); ++i) {
    outbox().push_room(now_, Outbox::kOctetsMax + 1);
  }
  emitted.clear();
}

void FaultAdapter::emit(base::Instant at, wire::Octets octets) {
  const wire::Packet packet = wire::decode(octets);
  if (!packet.has_segment() || !packet.flaws.none()) {
    outbox().push(at, octets);
    return;
  }
  Flow& its_flow = flow({.stack = {packet.source, packet.segment.source_port},
                         .peer = {packet.destination, packet.segment.destination_port}});
  Passage passage(packet, its_flow);
  passage.iss_planned = iss_planned_;
  if (fault_.emission != nullptr) fault_.emission(passage);
  its_flow.note_emission(packet.segment);
  if (!passage.dropped) {
    if (passage.changed()) wire::encode(passage.packet(), passage.lies, written_);
    send_after(at, passage.delay, passage.changed() ? wire::Octets(written_) : octets);
  }
  emit_extra(at, passage);
}

void FaultAdapter::emit_extra(base::Instant at, const Passage& passage) {
  if (!passage.extra) return;
  wire::encode(passage.extra->packet, {}, written_);
  send_after(at, passage.extra->delay, written_);
}

void FaultAdapter::send_after(base::Instant at, base::Duration delay, wire::Octets octets) {
  if (delay == base::Duration::zero()) {
    outbox().push(at, octets);
    return;
  }
  const auto later = std::ranges::upper_bound(held_, at + delay, {}, &Held::due);
  held_.insert(later, {.due = at + delay, .octets = {octets.begin(), octets.end()}});
}

void FaultAdapter::release(base::Instant until) {
  const auto end = std::ranges::upper_bound(held_, until, {}, &Held::due);
  for (auto held = held_.begin(); held != end; ++held) outbox().push(held->due, held->octets);
  held_.erase(held_.begin(), end);
}

}  // namespace

std::unique_ptr<Adapter> make_fault_adapter(const WireFault& fault,
                                            std::unique_ptr<Adapter> stack) {
  return std::make_unique<FaultAdapter>(fault, std::move(stack));
}

}  // namespace tcprove::adapter::fault
