#include "harness/monitor/cells.hpp"

#include <initializer_list>
#include <optional>

#include "harness/monitor/half_circle.hpp"

namespace tcprove::monitor {
namespace {

using tcp::CallKind;
using tcp::CellSet;
using tcp::EventClass;
using tcp::State;
using wire::Flag;

CellSet cells(State state, std::initializer_list<EventClass> events) {
  CellSet set;
  for (const EventClass event : events) set.add({.state = state, .event = event});
  return set;
}

/// The state that the connection is in without a doubt.
std::optional<State> certain_state(const ShadowTcb& tcb, const StackFacts& facts, base::Instant now,
                                   Listening listening) {
  if (!tcb.followed || !facts.complete) return std::nullopt;
  const std::optional<State> state = tcb.states(now, facts).only();
  if (state != State::Closed) return state;
  if (listening == Listening::Maybe) return std::nullopt;
  return listening == Listening::Yes ? State::Listen : State::Closed;
}

/// CLOSED and LISTEN.
CellSet without_numbers(State state, const Arrival& a) {
  using enum EventClass;
  const bool ack = a.has(Flag::Ack);
  if (a.has(Flag::Rst)) {
    return ack ? cells(state, {RstAckGood, RstAckBad})
               : cells(state, {RstExact, RstInWindow, RstOow});
  }
  if (a.has(Flag::Syn)) {
    return ack ? cells(state, {SynAckAckOk, SynAckAckBad}) : cells(state, {Syn, SynInWindow});
  }
  if (!ack) return cells(state, {NoFlags});
  if (a.has(Flag::Fin)) return cells(state, {FinOk, FinOoo, FinOow});
  if (a.payload > 0 && a.has(Flag::Urg)) return cells(state, {Urg});
  if (a.payload > 0) {
    return cells(state, {DataInOrder, DataStraddle, DataOoo, DataOow, RcvWndZero});
  }
  if (a.wnd == 0) return cells(state, {ZeroWindowAdvert});
  return cells(state, {AckOk, AckOldDup, AckBeyond, AckSeqOow});
}

/// SYN-SENT: only the ACK field tells segments apart.
CellSet in_syn_sent(const ShadowTcb& tcb, const Arrival& a) {
  using enum EventClass;
  const State state = State::SynSent;
  if (!tcb.snd.known) return {};
  const bool ack = a.has(Flag::Ack);
  const bool good = ack && wire::after_up_to(tcb.snd.iss, a.ack, tcb.snd.nxt);
  if (a.has(Flag::Rst)) {
    if (!ack) return cells(state, {RstExact, RstInWindow, RstOow});
    return cells(state, {good ? RstAckGood : RstAckBad});
  }
  if (a.has(Flag::Syn)) {
    if (!ack) return cells(state, {Syn, SynInWindow});
    if (!good) return cells(state, {SynAckAckBad});
    return cells(state, {a.wnd == 0 ? ZeroWindowAdvert : SynAckAckOk});
  }
  if (!ack) return cells(state, {NoFlags});
  if (a.len == 0) {
    if (good) return cells(state, {AckOk, AckSeqOow});
    return cells(state, {ahead(a.ack, tcb.snd.nxt) ? AckBeyond : AckOldDup});
  }
  if (!good) return {};
  if (a.has(Flag::Fin)) return cells(state, {FinOk, FinOoo, FinOow});
  if (a.has(Flag::Urg)) return cells(state, {Urg});
  return cells(state, {DataInOrder, DataStraddle, DataOoo, DataOow, RcvWndZero});
}

/// Where a segment lies, as far as that is certain.
enum class Place : std::uint8_t { Unclear, AtRcvNxt, Straddles, Inside, Outside };

/// Sorts a segment in SYN-RECEIVED or a synchronized state.
class WindowSorter {
 public:
  WindowSorter(const ShadowTcb& tcb, const Arrival& arrival) : tcb_(tcb), a_(arrival) {
    const ReceiveSide& rcv = tcb.rcv;
    window_ = {.left = rcv.nxt, .size = ahead(rcv.edge, rcv.nxt) ? distance(rcv.nxt, rcv.edge) : 0};
  }

