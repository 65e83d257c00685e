#include "harness/monitor/monitor.hpp"

#include <algorithm>
#include <cassert>

#include "harness/monitor/cells.hpp"
#include "harness/monitor/follow.hpp"
#include "harness/monitor/half_circle.hpp"
#include "harness/monitor/rules.hpp"

namespace tcprove::monitor {
namespace {

using tcp::CallKind;
using trace::EventKind;
using wire::Flag;
using wire::Flaw;

void read_sack(wire::Octets options, Arrival& a) {
  const auto sack = wire::find_option<wire::Sack>(options);
  if (!sack) return;
  a.twice = sack->count > 0 && !ahead(sack->blocks[0].right, a.ack);
  for (std::size_t i = a.twice ? 1 : 0; i < sack->count; ++i) {
    a.sacked += wire::distance(sack->blocks.at(i).left, sack->blocks.at(i).right);
  }
}

void read_stamps(wire::Octets options, Arrival& a) {
  wire::OptionReader reader(options);
  while (const std::optional<wire::Option> option = reader.next()) {
    const auto* stamps = std::get_if<wire::Timestamps>(&*option);
    if (stamps == nullptr) continue;
    a.stamps_unclear |= a.tsval.value_or(stamps->tsval) != stamps->tsval;
    if (!a.tsval) a.tsval = stamps->tsval;
  }
}

Arrival arrival_of(const wire::Packet& packet, base::Instant at, std::size_t index) {
  const wire::Segment& s = packet.segment;
  Arrival a{.seq = s.seq,
            .ack = s.ack,
            .ctl = s.ctl,
            .len = s.len(),
            .payload = static_cast<wire::SeqLen>(s.payload.size()),
            .wnd = s.wnd,
            .ecn = static_cast<std::uint8_t>(packet.traffic_class & 3U),
            .plain = packet.flaws.none(),
            .at = at,
            .event = index};
  if (s.ctl.has(Flag::Syn)) a.options = read_syn_options(s.options);
  if (!s.options.empty()) {
    read_stamps(s.options, a);
    read_sack(s.options, a);
  }
  return a;
}

/// The engine asks for the state when a step is done.
bool is_next_step(const ShadowTcb& tcb, const trace::Event& event) {
  return event.step != trace::kNoStep && event.step != tcb.stimulus_step;
}

void note_stimulus(ShadowTcb& tcb, const trace::Event& event) {
  tcb.stimulus_step = event.step;
  tcb.said_since_stimulus = false;
}

[[maybe_unused]] bool all_silent(Hook hook, const Scene& scene) {
  return std::ranges::none_of(rules_of(hook),
                              [&scene](const Rule& rule) { return rule.check(scene).has_value(); });
}

}  // namespace

void Monitor::restart(std::span<const wire::FourTuple> connections, bool iss_planned) {
  host_ = {.iss_planned = iss_planned};
  connections_ = std::min(connections.size(), kConnectionsMax);
  peer_ = connections.empty() ? wire::IpAddress() : connections.front().peer.address;
  if (tcbs_.size() < connections_) tcbs_.resize(connections_);
  for (std::size_t i = 0; i < connections_; ++i) {
    tcbs_[i].forget();
    tcbs_[i].followed = facts_.complete;
    tcbs_[i].alone = connections_ == 1;
    ports_[i] = connections[i].stack.port;
    has_handle_[i] = false;
  }
  stranger_.forget();
  stranger_.followed = false;
  listener_count_ = 0;
  now_ = {};
  ended_ = false;
  complaints_.assign(all_rules().size(), 0);
  violations_.clear();
  cells_ = {};
  unanswered_ = {};
  answered_ = {};
}

ShadowTcb* Monitor::connection(const trace::Event& event) {
  return event.connection < connections_ ? &tcbs_[event.connection] : nullptr;
}

void Monitor::look(Hook hook, const Scene& scene) {
  for (const Rule& rule : rules_of(hook)) {
    Verdict complaint = rule.check(scene);
    if (!complaint) continue;
    std::uint8_t& count = complaints_[static_cast<std::size_t>(&rule - all_rules().data())];
    if (count == kViolationsPerRuleMax) continue;
    ++count;
    violations_.push_back(
        {.requirement = std::string(rule.requirement),
         .level = rule.level,
         .section = std::string(rule.section),
         .rule = std::string(rule.name),
         .message = std::move(complaint->message),
         .at = scene.now,
         .event = complaint->event != kNoEvent ? complaint->event : scene.event_index});
  }
}

void Monitor::look_at(const Scene& scene) {
  for (const Hook hook : {Hook::Emits, Hook::EmitsSyn, Hook::EmitsReset, Hook::EmitsText,
                          Hook::EmitsOptions, Hook::EmitsAgain}) {
    if (is_looked_at(hook, *scene.emission)) {
      look(hook, scene);
    } else {
      assert(all_silent(hook, scene) && "a rule has the wrong hook");
    }
  }
}

/// What was owed before `now`, and what ended by itself. `state_is_current`: the stack was asked
/// for its state since the last stimulus, and has emitted nothing since.
void Monitor::pass_time(ShadowTcb& tcb, base::Instant now, bool state_is_current) {
  if (tcb.followed) {
    const Scene scene{.facts = facts_,
                      .tcb = tcb,
                      .now = now,
                      .state_is_current = state_is_current,
                      .ended = ended_};
    const bool late = tcb.duties.any([&scene](const Duty& duty) { return scene.overdue(duty); });
    if (late) look(Hook::Overdue, scene);
    if (state_is_current) look(Hook::Quiet, scene);
  }
  const tcp::CellSet ended = cells_of_time(tcb, facts_, now);
  cells_.add_all(ended);
  answered_.add_all(ended, tcp::Answer::Nothing);
  tcb.duties.drop_overdue(now);
  age(tcb, facts_, now);
}

/// Something happened to the stack: whatever it does before time passes is its answer.
void Monitor::await_answer(const tcp::CellSet& cells, base::Instant now) {
  answered_.add_all(unanswered_, answer_);
  cells_.add_all(cells);
  unanswered_ = cells;
  unanswered_since_ = now;
  answer_ = tcp::Answer::Nothing;
}

void Monitor::note_answer(tcp::Answer answer, base::Instant now) {
  if (now == unanswered_since_) answer_ = std::max(answer_, answer);
}

void Monitor::observe(const trace::Event& event, wire::Octets octets, std::size_t index) {
  now_ = std::max(now_, event.at);
  switch (event.kind) {
    case EventKind::Sent:
      return observe_arrival(event, octets, index);
    case EventKind::Emitted:
    case EventKind::Dropped:
      return observe_emission(event, octets, index);
    case EventKind::Called:
    case EventKind::Answered:
      return observe_call(event, octets, index);
    case EventKind::State:
      return observe_state(event, index);
    case EventKind::Lost:
    case EventKind::Waited:  // What was emitted while time passed follows it in the trace.
      return;
  }
}

void Monitor::observe_arrival(const trace::Event& event, wire::Octets octets, std::size_t index) {
  ShadowTcb* tcb = connection(event);
  if (tcb == nullptr) {
    await_answer({}, event.at);
    note_stranger(octets, event.at, index);
    return;
  }
  pass_time(*tcb, event.at, is_next_step(*tcb, event));
  note_stimulus(*tcb, event);
  await_answer({}, event.at);
  const wire::Packet packet = wire::decode(octets);
  if (packet.flaws.has(Flaw::NotTcp)) {
    if (const auto icmp = wire::decode_icmp(octets)) follow_icmp(*tcb, *icmp, event.at);
  }
  if (packet.flaws.has(Flaw::Fragment)) tcb->followed = false;
  const wire::Segment& s = packet.segment;
  if (packet.has_segment() && !s.options.empty() && !s.ctl.has(Flag::Syn) &&
      wire::find_option<wire::MaximumSegmentSize>(s.options)) {
    tcb->rcv.mss_unclear = true;
  }
  // One with a wrong checksum was never received (MUST-3).
  if (!packet.has_segment() || packet.flaws.has(Flaw::TcpChecksum)) return;
  const Arrival arrival = arrival_of(packet, event.at, index);
  follow_source_route(*tcb, packet, arrival);
  const Listening heard = listening(packet.segment.destination_port);
  await_answer(cells_of_arrival(*tcb, facts_, arrival, heard), event.at);
  if (arrival.has(Flag::Syn) && arrival.plain) host_.note_peer_syn(*tcb, arrival);
  follow_urgent(*tcb, arrival, packet.segment.up);
  follow_arrival(*tcb, facts_, arrival, packet.segment.payload, heard);
  owe_queued_data(*tcb, event.at, index);
}

/// Of a packet of no known connection only its SYN counts: a stack may answer at an address of its
/// own that no connection of the plan's has.
void Monitor::note_stranger(wire::Octets octets, base::Instant at, std::size_t index) {
  const wire::Packet packet = wire::decode(octets);
  if (!packet.has_segment() || packet.flaws.has(Flaw::TcpChecksum)) return;
  if (packet.source != peer_) return;  // One from an invalid source is ignored (MUST-63).
  remember_syn(stranger_, arrival_of(packet, at, index));
}

void Monitor::observe_emission(const trace::Event& event, wire::Octets octets, std::size_t index) {
  const wire::Packet packet = wire::decode(octets);
  if (!packet.has_segment()) {
    // A fragment, or what is no TCP: whose numbers it has nobody can tell.
    for (std::size_t i = 0; i < connections_; ++i) tcbs_[i].followed = false;
    return;
  }
  ShadowTcb* known = connection(event);
  ShadowTcb& tcb = known != nullptr ? *known : stranger_;
  // What the stack does at the instant of a stimulus is its answer; at a later one it has settled.
  if (event.at > tcb.last_stimulus) pass_time(tcb, event.at, false);
  const Emission emission = classify(tcb, facts_, packet, event.at, index);
  look_at({.facts = facts_,
           .tcb = tcb,
           .now = event.at,
           .emission = &emission,
           .host = &host_,
           .event_index = index});
  const tcp::Answer answer = tcp::answer_of(packet.segment.ctl, !packet.segment.payload.empty());
  const tcp::CellSet expired = cells_of_emission(tcb, facts_, emission);
  cells_.add_all(expired);
  answered_.add_all(expired, answer);
  note_answer(answer, event.at);
  const bool broken = packet.flaws.has(Flaw::TcpChecksum) || packet.flaws.has(Flaw::DataOffsetLies);
  if (known == nullptr || broken) return;
  if (emission.syn != SynKind::None) host_.note_syn(tcb, emission);
  follow_emission(tcb, facts_, emission);
  owe_queued_data(tcb, event.at, index);
}

void Monitor::observe_call(const trace::Event& event, wire::Octets octets, std::size_t index) {
  ShadowTcb* tcb = connection(event);
  if (tcb == nullptr) return await_answer({}, event.at);
  if (event.kind == EventKind::Called) {
    pass_time(*tcb, event.at, is_next_step(*tcb, event));
    note_stimulus(*tcb, event);
    await_answer(cells_of_call(*tcb, facts_, event, listening(ports_[event.connection]),
                               has_handle_[event.connection]),
                 event.at);
  }
  if (event.kind == EventKind::Answered) {
    const tcp::Answer answer = tcp::answer_of(event.status);
    note_answer(answer, event.at);
    const tcp::CellSet told = cells_of_answer(*tcb, facts_, event);
    cells_.add_all(told);
    answered_.add_all(told, answer);
    // What an adapter does not offer the stack was never asked.
    if (event.status != tcp::CallStatus::Unsupported) {
      look(Hook::Answers, {.facts = facts_,
                           .tcb = *tcb,
                           .now = event.at,
                           .event = &event,
                           .event_index = index,
                           .octets = octets,
                           .listening = listening(ports_[event.connection]),
                           .alone = connections_ == 1});
    }
    note_listener(event);
    if (event.call == CallKind::Set && event.status == tcp::CallStatus::Ok) note_setting(event);
  }
  follow_call(*tcb, facts_, event, octets, index);
  owe_queued_data(*tcb, event.at, index);
  const bool ends = event.call == CallKind::Close || event.call == CallKind::Abort;
  for (std::size_t i = 0; ends && i < connections_; ++i) {
    const bool other = &tcbs_[i] != tcb && ports_[i] == ports_[event.connection];
    // A handle may be that of the connection before.
    const bool kept = has_handle_[i] && tcbs_[i].user_has_it();
    if (other && !kept) follow_end_of_listener(tcbs_[i]);
  }
}

void Monitor::observe_state(const trace::Event& event, std::size_t index) {
  ShadowTcb* tcb = connection(event);
  if (tcb == nullptr) return;
  // Of several connections the engine asks one at a time: what another said may be old.
  if (connections_ == 1) tcb->said = event.state;
  tcb->said_since_stimulus = true;
  pass_time(*tcb, event.at, false);
  const tcp::CellSet told =
      cells_of_status(*tcb, facts_, event.at, listening(ports_[event.connection]));
  cells_.add_all(told);
  answered_.add_all(told, tcp::Answer::Nothing);
  look(Hook::SaysState,
       {.facts = facts_, .tcb = *tcb, .now = event.at, .event = &event, .event_index = index});
}

/// What is set without a connection of one's own is for those to come, whoever gets them.
void Monitor::note_setting(const trace::Event& event) {
  if (has_handle_[event.connection]) return;
  for (std::size_t i = 0; i < connections_; ++i) {
    if (i != event.connection) follow_set(tcbs_[i], event);
  }
}

void Monitor::note_listener(const trace::Event& event) {
  if (event.status != tcp::CallStatus::Ok) return;
  const std::uint16_t port = ports_[event.connection];
  const bool opened = event.call == CallKind::Accept || event.call == CallKind::Connect;
  if (opened) has_handle_[event.connection] = true;
  if (event.call == CallKind::Listen && listener_count_ < kListenersMax) {
    listeners_[listener_count_++] = {.port = port, .listening = Listening::Yes};
  }
  if (event.call != CallKind::Close && event.call != CallKind::Abort) return;
  // With one connection it is clear whether its handle or the listener's was meant.
  const bool own = has_handle_[event.connection] && connections_ == 1;
  has_handle_[event.connection] = false;
  if (own) return;
  const std::span<Listener> listeners = std::span(listeners_).first(listener_count_);
  const auto on_port = [port](const Listener& l) {
    return l.port == port && l.listening != Listening::No;
  };
  // Several may listen on a port, each with an address of its own; one of them was meant.
  const bool clear = connections_ == 1 && std::ranges::count_if(listeners, on_port) == 1;
  for (Listener& listener : listeners) {
    if (on_port(listener)) listener.listening = clear ? Listening::No : Listening::Maybe;
  }
}

Listening Monitor::listening(std::uint16_t port) const {
  for (std::size_t i = listener_count_; i > 0; --i) {
    if (listeners_[i - 1].port == port) return listeners_[i - 1].listening;
  }
  return facts_.complete && facts_.user_seen && listener_count_ < kListenersMax ? Listening::No
                                                                                : Listening::Maybe;
}

void Monitor::finish() {
  ended_ = true;
  await_answer({}, now_);
  for (std::size_t i = 0; i < connections_; ++i) {
    pass_time(tcbs_[i], now_, tcbs_[i].stimulus_step != trace::kNoStep);
  }
  std::ranges::stable_sort(violations_, {}, &Violation::at);
}

std::vector<Violation> judge(const trace::Trace& trace, const StackFacts& facts) {
  Monitor monitor(facts);
  monitor.restart(trace.connections, trace.iss_planned);
  const std::span<const trace::Event> events = trace.events();
  for (std::size_t i = 0; i < events.size(); ++i) {
    monitor.observe(events[i], trace.octets_of(events[i]), i);
  }
  monitor.finish();
  return monitor.violations();
}

}  // namespace tcprove::monitor
