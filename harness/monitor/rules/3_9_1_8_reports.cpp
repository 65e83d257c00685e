#include <fmt/format.h>

#include "harness/monitor/half_circle.hpp"
#include "harness/monitor/rules/sections.hpp"

namespace tcprove::monitor::rules {
namespace {

using tcp::CallKind;
using tcp::CallStatus;
using tcp::Report;

/// Whether the user of a connection that is surely its own asks and `status` is the answer.
bool is_answer(const Scene& scene, CallKind call, CallStatus status) {
  const ShadowTcb& tcb = scene.tcb;
  return scene.event->call == call && scene.event->status == status && scene.facts.complete &&
         tcb.followed && tcb.user_has_it() && (tcb.alone || tcb.active_open) && !tcb.user.closed &&
         !tcb.user.aborted;
}

/// Whether there is nothing to tell, by the stack's word, to a user who wants to be told.
bool tells_nothing(const Scene& scene) {
  return is_answer(scene, CallKind::Report, CallStatus::WouldBlock) &&
         !scene.tcb.reports.unwanted && scene.tcb.may_be(tcp::State::Established);
}

bool tells(const Scene& scene, Report report) {
  return is_answer(scene, CallKind::Report, CallStatus::Ok) && scene.event->report == report;
}

/// When R1 is reached is the stack's choice; none in use waits for so many.
Verdict trouble_told(const Scene& scene) {
  constexpr unsigned kTransmissions = 8;
  constexpr base::Duration kTried = std::chrono::seconds(99);
  const ShadowTcb& tcb = scene.tcb;
  const FrontOfQueue& front = tcb.front;
  const bool troubled = tcb.snd.known && front.sent >= kTransmissions && front.seq == tcb.snd.una &&
                        tcb.snd.una == tcb.snd.una_possible && tcb.snd.fin != front.seq &&
                        scene.now - front.first >= kTried;
  if (!scene.facts.error_reports || !tells_nothing(scene) || !troubled) return {};
  if (tcb.reports.trouble_told || tcb.window_may_be_closed()) return {};
  return Complaint{
      fmt::format("the user was told nothing of a segment that was sent {} times", front.sent)};
}

Verdict soft_error_told(const Scene& scene) {
  if (!scene.facts.error_reports || !tells_nothing(scene) || !scene.tcb.reports.icmp) return {};
  if (!scene.tcb.only(tcp::State::Established)) return {};
  return Complaint{"the user was told nothing of an ICMP error"};
}

Verdict error_here(const Scene& scene) {
  if (!tells(scene, Report::IcmpError) || scene.tcb.reports.icmp_possible) return {};
  return Complaint{"the user is told of an ICMP error, and none quoted its connection"};
}

Verdict reports_end(const Scene& scene) {
  const bool told =
      tells(scene, Report::IcmpError) || tells(scene, Report::ExcessiveRetransmission);
  if (!told || !scene.tcb.reports.silenced) return {};
  return Complaint{fmt::format("the user is told of {}, and has switched such reports off",
                               to_string(scene.event->report))};
}

Verdict urgent_told(const Scene& scene) {
  if (!scene.facts.urgent_receive || !tells_nothing(scene) || !scene.tcb.reports.urgent) return {};
  if (!scene.tcb.only(tcp::State::Established)) return {};
  return Complaint{"the user was told nothing of urgent data"};
}

/// As long as nothing was read since it must be pending, whichever way the pointer is read.
Verdict urgent_pending(const Scene& scene) {
  const ShadowTcb& tcb = scene.tcb;
  const bool none = scene.facts.urgent_receive &&
                    is_answer(scene, CallKind::Urgent, CallStatus::WouldBlock) &&
                    tcb.only(tcp::State::Established);
  if (!none || !tcb.reports.urgent_end || tcb.user.read != tcb.reports.read) return {};
  return Complaint{
      fmt::format("the user hears that no urgent data is pending, and it reaches up "
                  "to {}",
                  words_of_peer_number(scene, *tcb.reports.urgent_end))};
}

/// Section 3.9.2.2.
Verdict hard_error(const Scene& scene) {
  const Emission& e = *scene.emission;
  const bool again = e.syn == SynKind::Repeat && !e.has(wire::Flag::Ack) && scene.facts.complete &&
                     e.at > scene.tcb.last_stimulus;
  if (!again || !scene.tcb.reports.hard_error) return {};
  return Complaint{"the SYN is sent again, and a hard ICMP error has answered it"};
}

constexpr Rule kRules[] = {
    {"hard-error-ends-an-open", "SHLD-26", Should, "3.9.2.2", EmitsSyn, hard_error,
     "A SYN that a hard ICMP error has answered is not sent again."},
    {"trouble-is-told", "SHLD-9", Should, "3.8.3", Answers, trouble_told,
     "The user is told of data that is sent again and again.", &StackFacts::error_reports},
    {"urgent-data-is-told", "MUST-32", Must, "3.8.5", Answers, urgent_told,
     "The user is told when urgent data becomes pending.", &StackFacts::urgent_receive},
    {"urgent-data-is-pending", "MUST-33", Must, "3.8.5", Answers, urgent_pending,
     "A user who asks hears that urgent data is pending.", &StackFacts::urgent_receive},
    {"reports-end-when-switched-off", "SHLD-20", Should, "3.9.1.8", Answers, reports_end,
     "A user who wants no error reports gets none.", &StackFacts::error_reports},
    {"error-goes-where-it-belongs", "MUST-54", Must, "3.9.2.2", Answers, error_here,
     "An ICMP error is told to whom it concerns.", &StackFacts::error_reports},
    {"soft-errors-are-told", "SHLD-25", Should, "3.9.2.2", Answers, soft_error_told,
     "The user is told of a soft ICMP error.", &StackFacts::error_reports},
};

}  // namespace

std::span<const Rule> section_3_9_1_8_reports() { return kRules; }

}  // namespace tcprove::monitor::rules