  [[nodiscard]] std::optional<EventClass> sort() const {
    using enum EventClass;
    const bool ack = a_.has(Flag::Ack);
    const Place place = this->place();
    if (!certain() || place == Place::Unclear) return std::nullopt;
    if (a_.has(Flag::Rst)) return reset(place);
    if (a_.has(Flag::Syn)) {
      if (!ack) return place == Place::Outside ? Syn : SynInWindow;
      return wire::after_up_to(tcb_.snd.iss, a_.ack, tcb_.snd.nxt) ? SynAckAckOk : SynAckAckBad;
    }
    if (!ack) return place == Place::Outside ? std::nullopt : std::optional(NoFlags);
    if (a_.len == 0) return a_.has(Flag::Urg) ? std::nullopt : pure_ack(place);
    if (!ack_is_acceptable()) return std::nullopt;
    return a_.has(Flag::Fin) ? fin(place) : data(place);
  }

 private:
  /// What the stack has of both sides' numbers is known exactly.
  [[nodiscard]] bool certain() const {
    const SendSide& snd = tcb_.snd;
    const ReceiveSide& rcv = tcb_.rcv;
    return snd.known && rcv.known && snd.una == snd.una_possible && rcv.nxt == rcv.arrived.next() &&
           rcv.edge == rcv.edge_last;
  }

  [[nodiscard]] Place place() const {
    if (a_.seq == window_.left) {
      const bool overruns = a_.len > window_.size && window_.size > 0;
      return overruns ? Place::Straddles : Place::AtRcvNxt;
    }
    if (window_.contains(a_.seq)) return Place::Inside;
    const bool spans = distance(a_.seq, window_.left) < a_.len;
    if (spans && window_.size > 0) return Place::Straddles;
    return tcb_.surely_unacceptable(a_) ? Place::Outside : Place::Unclear;
  }

  [[nodiscard]] bool nothing_outstanding() const { return tcb_.snd.una == tcb_.snd.nxt; }

  [[nodiscard]] bool ack_is_acceptable() const {
    const SendSide& snd = tcb_.snd;
    if (wire::after_up_to(snd.una, a_.ack, snd.nxt)) return true;
    return a_.ack == snd.una && !tcb_.only(State::SynReceived);
  }

  [[nodiscard]] std::optional<EventClass> reset(Place place) const {
    using enum EventClass;
    if (!a_.has(Flag::Ack)) {
      if (place == Place::AtRcvNxt) return RstExact;
      return place == Place::Outside ? RstOow : RstInWindow;
    }
    if (place != Place::AtRcvNxt) return std::nullopt;
    if (a_.ack == tcb_.snd.nxt) return RstAckGood;
    return ahead(a_.ack, tcb_.snd.nxt) ? std::optional(RstAckBad) : std::nullopt;
  }

  [[nodiscard]] std::optional<EventClass> pure_ack(Place place) const {
    using enum EventClass;
    const SendSide& snd = tcb_.snd;
    if (place == Place::Outside)
      return ack_is_acceptable() ? std::optional(AckSeqOow) : std::nullopt;
    if (place != Place::AtRcvNxt) return std::nullopt;
    if (ahead(a_.ack, snd.nxt)) return AckBeyond;
    const bool good =
        wire::after_up_to(snd.una, a_.ack, snd.nxt) || (nothing_outstanding() && a_.ack == snd.nxt);
    if (!good) return AckOldDup;
    return a_.wnd == 0 ? ZeroWindowAdvert : AckOk;
  }

  [[nodiscard]] std::optional<EventClass> fin(Place place) const {
    using enum EventClass;
    if (place == Place::Outside) return FinOow;
    if (place == Place::Inside) return FinOoo;
    if (window_.size == 0) return std::nullopt;  // No row is about that.
    const bool fin_inside = window_.contains(a_.end() - 1);
    return fin_inside ? std::optional(FinOk) : std::nullopt;
  }

  [[nodiscard]] std::optional<EventClass> data(Place place) const {
    using enum EventClass;
    switch (place) {
      case Place::AtRcvNxt:
        if (window_.size == 0)
          return tcb_.rcv.edge_slack == 0 ? std::optional(RcvWndZero) : std::nullopt;
        return a_.has(Flag::Urg) ? Urg : DataInOrder;
      case Place::Straddles:
        return DataStraddle;
      case Place::Inside:
        return DataOoo;
      case Place::Outside:
        return DataOow;
      case Place::Unclear:
        return std::nullopt;
    }
    return std::nullopt;
  }

