#include <algorithm>

#include "harness/monitor/follow.hpp"
#include "harness/monitor/half_circle.hpp"

namespace tcprove::monitor {
namespace {

using tcp::CallKind;
using tcp::State;
using tcp::States;

void end_possibly(ShadowTcb& tcb) {
  tcb.phases.add(State::Closed);
  tcb.duties.settle_all();
}

bool is_within(const States& states, std::initializer_list<State> others) {
  States left = states;
  for (const State state : others) left.add(state);
  States right;
  for (const State state : others) right.add(state);
  return !states.empty() && left == right;
}

bool ends(CallKind call) {
  return call == CallKind::Shutdown || call == CallKind::Close || call == CallKind::Abort;
}

/// Section 3.10.4.
void call_close(ShadowTcb& tcb, CallKind call) {
  UserSide& user = tcb.user;
  ++user.closes;
  if (!user.shut) {
    user.shut = true;
    user.closed_first = tcb.fin_surely_received()     ? ClosedFirst::Peer
                        : tcb.fin_possibly_received() ? ClosedFirst::Unclear
                                                      : ClosedFirst::Stack;
  }
  if (tcb.may_be(State::SynSent)) end_possibly(tcb);
  if (call != CallKind::Close) return;
  user.closed = true;
  if (tcb.may_be(State::SynReceived)) end_possibly(tcb);
  tcb.duties.settle_all();  // Unread data may end it with a RST (SHLD-3).
}

/// Section 3.10.5.
void call_abort(ShadowTcb& tcb, const StackFacts& facts, const trace::Event& event,
                std::size_t index) {
  using enum State;
  const bool resets = tcb.followed && tcb.user_has_it() && tcb.snd.known && !tcb.user.closed &&
                      is_within(tcb.states(event.at, facts),
                                {SynReceived, Established, FinWait1, FinWait2, CloseWait});
  tcb.user.aborted = true;
  end_possibly(tcb);
  if (!resets) return;
  tcb.duties.owe(Owed::ResetOfAbort,
                 {.since = event.at, .due = event.at + kAckDelayMax, .event = index});
}

void follow_called(ShadowTcb& tcb, const StackFacts& facts, const trace::Event& event,
                   wire::Octets octets, std::size_t index) {
  tcb.front.undisturbed = tcb.front.restarted = false;
  tcb.answer = {};
  tcb.bare_ack_drawn = false;
  tcb.caused = true;
  tcb.user_before_call = tcb.user;
  switch (event.call) {
    case CallKind::Send:
      tcb.user.offered = static_cast<wire::SeqLen>(octets.size());
      tcb.snd.handed_over.write(wire::SeqNum(tcb.user.sent), octets);
      tcb.snd.handed_over_up_to =
          std::max(tcb.snd.handed_over_up_to, tcb.user.sent + tcb.user.offered);
      return;
    case CallKind::Shutdown:
    case CallKind::Close:
      return call_close(tcb, event.call);
    case CallKind::Abort:
      return call_abort(tcb, facts, event, index);
    case CallKind::Listen:
      tcb.route.own_unclear = true;  // What is set may be the listener's.
      return;
    case CallKind::Accept:
    case CallKind::Connect:
    case CallKind::Receive:
    case CallKind::Set:
    case CallKind::Report:
    case CallKind::Urgent:
      return;
  }
}

void follow_answered(ShadowTcb& tcb, const trace::Event& event, wire::Octets octets,
                     std::size_t index) {
  using enum tcp::CallStatus;
  if (event.status == Reset || event.status == Refused || event.status == TimedOut) {
    tcb.user.error_told = true;
  }
  if (event.status != Ok) {
    tcb.duties.settle(Owed::ResetOfAbort);
    const bool in_vain = event.status == NoConnection || event.status == InvalidArgument ||
                         event.status == Unsupported;
    if (!in_vain && ends(event.call)) end_possibly(tcb);  // It may be told so that it is gone.
    const bool told = tcb.user.error_told;
    // A connection that the user does not have yet is not the one that it was told of.
    const bool of_another = !tcb.user_has_it();
    if (in_vain || of_another || event.call == CallKind::Abort) tcb.user = tcb.user_before_call;
    tcb.user.error_told = told;
    return;
  }
  switch (event.call) {
    case CallKind::Receive:
      tcb.user.read += static_cast<wire::SeqLen>(octets.size());
      tcb.rcv.edge_slack += static_cast<wire::SeqLen>(octets.size());
      return owe_window_update(tcb, event.at, index);
    case CallKind::Send:
      tcb.user.sent += event.took;
      return;
    case CallKind::Accept:
      // What the listener has ready is not the connection that was opened from here.
      if (tcb.active_open) tcb.user.reads_known = false;
      tcb.user.accepted = true;
      tcb.settings = {};  // What the listener had may hold, or not.
      return;
    case CallKind::Connect:
      if (tcb.snd.known) tcb.settings = {};  // They were another connection's.
      tcb.restart();
      tcb.active_open = true;
      tcb.phases = {};
      tcb.phases.add(State::SynSent);
      return;
    case CallKind::Shutdown:
    case CallKind::Close:
      return owe_fin(tcb, event.at, index);
    case CallKind::Set:
      return follow_set(tcb, event);
    case CallKind::Listen:
      tcb.settings.listener_had_it = true;
      return;
    case CallKind::Report:
      return follow_report(tcb, event.report);
    case CallKind::Abort:
    case CallKind::Urgent:
      return;
  }
}

/// MUST-51 is about what the user names before an active OPEN.
void note_own_route(ShadowTcb& tcb, std::uint32_t gateway) {
  tcb.route.own_unclear |= tcb.snd.known || !tcb.only(tcp::State::Closed);
  tcb.route.own = {.hops = {gateway}, .count = 1};
  tcb.sizes.largest_sent = 0;  // A route takes room, as IPoptionsize of section 3.7.1.
}

}  // namespace

/// What is set stays said, also where it is set back: rules ask only whether defaults are in use.
void follow_set(ShadowTcb& tcb, const trace::Event& event) {
  UserSide& user = tcb.user;
  follow_setting(tcb, event);
  switch (event.option) {
    case tcp::UserOption::KeepAlive:
      user.wants_keep_alives = true;
      return;
    case tcp::UserOption::KeepAliveInterval:
      user.sets_keep_alive_time = true;
      return;
    case tcp::UserOption::UserTimeout:
      user.sets_timeout = true;
      return;
    case tcp::UserOption::NoDelay:
      user.sets_no_delay = true;
      return;
    case tcp::UserOption::SourceRoute:
      return note_own_route(tcb, static_cast<std::uint32_t>(event.value));
    case tcp::UserOption::ErrorReports:
      return note_reports_switch(tcb, event.value != 0);
    case tcp::UserOption::Dscp:
    case tcp::UserOption::Ttl:
    case tcp::UserOption::Ecn:
      return;
    case tcp::UserOption::KeepAliveOctet:
      user.wants_keep_alive_octet = true;
      return;
  }
}

void follow_call(ShadowTcb& tcb, const StackFacts& facts, const trace::Event& event,
                 wire::Octets octets, std::size_t index) {
  tcb.last_stimulus = event.at;
  tcb.answers_arrival = false;
  if (event.kind == trace::EventKind::Called) {
    follow_called(tcb, facts, event, octets, index);
  } else {
    follow_answered(tcb, event, octets, index);
  }
}

}  // namespace tcprove::monitor
