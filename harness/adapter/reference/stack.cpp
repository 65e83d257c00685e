#include "harness/adapter/reference/stack.hpp"

#include <algorithm>
#include <utility>

#include "harness/adapter/reference/connection.hpp"
#include "harness/adapter/reference/icmp.hpp"
#include "harness/adapter/reference/ip.hpp"
#include "harness/adapter/reference/parameters.hpp"
#include "harness/wire/options.hpp"

namespace tcprove::adapter::reference {

using tcp::State;

namespace {

/// Of an option (MUST-7).
bool has_illegal_length(const Arrival& arrival) {
  wire::OptionReader options(arrival.seg.options);
  while (options.next_raw()) continue;
  return options.malformed();
}

}  // namespace

Stack::Stack(Outbox& outbox, const ResetOptions& options, std::optional<Fault> fault)
    : host_(outbox, options, fault),
      next_ephemeral_(static_cast<std::uint16_t>(host_.secret() >> 48U)) {}

void Stack::deliver(wire::Octets packet) {
  if (const auto arrival = receive_packet(host_, packet)) {
    arrives(*arrival);
  } else if (const auto message = receive_icmp(host_, packet)) {
    icmp_arrives(*message);
  }
  erase_deleted();
}

/// MUST-54: to the connection whose segment is quoted, and to no other.
void Stack::icmp_arrives(const wire::IcmpMessage& message) {
  const auto quoted = wire::quoted_segment(message.quoted);
  if (!quoted) return;
  Tcb* tcb = find({.stack = quoted->source, .peer = quoted->destination});
  if (host_.defect(Fault::IcmpToAnyConnection) && !connections_.empty()) {
    tcb = &connections_.begin()->second;
  }
  if (tcb != nullptr) reference::icmp_arrives(host_, *tcb, message, quoted->seq);
}

void Stack::arrives(const Arrival& arrival) {
  if (host_.defect(Fault::OptionLengthEndsListeners) && has_illegal_length(arrival)) {
    listeners_.clear();
  }
  if (host_.defect(Fault::ListenEndsOnRst) && arrival.seg.ctl.has(wire::Flag::Rst)) {
    listeners_.clear();
  }
  Tcb* tcb = find(arrival.tuple);
  if (tcb == nullptr || (may_reopen_from_time_wait(host_, *tcb, arrival) &&
                         listener_on(arrival.tuple.stack.port) != nullptr)) {
    arrives_at_listener(arrival);
    return;
  }
  if (tcb->state == State::SynSent) {
    arrives_syn_sent(host_, *tcb, arrival);
  } else {
    arrives_other(host_, *tcb, arrival);
  }
  if (tcb->was_established) retire_time_wait_behind(*tcb);
}

void Stack::arrives_at_listener(const Arrival& arrival) {
  const auto* listener = listener_on(arrival.tuple.stack.port);
  if (listener == nullptr) return arrives_closed(host_, arrival);
  if (!arrives_listen(host_, arrival)) return;
  if (backlog(listener->first) >= kBacklogMax || connections_.size() >= kConnectionsMax) return;
  const Tcb* time_wait = find(arrival.tuple);
  Tcb& tcb = make_connection(arrival.tuple);
  tcb.listener = listener->first;
  tcb.user = User::NotYet;
  tcb.settings = listener->second.settings;
  accept_syn(host_, tcb, arrival, time_wait);
}

/// A TIME-WAIT that a SYN reopened stands behind the new connection until its handshake is
/// complete: if the SYN proves an old duplicate, TIME-WAIT is there again (MAY-2, condition 2).
void Stack::retire_time_wait_behind(const Tcb& established) {
  for (auto& [id, tcb] : connections_) {
    if (id < established.id && tcb.state == State::TimeWait && tcb.tuple == established.tuple) {
      enter_closed(host_, tcb);
    }
  }
}

void Stack::advance(base::Duration d) {
  const base::Instant end = host_.now() + d;
  for (auto timer = host_.timers().next(); timer && timer->at <= end;
       timer = host_.timers().next()) {
    host_.set_now(timer->at);
    Tcb& tcb = connections_.at(timer->owner);
    host_.stop_timer(tcb, timer->kind);
    timeout(host_, tcb, timer->kind);
    finish_event(host_, tcb);
    erase_deleted();
  }
  host_.set_now(end);
}

std::optional<base::Duration> Stack::next_deadline() const {
  const auto timer = host_.timers().next();
  if (!timer) return std::nullopt;
  return timer->at - host_.now();
}

State Stack::state(const wire::FourTuple& tuple) const {
  if (tuple.peer.port == 0) {
    return listener_on(tuple.stack.port) != nullptr ? State::Listen : State::Closed;
  }
  State newest = State::Closed;
  for (const auto& [id, tcb] : connections_) {
    if (tcb.tuple == tuple && tcb.state != State::Closed) newest = tcb.state;
  }
  return newest;
}

Tcb* Stack::find(const wire::FourTuple& tuple) {
  Tcb* newest = nullptr;
  for (auto& [id, tcb] : connections_) {
    if (tcb.tuple == tuple && tcb.state != State::Closed) newest = &tcb;
  }
  return newest;
}

Tcb& Stack::make_connection(const wire::FourTuple& tuple) {
  const tcp::Handle id = host_.next_number();
  Tcb& tcb = connections_[id];
  tcb.id = id;
  tcb.tuple = tuple;
  return tcb;
}

const std::pair<const tcp::Handle, Stack::Listener>* Stack::listener_on(std::uint16_t port) const {
  const auto found = std::ranges::find_if(
      listeners_, [port](const auto& entry) { return entry.second.local.port == port; });
  return found == listeners_.end() ? nullptr : &*found;
}

std::size_t Stack::backlog(tcp::Handle listener) const {
  return static_cast<std::size_t>(std::ranges::count_if(connections_, [listener](const auto& c) {
    return c.second.listener == listener && c.second.user == User::NotYet;
  }));
}

/// "Delete the TCB": at once, unless a user holds it or may still accept it to learn what became
/// of it.
void Stack::erase_deleted() {
  std::erase_if(connections_, [](const auto& entry) {
    const Tcb& tcb = entry.second;
    const bool awaited =
        tcb.user == User::Holds || (tcb.user == User::NotYet && tcb.was_established);
    return tcb.state == State::Closed && !awaited;
  });
}

}  // namespace tcprove::adapter::reference