  const ShadowTcb& tcb_;
  const Arrival& a_;
  wire::SeqWindow window_;
};

std::optional<EventClass> class_of(CallKind call) {
  switch (call) {
    case CallKind::Listen:
      return EventClass::OpenPassive;
    case CallKind::Connect:
      return EventClass::OpenActive;
    case CallKind::Send:
      return EventClass::Send;
    case CallKind::Receive:
      return EventClass::Receive;
    case CallKind::Shutdown:
    case CallKind::Close:
      return EventClass::Close;
    case CallKind::Abort:
      return EventClass::Abort;
    case CallKind::Accept:
    case CallKind::Set:
    case CallKind::Report:
    case CallKind::Urgent:
      break;
  }
  return std::nullopt;
}

}  // namespace

CellSet cells_of_arrival(const ShadowTcb& tcb, const StackFacts& facts, const Arrival& arrival,
                         Listening listening) {
  const std::optional<State> state = certain_state(tcb, facts, arrival.at, listening);
  if (!state || !arrival.plain) return {};
  if (*state == State::Closed || *state == State::Listen) return without_numbers(*state, arrival);
  if (*state == State::SynSent) return in_syn_sent(tcb, arrival);
  const std::optional<EventClass> event = WindowSorter(tcb, arrival).sort();
  return event ? cells(*state, {*event}) : CellSet{};
}

CellSet cells_of_call(const ShadowTcb& tcb, const StackFacts& facts, const trace::Event& called,
                      Listening listening, bool has_handle) {
  const std::optional<EventClass> event = class_of(called.call);
  const std::optional<State> state = certain_state(tcb, facts, called.at, listening);
  if (!event || !state) return {};
  const bool opens = *event == EventClass::OpenActive || *event == EventClass::OpenPassive;
  if (opens) return cells(*state, {*event});
  if (*state == State::Listen) {
    if (has_handle) return cells(State::Closed, {*event});  // Its own handle outlived it.
    // A listener's handle is meant by what ends it; the other calls find no connection.
    const bool ends = called.call == CallKind::Close || called.call == CallKind::Abort;
    return ends ? cells(State::Listen, {*event}) : CellSet{};
  }
  // Before it is accepted a connection of the peer's has no handle.
  const bool reaches = *state == State::Closed || tcb.active_open || has_handle;
  return reaches ? cells(*state, {*event}) : CellSet{};
}

CellSet cells_of_answer(const ShadowTcb& tcb, const StackFacts& facts,
                        const trace::Event& answered) {
  if (answered.status != tcp::CallStatus::TimedOut || !tcb.followed || !facts.complete) return {};
  tcp::States before;
  const tcp::States possible = tcb.states(answered.at, facts);
  for (const std::string_view name : tcp::kStateNames) {
    const State state = *tcp::parse_state(name);
    if (state != State::Closed && possible.has(state)) before.add(state);
  }
  const std::optional<State> state = before.only();
  return state ? cells(*state, {EventClass::TimeoutUser}) : CellSet{};
}

CellSet cells_of_status(const ShadowTcb& tcb, const StackFacts& facts, base::Instant now,
                        Listening listening) {
  const std::optional<State> state = certain_state(tcb, facts, now, listening);
  return state ? cells(*state, {EventClass::Status}) : CellSet{};
}

CellSet cells_of_emission(const ShadowTcb& tcb, const StackFacts& facts, const Emission& emission) {
  const SendSide& snd = tcb.snd;
  if (!emission.repeats || !tcb.followed || !snd.known || emission.at <= tcb.last_stimulus)
    return {};
  if (emission.segment().seq != snd.una_possible || snd.una != snd.una_possible) return {};
  // Into a closed window it is a probe.
  const bool syn = emission.has(Flag::Syn);
  if (!syn && !(snd.edge_now && ahead(*snd.edge_now, snd.una))) return {};
  const std::optional<State> state = certain_state(tcb, facts, emission.at, Listening::Maybe);
  return state ? cells(*state, {EventClass::TimeoutRetransmission}) : CellSet{};
}

CellSet cells_of_time(const ShadowTcb& tcb, const StackFacts& facts, base::Instant now) {
  if (!tcb.followed || !facts.complete || now < tcb.last_arrival + 2 * facts.msl) return {};
  if (!is_only(tcb.states(tcb.last_arrival, facts), State::TimeWait)) return {};
  return cells(State::TimeWait, {EventClass::TimeoutTimeWait});
}

}  // namespace tcprove::monitor
