// RFC 9293 sections 3.7 to 3.9: what a user sets, and what follows from it.

#include <algorithm>

#include "harness/monitor/follow.hpp"
#include "harness/monitor/half_circle.hpp"

namespace tcprove::monitor {
namespace {

using tcp::State;
using tcp::UserOption;

/// What a smooth clock and a coarse one differ by.
constexpr base::Duration kKeepAliveLateness = std::chrono::seconds(1);

/// Section 3.8.6.2.1: the override timeout is 0.1 to 1 s.
constexpr base::Duration kOverrideTimeout = std::chrono::seconds(1);

void note(ShadowSettings& settings, const trace::Event& event, bool open) {
  const bool on = event.value != 0;
  switch (event.option) {
    case UserOption::Dscp:
      settings.dscp = static_cast<std::uint8_t>(event.value);
      settings.dscp_changed = open;
      return;
    case UserOption::Ttl:
      settings.ttl = static_cast<std::uint8_t>(event.value);
      return;
    case UserOption::NoDelay:
      settings.no_delay = on;
      return;
    case UserOption::KeepAlive:
      settings.keep_alive = on;
      settings.keep_alive_was_off = !on;
      return;
    case UserOption::KeepAliveInterval:
      settings.set_interval(base::Duration(event.value));
      return;
    case UserOption::UserTimeout:
      settings.user_timeout.reset();
      if (on) settings.user_timeout = base::Duration(event.value);
      settings.user_timeout_since = event.at;
      return;
    case UserOption::ErrorReports:
    case UserOption::Ecn:
    case UserOption::KeepAliveOctet:
    case UserOption::SourceRoute:
      return;
  }
}

/// The user has the connection, nobody closes it, and all that was sent is acknowledged.
bool rests(const ShadowTcb& tcb) {
  const SendSide& snd = tcb.snd;
  return tcb.followed && tcb.alone && snd.known && tcb.rcv.known && tcb.only(State::Established) &&
         tcb.user_has_it() && !tcb.user.shut && !tcb.user.aborted && !snd.fin &&
         !tcb.fin_possibly_received() && snd.una == snd.nxt && snd.una_possible == snd.nxt &&
         tcb.queued() == 0;
}

}  // namespace

void follow_setting(ShadowTcb& tcb, const trace::Event& event) {
  if (!tcb.alone || !tcb.followed) return;
  const bool gone = tcb.user.closed || tcb.user.aborted;
  const bool open = tcb.snd.known && tcb.user_has_it() && !gone;
  // Before an OPEN it is every later connection's; what a listener has may hold for one, or not.
  const bool before_open = !tcb.snd.known && tcb.only(State::Closed) && !tcb.user_has_it() &&
                           !gone && !tcb.settings.listener_had_it;
  if (open || before_open) return note(tcb.settings, event, open);
  tcb.settings = {.listener_had_it = tcb.settings.listener_had_it};  // Whose it is nobody can tell.
}

void owe_keep_alive(ShadowTcb& tcb, base::Instant at, std::size_t event) {
  tcb.duties.settle(Owed::KeepAlive);
  const ShadowSettings& settings = tcb.settings;
  if (!settings.keep_alive || !settings.interval_most || tcb.timers.keep_alives > 0) return;
  const bool open = tcb.snd.edge_now && ahead(*tcb.snd.edge_now, tcb.snd.nxt);
  if (!rests(tcb) || !open) return;
  tcb.duties.owe(Owed::KeepAlive, {.since = at,
                                   .due = at + *settings.interval_most + kKeepAliveLateness,
                                   .number = tcb.snd.nxt,
                                   .event = event});
}

void owe_undelayed_data(ShadowTcb& tcb, base::Instant at, std::size_t event) {
  const SendSide& snd = tcb.snd;
  if (!tcb.settings.no_delay) return tcb.duties.settle(Owed::UndelayedData);
  const wire::SeqLen waits = tcb.queued();
  const bool judged = tcb.alone && tcb.followed && snd.known && tcb.rcv.known &&
                      tcb.only(State::Established) && tcb.user_has_it() && !tcb.user.closed &&
                      !tcb.user.aborted && !snd.fin && !snd.path_mtu_told;
  // Every congestion window, and the peer's, has room for all of it.
  constexpr wire::SeqLen kOptionsMax = 40;
  const wire::SeqLen mss = peer_mss(tcb);
  const wire::SeqLen room =
      std::min(kLeastCongestionWindow, mss > kOptionsMax ? mss - kOptionsMax : 1);
  const bool fits = wire::distance(snd.una, snd.nxt) + waits <= room && snd.edge_now &&
                    !ahead(snd.nxt + waits, *snd.edge_now);
  if (!judged || waits == 0 || !fits) return tcb.duties.settle(Owed::UndelayedData);
  tcb.duties.owe(Owed::UndelayedData,
                 {.since = at, .due = at + kOverrideTimeout, .number = snd.nxt, .event = event});
}

}  // namespace tcprove::monitor
