#include "harness/adapter/slirp/slirp_adapter.hpp"

#include <slirp/libslirp.h>

#include "harness/adapter/slirp/slirp_sockets.hpp"
#include "harness/adapter/slirp/slirp_stack.hpp"

namespace tcprove::adapter::slirp {
namespace {

/// IPv6 is not among them: libslirp forwards no IPv6 connection to an application of ours. Nor is
/// UserErrors: its application sees an end of stream, whatever ended the connection.
tcp::Capabilities capabilities() {
  using enum tcp::Capability;
  tcp::Capabilities offered;
  for (const tcp::Capability capability :
       {PassiveOpen, ActiveOpen, LocalPort, UserSend, UserReceive, UserShutdown, UserClose,
        UserAbort, Introspection, VirtualTime, Ipv4, SetClock}) {
    offered.add(capability);
  }
  return offered;
}

class SlirpAdapter final : public Adapter {
 public:
  [[nodiscard]] const StackProfile& profile() const override { return profile_; }

  std::optional<AdapterError> reset(const ResetOptions& options) override {
    if (auto mistake = sockets_.clear(options)) return mistake;
    stack_.boot(options);
    outbox().clear();
    return std::nullopt;
  }

  void set_iss(std::optional<wire::SeqNum>) override {}

  void deliver(wire::Octets packet) override { stack_.input(packet); }

  void settle() override {
    stack_.settle();
    sockets_.settle(stack_);
  }

  tcp::CallResult call(const tcp::UserCall& call) override {
    const tcp::CallResult result = sockets_.call(stack_, call);
    settle();
    return result;
  }

  void advance(base::Duration d) override {
    stack_.advance(d);
    sockets_.settle(stack_);
  }

  [[nodiscard]] std::optional<base::Duration> next_deadline() const override {
    return stack_.next_deadline();
  }

  [[nodiscard]] bool knows_deadlines() const override { return true; }

  [[nodiscard]] std::optional<tcp::State> state(const wire::FourTuple& tuple) const override {
    return sockets_.state(stack_, tuple);
  }

 private:
  StackProfile profile_{
      .name = "slirp",
      .version = slirp_version_string(),
      .capabilities = capabilities(),
      .msl = std::chrono::seconds(5),  // TCPTV_MSL
      // tcp_newtcpcb(); in ticks of 499 ms, of which the first may come at once.
      .initial_rto = std::chrono::seconds(6),
      .delayed_ack_max = std::chrono::milliseconds(2),  // TIMEOUT_FAST
  };
  Sockets sockets_;
  Stack stack_{sockets_, outbox()};  // tells sockets_ of what it closes: it goes first
};

}  // namespace

std::unique_ptr<Adapter> make_slirp_adapter() { return std::make_unique<SlirpAdapter>(); }

}  // namespace tcprove::adapter::slirp
