// The user calls as the adapter makes them, by handle.

#include <algorithm>

#include "harness/adapter/reference/calls.hpp"
#include "harness/adapter/reference/connection.hpp"
#include "harness/adapter/reference/ip.hpp"
#include "harness/adapter/reference/parameters.hpp"
#include "harness/adapter/reference/stack.hpp"
#include "harness/tcp/known_call.hpp"

namespace tcprove::adapter::reference {

using tcp::CallKind;
using tcp::CallResult;
using tcp::CallStatus;

namespace {

constexpr std::uint16_t kEphemeralFirst = 49152;  // RFC 6335 section 6.
constexpr std::uint16_t kEphemeralCount = 16384;

}  // namespace

CallResult Stack::call(const tcp::UserCall& call) {
  if (!tcp::is_known(call)) return {.status = CallStatus::Unsupported};
  CallResult result;
  if (call.kind == CallKind::Listen) {
    result = listen(call.local);
  } else if (call.kind == CallKind::Connect) {
    result = connect(call.local, call.peer);
  } else if (call.kind == CallKind::Set && call.handle == tcp::kNoHandle) {
    set_option(settings_, call.option, call.value);
  } else if (listeners_.contains(call.handle)) {
    result = call_on_listener(call);
  } else if (const auto found = connections_.find(call.handle);
             found != connections_.end() && found->second.user == User::Holds) {
    result = call_on_connection(call, found->second);
  } else {
    result.status = CallStatus::NoConnection;
  }
  erase_deleted();
  return result;
}

/// Section 3.10.1, passive OPEN.
CallResult Stack::listen(const wire::Endpoint& local) {
  const auto own = own_endpoint(local);
  if (!own || own->port == 0) return {.status = CallStatus::InvalidArgument};
  const bool has_connection = std::ranges::any_of(
      connections_, [&](const auto& entry) { return entry.second.tuple.stack == *own; });
  if (host_.defect(Fault::ListenRefusedBesideConnection) && has_connection) {
    return {.status = CallStatus::InvalidArgument};
  }
  for (auto& [id, tcb] : connections_) {
    if (host_.defect(Fault::ListenEndsConnections) && tcb.tuple.stack == *own) {
      enter_closed(host_, tcb);
    }
  }
  if (listener_on(own->port) != nullptr) return {.status = CallStatus::InvalidArgument};
  if (listeners_.size() >= kConnectionsMax) return {.status = CallStatus::InsufficientResources};
  const tcp::Handle handle = host_.next_number();
  listeners_.emplace(handle, Listener{.local = *own, .settings = settings_});
  return {.handle = handle};
}

/// The first to be established is the first to be accepted.
CallResult Stack::accept(tcp::Handle listener) {
  Tcb* first = nullptr;
  for (auto& [id, tcb] : connections_) {
    const bool complete = tcb.was_established || host_.defect(Fault::AcceptBeforeEstablished);
    const bool ready = tcb.listener == listener && tcb.user == User::NotYet && complete;
    if (ready && (first == nullptr || tcb.established_order < first->established_order)) {
      first = &tcb;
    }
  }
  if (first == nullptr) return {.status = CallStatus::WouldBlock};
  first->user = User::Holds;
  return {.handle = first->id, .peer = first->tuple.peer};
}

/// Section 3.10.1, active OPEN.
CallResult Stack::connect(const wire::Endpoint& local, const wire::Endpoint& peer) {
  auto own = own_endpoint(local);
  const bool valid_peer =
      peer.port != 0 && (is_unicast(peer.address) || host_.defect(Fault::InvalidPeerTaken)) &&
      peer.address.version == host_.address().version && peer.address != host_.address();
  if (!own || !valid_peer) return {.status = CallStatus::InvalidArgument};
  if (connections_.size() >= kConnectionsMax) {
    return {.status = CallStatus::InsufficientResources};
  }
  if (own->port == 0) {
    const auto port = ephemeral_port(peer);
    if (!port) return {.status = CallStatus::InsufficientResources};
    own->port = *port;
  }
  const wire::FourTuple tuple{.stack = *own, .peer = peer};
  // "error: connection already exists"
  const bool remembered =
      host_.defect(Fault::PortsNotReleased) &&
      std::ranges::any_of(connections_, [&](const auto& c) { return c.second.tuple == tuple; });
  if (find(tuple) != nullptr || remembered) return {.status = CallStatus::InvalidArgument};
  Tcb& tcb = make_connection(tuple);
  tcb.settings = settings_;
  open_active(host_, tcb);
  return {.handle = tcb.id};
}

CallResult Stack::call_on_listener(const tcp::UserCall& call) {
  switch (call.kind) {
    case CallKind::Accept:
      return accept(call.handle);
    case CallKind::Close:
    case CallKind::Abort:
      if (!host_.defect(Fault::PortNotReleased)) listeners_.erase(call.handle);
      // Nobody can accept them any more.
      for (auto& [id, tcb] : connections_) {
        if (tcb.listener == call.handle && tcb.user == User::NotYet) abort(host_, tcb);
      }
      return {};
    case CallKind::Receive:
      return {.status = CallStatus::WouldBlock};  // "queued"
    case CallKind::Set:
      set_option(listeners_.at(call.handle).settings, call.option, call.value);
      return {};
    default:
      return {.status = CallStatus::InvalidArgument};  // "error: remote socket unspecified"
  }
}

CallResult Stack::call_on_connection(const tcp::UserCall& call, Tcb& tcb) {
  switch (call.kind) {
    case CallKind::Send:
      return send(host_, tcb, call.octets, call.urgent);
    case CallKind::Receive:
      return receive(host_, tcb, call.buffer);
    case CallKind::Shutdown:
      return close(host_, tcb);
    case CallKind::Close:
      return close_both_ways(host_, tcb);
    case CallKind::Abort:
      return abort(host_, tcb);
    case CallKind::Set:
      return set(host_, tcb, call);
    case CallKind::Report:
      return report(tcb);
    case CallKind::Urgent:
      return urgent(host_, tcb);
    default:
      return {.status = CallStatus::InvalidArgument};
  }
}

/// MUST-43, MUST-44: no address means the host's only one.
std::optional<wire::Endpoint> Stack::own_endpoint(const wire::Endpoint& local) const {
  const bool unspecified = std::ranges::all_of(local.address.octets, [](auto o) { return o == 0; });
  const bool own = local.address == host_.address() && !host_.defect(Fault::OwnAddressRefused);
  if (!unspecified && !own) return std::nullopt;
  if (unspecified && host_.defect(Fault::UnspecifiedAddressRefused)) return std::nullopt;
  return wire::Endpoint{.address = host_.address(), .port = local.port};
}

std::optional<std::uint16_t> Stack::ephemeral_port(const wire::Endpoint& peer) {
  for (std::uint32_t tried = 0; tried < kEphemeralCount; ++tried) {
    const auto port =
        static_cast<std::uint16_t>(kEphemeralFirst + next_ephemeral_++ % kEphemeralCount);
    const wire::Endpoint own{.address = host_.address(), .port = port};
    if (listener_on(port) == nullptr && find({.stack = own, .peer = peer}) == nullptr) return port;
  }
  return std::nullopt;
}

}  // namespace tcprove::adapter::reference
