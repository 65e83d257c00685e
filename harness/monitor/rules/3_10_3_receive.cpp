#include <fmt/format.h>

#include "harness/monitor/half_circle.hpp"
#include "harness/monitor/rules/sections.hpp"

namespace tcprove::monitor::rules {
namespace {

using tcp::CallKind;
using tcp::CallStatus;
using tcp::State;
using wire::SeqNum;

/// RECEIVE by a user whose octets are counted. Urgent data may take another way.
bool is_counted_receive(const Scene& scene) {
  const ShadowTcb& tcb = scene.tcb;
  return scene.event->call == CallKind::Receive && scene.facts.complete && tcb.followed &&
         tcb.user_has_it() && tcb.snd.known && tcb.rcv.known && !tcb.rcv.contested &&
         !tcb.user.closed && !tcb.user.aborted;
}

SeqNum next_to_read(const ShadowTcb& tcb) { return tcb.rcv.irs + 1 + tcb.user.read; }

/// Past the last octet of data before `number`, which may be past the FIN.
SeqNum data_before(const ShadowTcb& tcb, SeqNum number) {
  return tcb.rcv.fin && ahead(number, *tcb.rcv.fin) ? *tcb.rcv.fin : number;
}

/// What was not pushed may wait for more (section 3.9.1.3).
Verdict receive_gets_what_is_there(const Scene& scene) {
  const ShadowTcb& tcb = scene.tcb;
  if (!is_counted_receive(scene) || scene.event->status != CallStatus::WouldBlock) return {};
  if (!tcb.rcv.pushed || !tcb.only(State::Established)) return {};
  const SeqNum end = data_before(tcb, *tcb.rcv.pushed);
  if (!ahead(end, next_to_read(tcb))) return {};
  return Complaint{fmt::format("RECEIVE answers would-block; octets from {} up to {} are there",
                               words_of_peer_number(scene, next_to_read(tcb)),
                               words_of_peer_number(scene, end))};
}

Verdict end_of_stream_after_data(const Scene& scene) {
  const ShadowTcb& tcb = scene.tcb;
  if (!is_counted_receive(scene) || scene.event->status != CallStatus::EndOfStream) return {};
  if (!tcb.fin_possibly_received() || !tcb.only(State::Established)) return {};
  const SeqNum end = data_before(tcb, tcb.rcv.nxt);
  if (!ahead(end, next_to_read(tcb))) return {};
  return Complaint{fmt::format("RECEIVE tells the end; octets from {} up to {} were not delivered",
                               words_of_peer_number(scene, next_to_read(tcb)),
                               words_of_peer_number(scene, end))};
}

Verdict end_of_stream_told(const Scene& scene) {
  const ShadowTcb& tcb = scene.tcb;
  if (!is_counted_receive(scene) || scene.event->status != CallStatus::WouldBlock) return {};
  if (!tcb.fin_surely_received() || next_to_read(tcb) != *tcb.rcv.fin) return {};
  return Complaint{"RECEIVE answers would-block, and the peer closed after all that was read"};
}

/// The FIN, if one came, may be what the user hears of first.
Verdict reset_told(const Scene& scene) {
  const ShadowTcb& tcb = scene.tcb;
  const CallStatus status = scene.event->status;
  const bool gone = scene.event->call == CallKind::Receive && scene.facts.complete &&
                    tcb.followed && tcb.user_has_it() && tcb.ended_by_reset &&
                    tcb.only(State::Closed) && !tcb.user.closed && !tcb.user.aborted;
  if (!gone || tcb.fin_possibly_received()) return {};
  const bool silent =
      status == CallStatus::NoConnection && scene.facts.errors_told && !tcb.user.error_told;
  if (!silent && status != CallStatus::WouldBlock && status != CallStatus::EndOfStream) return {};
  return Complaint{
      fmt::format("RECEIVE answers {} after a RST ended the connection", to_string(status))};
}

constexpr Rule kRules[] = {
    {"end-of-stream-follows-all-data", "3.10.3-receive-drains-close-wait", Must, "3.10.3", Answers,
     end_of_stream_after_data, "The end of the stream is told after all data."},
    {"end-of-stream-is-told", "MUST-12", Must, "3.6", Answers, end_of_stream_told,
     "Once the peer has closed and all is read the user is told so."},
    {"reset-is-told", "MUST-12", Must, "3.6", Answers, reset_told,
     "A reset is told to the user, and is no end of the stream."},
    {"receive-gets-what-is-there", "3.10.3-receive-gets-what-is-there", Must, "3.10.3", Answers,
     receive_gets_what_is_there, "RECEIVE answers the data that was received and pushed."},
};

}  // namespace

std::span<const Rule> section_3_10_3_receive() { return kRules; }

}  // namespace tcprove::monitor::rules
