#include "harness/adapter/reference/reference_adapter.hpp"

#include "harness/adapter/reference/parameters.hpp"
#include "harness/adapter/reference/rto_rfc6298.hpp"
#include "harness/adapter/reference/stack.hpp"
#include "harness/base/check.hpp"

namespace tcprove::adapter {
namespace {

tcp::Capabilities capabilities() {
  using enum tcp::Capability;
  tcp::Capabilities all;
  for (const tcp::Capability c : {PassiveOpen,
                                  ActiveOpen,
                                  LocalPort,
                                  UserSend,
                                  UserReceive,
                                  UserShutdown,
                                  UserClose,
                                  UserAbort,
                                  UserErrors,
                                  Introspection,
                                  SetIss,
                                  VirtualTime,
                                  Ipv4,
                                  Ipv6,
                                  UrgentReceive,
                                  WindowScale,
                                  Timestamps,
                                  SackPermitted,
                                  ChallengeAck,
                                  SetNoDelay,
                                  SetKeepAlive,
                                  SetKeepAliveInterval,
                                  SetUserTimeout,
                                  SetDscp,
                                  SetTtl,
                                  ErrorReports,
                                  UrgentSend,
                                  PathMtu,
                                  Ecn,
                                  SetEcn,
                                  SetKeepAliveOctet,
                                  SourceRoute,
                                  SetClock}) {
    all.add(c);
  }
  return all;
}

class ReferenceAdapter final : public Adapter {
 public:
  explicit ReferenceAdapter(std::optional<reference::Fault> fault) : fault_(fault) {
    profile_.name = "reference";
    if (fault) {
      profile_.name += ":fault=";
      profile_.name += reference::faults()[static_cast<std::size_t>(*fault)].name;
    }
    profile_.version = "RFC 9293";
    profile_.capabilities = capabilities();
    profile_.msl = reference::kMsl;
    profile_.initial_rto = reference::RetransmissionTimeout::kInitial;
    profile_.delayed_ack_max = reference::kDelayedAck;
  }

  [[nodiscard]] const StackProfile& profile() const override { return profile_; }

  std::optional<AdapterError> reset(const ResetOptions& options) override {
    outbox().clear();
    stack_.emplace(outbox(), options, fault_);
    return std::nullopt;
  }

  void set_iss(std::optional<wire::SeqNum> iss) override {
    if (iss) stack_->plan_iss(*iss);
  }

  void deliver(wire::Octets packet) override { stack_->deliver(packet); }

  /// Every event is processed to its end when it happens.
  void settle() override {}

  tcp::CallResult call(const tcp::UserCall& call) override { return stack_->call(call); }
  void advance(base::Duration d) override { stack_->advance(d); }

  [[nodiscard]] std::optional<base::Duration> next_deadline() const override {
    return stack_->next_deadline();
  }
  [[nodiscard]] bool knows_deadlines() const override { return true; }

  [[nodiscard]] std::optional<tcp::State> state(const wire::FourTuple& tuple) const override {
    return stack_->state(tuple);
  }

 private:
  std::optional<reference::Fault> fault_;
  StackProfile profile_;
  std::optional<reference::Stack> stack_;  ///< There is none before the first reset().
};

}  // namespace

std::unique_ptr<Adapter> make_reference() {
  return std::make_unique<ReferenceAdapter>(std::nullopt);
}

std::span<const NamedFault> reference_faults() { return reference::faults(); }

std::unique_ptr<Adapter> make_faulty_reference(std::string_view fault) {
  const auto known = reference::parse_fault(fault);
  TCPROVE_CHECK(known, "the fault was known before the adapter was made");
  return std::make_unique<ReferenceAdapter>(known);
}

}  // namespace tcprove::adapter
