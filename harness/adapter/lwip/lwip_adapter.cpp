#include "harness/adapter/lwip/lwip_adapter.hpp"

#include <lwip/init.h>
#include <lwip/priv/tcp_priv.h>

#include "harness/adapter/lwip/lwip_environment.hpp"
#include "harness/adapter/lwip/lwip_sockets.hpp"
#include "harness/adapter/lwip/lwip_stack.hpp"
#include "harness/adapter/lwip/lwip_state.hpp"

namespace tcprove::adapter::lwip {
namespace {

tcp::Capabilities capabilities() {
  using enum tcp::Capability;
  tcp::Capabilities offered;
  for (const tcp::Capability capability : {PassiveOpen,
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
                                           SetNoDelay,
                                           SetKeepAlive,
                                           SetKeepAliveInterval,
                                           SetDscp,
                                           SetTtl,
                                           SetClock}) {
    offered.add(capability);
  }
  // tcp_process() challenges a RST inside the window and a SYN in a synchronized state (RFC 5961
  // sections 3 and 4); of section 5, the range of acceptable ACKs, it knows only the upper end.
  offered.add(ChallengeAck);
  if (LWIP_WND_SCALE != 0) offered.add(WindowScale);
  if (LWIP_TCP_TIMESTAMPS != 0) offered.add(Timestamps);
  if (LWIP_TCP_SACK_OUT != 0) offered.add(SackPermitted);
  return offered;
}

class LwipAdapter final : public Adapter {
 public:
  [[nodiscard]] const StackProfile& profile() const override { return profile_; }

  std::optional<AdapterError> reset(const ResetOptions& options) override {
    outbox().clear();
    stack_.boot(options, outbox());
    sockets_.clear();
    return std::nullopt;
  }

  void set_iss(std::optional<wire::SeqNum> iss) override { environment().iss = iss; }

  void deliver(wire::Octets packet) override { stack_.input(packet); }

  /// lwIP does all that it does at once before it returns from a call or a packet.
  void settle() override {}

  tcp::CallResult call(const tcp::UserCall& call) override { return sockets_.call(call); }

  void advance(base::Duration d) override { stack_.advance(d); }

  [[nodiscard]] std::optional<base::Duration> next_deadline() const override {
    return stack_.next_deadline();
  }

  [[nodiscard]] bool knows_deadlines() const override { return true; }

  [[nodiscard]] std::optional<tcp::State> state(const wire::FourTuple& tuple) const override {
    return state_of(tuple);
  }

 private:
  StackProfile profile_{
      .name = "lwip",
      .version = LWIP_VERSION_STRING,
      .capabilities = capabilities(),
      .msl = std::chrono::milliseconds(TCP_MSL),
      // tcp_alloc(); counted in ticks of 500 ms, so that it may end up to one tick early.
      .initial_rto = std::chrono::seconds(3),
      .delayed_ack_max = std::chrono::milliseconds(TCP_FAST_INTERVAL),
  };
  Stack stack_;
  Sockets sockets_;
};

}  // namespace

std::unique_ptr<Adapter> make_lwip_adapter() { return std::make_unique<LwipAdapter>(); }

}  // namespace tcprove::adapter::lwip
