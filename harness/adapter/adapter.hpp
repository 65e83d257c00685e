#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "harness/adapter/outbox.hpp"
#include "harness/base/virtual_time.hpp"
#include "harness/tcp/capability.hpp"
#include "harness/tcp/state.hpp"
#include "harness/tcp/user_call.hpp"
#include "harness/wire/address.hpp"
#include "harness/wire/segment.hpp"

namespace tcprove::adapter {

/// A program that is the stack's only user: no call reaches it.
enum class Service : std::uint8_t {
  Echo,     ///< Sends back what it receives, and closes when the peer has (RFC 862).
  Discard,  ///< Throws away what it receives, and closes when the peer has (RFC 863).
};

/// What a stack is and offers, as its adapter knows it; the monitor's windows come from here.
struct StackProfile {
  std::string name;     ///< As in `--target`.
  std::string version;  ///< The stack's own.
  tcp::Capabilities capabilities;
  base::Duration msl = std::chrono::minutes(2);          ///< TIME-WAIT lasts 2 MSL.
  base::Duration initial_rto = std::chrono::seconds(1);  ///< RFC 6298 section 2.1.
  base::Duration delayed_ack_max =
      std::chrono::milliseconds(500);  ///< RFC 9293 MUST-58: less than 0.5 s.
  std::optional<Service> service;      ///< Its user, where that acts by itself.
};

/// How a pristine stack is to be.
struct ResetOptions {
  std::uint64_t seed = 1;  ///< All randomness of the stack comes from this where it lets us.
  wire::IpVersion ip = wire::IpVersion::V4;
  wire::IpAddress stack;  ///< The stack's one address.
  wire::IpAddress peer;   ///< On the same link; more peers share the address, not the port.
  /// What the stack's own clock shows, as if it had run so long; where Capability::SetClock is.
  base::Duration clock{};
};

/// Why an adapter could not do what was asked: the world's fault, never the stack's conformance.
struct AdapterError {
  std::string message;
  /// Nothing is broken, only out of reach here, as what a capability stands for may be: the verdict
  /// is then `unsupported`.
  bool out_of_reach = false;
};

/// A TCP stack under test as a box with three openings: wire, user and time.
///
/// The engine is the only caller, from one thread, in this order: reset(), place() for each
/// connection, then any of the others, leave().
/// Emitted packets go to outbox() with the virtual instant of their emission.
/// An adapter never throws, prints or exits; a stack that crashes takes its worker process with it.
class Adapter {
 public:
  virtual ~Adapter() = default;

  /// The same for the adapter's whole life.
  [[nodiscard]] virtual const StackProfile& profile() const = 0;

  /// A pristine stack: no connections, no listeners, outbox empty, old handles void. Instants are
  /// counted from here, whatever the stack's clock shows.
  /// Errors: what the world refused; the scenario's verdict is then `error`.
  virtual std::optional<AdapterError> reset(const ResetOptions& options) = 0;

  /// Where the connection that a plan has at `planned` is to be found: elsewhere where the stack's
  /// addresses and ports, or the peer's, are not ours to choose.
  virtual wire::FourTuple place(const wire::FourTuple& planned) { return planned; }

  /// The play is over: a stack that goes on when we do not is left without connections to us.
  virtual void leave() {}

  /// Plans the stack's initial sequence number for the connections opened from now on; nothing
  /// returns it to the stack's own choice. Requires: Capability::SetIss.
  virtual void set_iss(std::optional<wire::SeqNum> iss) = 0;

  /// Hands one IP packet to the stack, as is; any octets may come. `packet` may be reused
  /// afterwards.
  virtual void deliver(wire::Octets packet) = 0;

  /// Returns when the stack has done all that it does without time passing.
  virtual void settle() = 0;

  /// Makes one user call; never blocks. A call whose capability is missing answers Unsupported.
  virtual tcp::CallResult call(const tcp::UserCall& call) = 0;

  /// Moves the stack's clock by `d` ≥ 0 and fires what falls due, up to and at the last instant,
  /// each timer at its own instant.
  virtual void advance(base::Duration d) = 0;

  /// What a clock that runs by itself shows, counted from the reset; nothing where advance() alone
  /// moves it. The engine's clock then follows it: advance(d) waits for `d`, or until the stack has
  /// emitted something, and what was emitted carries the instant at which the stack did so, which
  /// is never earlier than the last answer given here.
  [[nodiscard]] virtual std::optional<base::Instant> clock() const { return std::nullopt; }

  /// How long until the stack's next timer fires; nothing where none is set or the stack cannot
  /// tell (see knows_deadlines()).
  [[nodiscard]] virtual std::optional<base::Duration> next_deadline() const = 0;

  /// Whether an empty next_deadline() means that no timer is set.
  [[nodiscard]] virtual bool knows_deadlines() const = 0;

  /// The state of the connection `tuple`, also after close; CLOSED where there is none. With a peer
  /// port of 0: LISTEN where somebody listens on the stack's port, else CLOSED.
  /// Nothing where the adapter cannot tell (no Capability::Introspection).
  [[nodiscard]] virtual std::optional<tcp::State> state(const wire::FourTuple& tuple) const = 0;

  /// Why the adapter can do no more until the next reset(); null where all is well. The engine asks
  /// between steps and at the end, and the verdict is `error`. Never about what a stack may do.
  [[nodiscard]] virtual const AdapterError* failure() const { return nullptr; }

  /// What the stack emitted and the engine has not taken yet.
  Outbox& outbox() { return outbox_; }

 private:
  Outbox outbox_;
};

}  // namespace tcprove::adapter
