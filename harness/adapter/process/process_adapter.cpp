#include "harness/adapter/process/process_adapter.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "harness/adapter/process/child.hpp"
#include "harness/adapter/process/hex.hpp"
#include "harness/adapter/process/messages.hpp"

namespace tcprove::adapter::process {
namespace {

class ProcessAdapter final : public Adapter {
 public:
  explicit ProcessAdapter(std::string command) : child_(std::move(command)) {}

  /// Starts the child where it does not run, and has it introduce itself.
  std::optional<AdapterError> open();

  [[nodiscard]] const StackProfile& profile() const override { return profile_; }
  [[nodiscard]] const AdapterError* failure() const override {
    return failure_ ? &*failure_ : nullptr;
  }
  std::optional<AdapterError> reset(const ResetOptions& options) override;
  void set_iss(std::optional<wire::SeqNum> iss) override {
    if (iss) ask("set_iss", {{"iss", iss->raw()}});
  }
  void deliver(wire::Octets packet) override { ask("deliver", {{"packet", to_hex(packet)}}); }
  void settle() override {}  // Whoever answers has settled.
  tcp::CallResult call(const tcp::UserCall& call) override;
  void advance(base::Duration d) override;
  [[nodiscard]] std::optional<base::Duration> next_deadline() const override { return deadline_; }
  [[nodiscard]] bool knows_deadlines() const override { return deadline_known_; }
  [[nodiscard]] std::optional<tcp::State> state(const wire::FourTuple& tuple) const override;

 private:
  /// The answer, where the child gave one and has not failed; its emissions are in the outbox.
  std::optional<Answer> ask(std::string_view method, const Json& params);
  /// As ask(), with what it emitted left out.
  std::optional<Answer> exchange(std::string_view method, const Json& params) const;
  void take(const Json& result);
  std::nullopt_t fail(std::string message) const;

  StackProfile profile_;
  // A question about a state is one to the child, too.
  mutable Child child_;
  mutable std::uint64_t last_id_ = 0;
  mutable std::optional<AdapterError> failure_;
  bool introduced_ = false;
  base::Instant now_;
  base::Instant earliest_;  ///< That the next emission may carry.
  std::optional<base::Duration> deadline_;
  bool deadline_known_ = false;
};

/// A child that has lost the thread is not asked again: what it says next may answer anything.
std::nullopt_t ProcessAdapter::fail(std::string message) const {
  if (failure_) return std::nullopt;
  failure_ = child_.runs() ? child_.give_up(std::move(message)) : AdapterError{std::move(message)};
  return std::nullopt;
}

std::optional<Answer> ProcessAdapter::exchange(std::string_view method, const Json& params) const {
  if (failure_ || !child_.runs()) return std::nullopt;
  const std::uint64_t id = ++last_id_;
  if (const auto error = child_.ask(request(id, method, params))) {
    return fail(fmt::format("{}: {}", method, error->message));
  }
  auto answer = read_answer(child_.answer(), id);
  if (!answer) return fail(fmt::format("{}: {}", method, answer.error().message));
  if (!answer.value().error.empty()) {
    return fail(fmt::format("{}: {}", method, answer.value().error));
  }
  return std::move(answer.value());
}

std::optional<Answer> ProcessAdapter::ask(std::string_view method, const Json& params) {
  std::optional<Answer> answer = exchange(method, params);
  if (answer && !answer->unsupported) take(answer->result);
  return answer;
}

void ProcessAdapter::take(const Json& result) {
  const auto after = read_aftermath(result);
  if (!after) {
    fail(after.error().message);
    return;
  }
  deadline_known_ = after.value().deadline_known;
  deadline_ = after.value().deadline;
  for (const Aftermath::Emission& emission : after.value().emitted) {
    base::Instant at = emission.at;
    if (!profile_.capabilities.has(tcp::Capability::VirtualTime)) {
      at = std::clamp(at, earliest_, now_);  // Two real clocks never agree.
    }
    if (at < earliest_ || at > now_) {
      fail(fmt::format("the child emitted at {} ns: the clock has gone from {} to {} ns",
                       at.time_since_epoch().count(), earliest_.time_since_epoch().count(),
                       now_.time_since_epoch().count()));
      return;
    }
    earliest_ = at;
    outbox().push(at, emission.packet);
  }
}

std::optional<AdapterError> ProcessAdapter::open() {
  failure_.reset();
  const bool fresh = !child_.runs();
  if (auto error = child_.start()) return error;
  if (!fresh) return std::nullopt;
  last_id_ = 0;
  const auto answer = exchange("hello", {{"protocol", 1}});
  if (!answer) return failure_;
  if (answer->unsupported) {
    fail("the child does not know the method hello");
    return failure_;
  }
  auto profile = read_profile(answer->result);
  if (!profile) {
    fail(profile.error().message);
    return failure_;
  }
  if (introduced_ && !(profile.value().capabilities == profile_.capabilities)) {
    fail("the child claims other capabilities than when it was first started");
    return failure_;
  }
  profile_ = std::move(profile.value());
  introduced_ = true;
  return std::nullopt;
}

std::optional<AdapterError> ProcessAdapter::reset(const ResetOptions& options) {
  outbox().clear();
  now_ = earliest_ = base::Instant();
  deadline_.reset();
  deadline_known_ = false;
  if (auto error = open()) return error;
  const auto answer = ask("reset", reset_params(options));
  if (answer && answer->unsupported) fail("the child does not know the method reset");
  return failure_;
}

tcp::CallResult ProcessAdapter::call(const tcp::UserCall& call) {
  const tcp::CallResult unsupported{.status = tcp::CallStatus::Unsupported};
  const auto answer = ask(method_of(call), call_params(call));
  if (!answer || answer->unsupported) return unsupported;
  const auto result = read_call(call, answer->result);
  if (result) return result.value();
  fail(fmt::format("{}: {}", method_of(call), result.error().message));
  return unsupported;
}

void ProcessAdapter::advance(base::Duration d) {
  earliest_ = now_;
  now_ += d;
  ask("advance", {{"ns", d.count()}});
}

std::optional<tcp::State> ProcessAdapter::state(const wire::FourTuple& tuple) const {
  if (!profile_.capabilities.has(tcp::Capability::Introspection)) return std::nullopt;
  const auto answer = exchange("state", state_params(tuple));
  if (!answer || answer->unsupported) return std::nullopt;
  const auto state = read_state(answer->result);
  if (state) return state.value();
  return fail(state.error().message);
}

}  // namespace

base::Result<std::unique_ptr<Adapter>, AdapterError> start_process(const std::string& command) {
  auto adapter = std::make_unique<ProcessAdapter>(command);
  if (const auto failed = adapter->open()) {
    return AdapterError{fmt::format("{}{}: {}", kPrefix, command, failed->message)};
  }
  return std::unique_ptr<Adapter>(std::move(adapter));
}

}  // namespace tcprove::adapter::process
