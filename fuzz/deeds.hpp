#pragma once

#include <memory>
#include <optional>
#include <variant>
#include <vector>

#include "harness/adapter/adapter.hpp"

namespace tcprove::fuzz {

/// What was done to a stack from a reset up to the next one.
struct Deeds {
  using Packet = std::vector<std::uint8_t>;
  struct Call {
    tcp::UserCall call;  ///< Without its octets and its buffer.
    std::vector<std::uint8_t> octets;
    std::size_t room = 0;
  };
  using Deed = std::variant<Packet, Call, base::Duration>;

  adapter::ResetOptions reset;
  std::optional<wire::SeqNum> iss;
  std::vector<Deed> all;

  [[nodiscard]] std::size_t packets() const;
};

/// Does the same once more, straight to the stack, and looks at nothing that it emits.
void redo(const Deeds& deeds, adapter::Adapter& stack);

/// Of that only what leaves out time and every call but those that open.
void feed_packets(const Deeds& deeds, adapter::Adapter& stack);

/// A stack that remembers what is done to it.
class DeedRecorder final : public adapter::Adapter {
 public:
  explicit DeedRecorder(std::unique_ptr<adapter::Adapter> stack) : stack_(std::move(stack)) {}

  [[nodiscard]] const Deeds& deeds() const { return deeds_; }

  [[nodiscard]] const adapter::StackProfile& profile() const override { return stack_->profile(); }
  std::optional<adapter::AdapterError> reset(const adapter::ResetOptions& options) override;
  void set_iss(std::optional<wire::SeqNum> iss) override;
  void deliver(wire::Octets packet) override;
  void settle() override;
  tcp::CallResult call(const tcp::UserCall& call) override;
  void advance(base::Duration d) override;
  [[nodiscard]] std::optional<base::Duration> next_deadline() const override {
    return stack_->next_deadline();
  }
  [[nodiscard]] bool knows_deadlines() const override { return stack_->knows_deadlines(); }
  [[nodiscard]] std::optional<tcp::State> state(const wire::FourTuple& tuple) const override {
    return stack_->state(tuple);
  }

 private:
  void pass_on_emissions();

  std::unique_ptr<adapter::Adapter> stack_;
  Deeds deeds_;
};

}  // namespace tcprove::fuzz
