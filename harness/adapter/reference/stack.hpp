#pragma once

#include <map>
#include <optional>

#include "harness/adapter/adapter.hpp"
#include "harness/adapter/reference/arrives.hpp"
#include "harness/adapter/reference/host.hpp"
#include "harness/adapter/reference/tcb.hpp"
#include "harness/wire/icmp.hpp"

namespace tcprove::adapter::reference {

/// The TCP endpoint: finds the connection that an event belongs to, and has it processed.
///
/// A listener is a record of its own (MUST-41, MUST-42): a SYN makes a new connection beside it,
/// and "back to LISTEN" means that the connection is gone.
class Stack {
 public:
  /// Lifetime: keeps `outbox`.
  Stack(Outbox& outbox, const ResetOptions& options, std::optional<Fault> fault = std::nullopt);

  void plan_iss(wire::SeqNum iss) { host_.plan_iss(iss); }
  void deliver(wire::Octets packet);
  tcp::CallResult call(const tcp::UserCall& call);
  void advance(base::Duration d);
  [[nodiscard]] std::optional<base::Duration> next_deadline() const;

  /// STATUS (RFC 9293 section 3.10.6), in Adapter::state()'s terms.
  [[nodiscard]] tcp::State state(const wire::FourTuple& tuple) const;

 private:
  struct Listener {
    wire::Endpoint local;
    Settings settings;  ///< Of the connections that come of it.
  };

  Tcb* find(const wire::FourTuple& tuple);
  Tcb& make_connection(const wire::FourTuple& tuple);
  [[nodiscard]] const std::pair<const tcp::Handle, Listener>* listener_on(std::uint16_t port) const;
  [[nodiscard]] std::size_t backlog(tcp::Handle listener) const;

  void arrives(const Arrival& arrival);
  void icmp_arrives(const wire::IcmpMessage& message);
  void arrives_at_listener(const Arrival& arrival);
  void retire_time_wait_behind(const Tcb& established);
  void erase_deleted();

  tcp::CallResult listen(const wire::Endpoint& local);
  tcp::CallResult accept(tcp::Handle listener);
  tcp::CallResult connect(const wire::Endpoint& local, const wire::Endpoint& peer);
  tcp::CallResult call_on_listener(const tcp::UserCall& call);
  tcp::CallResult call_on_connection(const tcp::UserCall& call, Tcb& tcb);
  [[nodiscard]] std::optional<wire::Endpoint> own_endpoint(const wire::Endpoint& local) const;
  [[nodiscard]] std::optional<std::uint16_t> ephemeral_port(const wire::Endpoint& peer);

  Host host_;
  std::map<tcp::Handle, Listener> listeners_;
  std::map<tcp::Handle, Tcb> connections_;  ///< By age: handles grow.
  Settings settings_;  ///< Of the listeners and connections that are opened from now on.
  std::uint16_t next_ephemeral_ = 0;
};

}  // namespace tcprove::adapter::reference
