#include "harness/adapter/linux/linux_adapter.hpp"

#include <algorithm>
#include <optional>

#include <sys/utsname.h>

#include "harness/adapter/kernel/chatter.hpp"
#include "harness/adapter/kernel/play_clock.hpp"
#include "harness/adapter/kernel/wire_tap.hpp"
#include "harness/adapter/linux/private_namespace.hpp"
#include "harness/adapter/linux/sock_diag.hpp"
#include "harness/adapter/linux/sockets.hpp"
#include "harness/adapter/linux/sysctls.hpp"
#include "harness/adapter/linux/tun_device.hpp"

namespace tcprove::adapter::linux {
namespace {

tcp::Capabilities capabilities() {
  using enum tcp::Capability;
  tcp::Capabilities offered;
  for (const tcp::Capability capability :
       {PassiveOpen,    ActiveOpen,   LocalPort,     UserSend,     UserReceive,
        UserShutdown,   UserClose,    UserAbort,     UserErrors,   Introspection,
        Ipv4,           Ipv6,         UrgentReceive, WindowScale,  Timestamps,
        SackPermitted,  ChallengeAck, SetNoDelay,    SetKeepAlive, SetKeepAliveInterval,
        SetUserTimeout, SetDscp,      SetTtl,        ErrorReports, UrgentSend,
        PathMtu,        Ecn,          SetEcn,        RackTlp,      SourceRoute}) {
    offered.add(capability);
  }
  return offered;
}

std::string kernel_version() {
  utsname name{};
  return uname(&name) == 0 ? std::string(static_cast<const char*>(name.release)) : "unknown";
}

class LinuxAdapter final : public Adapter {
 public:
  [[nodiscard]] const StackProfile& profile() const override { return profile_; }

  std::optional<AdapterError> reset(const ResetOptions& options) override;
  void set_iss(std::optional<wire::SeqNum>) override {}  // The kernel draws its own.

  void deliver(wire::Octets packet) override { tun_.write(packet); }
  void settle() override { take_emissions(); }
  tcp::CallResult call(const tcp::UserCall& call) override { return sockets_.call(call); }
  void advance(base::Duration d) override;

  [[nodiscard]] std::optional<base::Instant> clock() const override {
    return told_ = std::max(told_, clock_.now());
  }
  [[nodiscard]] std::optional<base::Duration> next_deadline() const override { return {}; }
  [[nodiscard]] bool knows_deadlines() const override { return false; }
  [[nodiscard]] std::optional<tcp::State> state(const wire::FourTuple& tuple) const override {
    return diag_.state(tuple);
  }
  [[nodiscard]] const AdapterError* failure() const override {
    return failure_ ? &*failure_ : nullptr;
  }

 private:
  void take_emissions();

  StackProfile profile_{
      .name = "linux",
      .version = kernel_version(),
      .capabilities = capabilities(),
      .msl = std::chrono::seconds(30),  // TCP_TIMEWAIT_LEN is 60 s.
      .initial_rto = std::chrono::seconds(1),
      .delayed_ack_max = std::chrono::milliseconds(200),  // TCP_DELACK_MAX
  };
  kernel::PlayClock clock_;
  TunDevice tun_;
  kernel::WireTap tap_;
  SockDiag diag_;
  Sockets sockets_;
  mutable base::Instant told_;  ///< No emission is stamped earlier than what clock() has said.
  std::optional<AdapterError> failure_;
};

/// A namespace is dear to leave (27 ms, in which others run) and cheap to enter; nothing else is
/// sure to leave nothing behind: TIME-WAIT, routes learnt, what TCP measured.
std::optional<AdapterError> LinuxAdapter::reset(const ResetOptions& options) {
  outbox().clear();
  failure_.reset();
  sockets_.clear();
  if (auto error = enter_fresh_namespace()) return error;
  if (auto error = set_sysctls_of_a_play()) return error;
  if (auto error = tun_.open(options.stack)) return error;
  if (auto error = tap_.open(tun_.index(), kernel::leaving())) return error;
  if (auto error = diag_.open()) return error;
  clock_.restart();
  told_ = base::Instant();
  return std::nullopt;
}

void LinuxAdapter::advance(base::Duration d) {
  take_emissions();
  if (!outbox().empty()) return;
  tap_.wait(d);
  take_emissions();
}

void LinuxAdapter::take_emissions() {
  tun_.drain();
  while (const auto packet = tap_.next(clock_)) {
    if (kernel::is_chatter(packet->octets)) continue;
    told_ = std::max(told_, packet->at);
    outbox().push(told_, packet->octets);
  }
  if (tap_.overflowed()) failure_ = AdapterError{"the stack emitted faster than it was read"};
}

}  // namespace

std::unique_ptr<Adapter> make_linux_adapter() { return std::make_unique<LinuxAdapter>(); }

}  // namespace tcprove::adapter::linux
