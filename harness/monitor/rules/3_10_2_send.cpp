#include <fmt/format.h>

#include "harness/monitor/half_circle.hpp"
#include "harness/monitor/rules/sections.hpp"

namespace tcprove::monitor::rules {
namespace {

using tcp::CallKind;
using tcp::CallStatus;
using wire::SeqLen;
using wire::SeqNum;

bool is_send(const Scene& scene) {
  return scene.event->call == CallKind::Send && scene.facts.complete && scene.tcb.followed &&
         scene.tcb.user_has_it();
}

Verdict send_fails_after_close(const Scene& scene) {
  if (!is_send(scene) || !scene.tcb.user.shut || scene.event->took == 0) return {};
  return Complaint{fmt::format("SEND after CLOSE took {} octets", scene.event->took)};
}

Verdict send_fails_without_connection(const Scene& scene) {
  const bool gone = is_send(scene) && scene.tcb.only(tcp::State::Closed) && !scene.tcb.user.shut;
  if (!gone || scene.event->took == 0) return {};
  return Complaint{
      fmt::format("SEND took {} octets although the connection ended", scene.event->took)};
}

/// Of a reset that was none reset_reported_after_reset() tells, of a time-out timed_out_truly().
Verdict send_succeeds_while_open(const Scene& scene) {
  const ShadowTcb& tcb = scene.tcb;
  if (!is_send(scene) || tcb.user.shut || !tcb.surely_synchronized(scene.now, scene.facts)) {
    return {};
  }
  switch (scene.event->status) {
    case CallStatus::Ok:
    case CallStatus::WouldBlock:
    case CallStatus::InsufficientResources:
    case CallStatus::Reset:
    case CallStatus::Refused:
    case CallStatus::TimedOut:
    case CallStatus::Unsupported:
      return {};
    case CallStatus::EndOfStream:
    case CallStatus::Closing:
    case CallStatus::NoConnection:
    case CallStatus::InvalidArgument:
      break;
  }
  return Complaint{
      fmt::format("SEND on an open connection answers {}", to_string(scene.event->status))};
}

/// New octets only: of those sent before same_octets() tells, of those past the FIN
/// nothing_after_fin().
Verdict octets_are_the_users(const Scene& scene) {
  const Emission& e = *scene.emission;
  const ShadowTcb& tcb = scene.tcb;
  const bool judged = scene.facts.complete && scene.facts.user_seen && tcb.user.reads_known;
  if (!judged || !e.in_connection || e.segment().payload.empty() || tcb.snd.fin) return {};
  const SeqNum begin = further(e.data_begin(), tcb.snd.nxt);
  if (!ahead(e.data_end(), begin)) return {};
  if (ahead(e.data_end(), tcb.handed_over_end())) {
    return Complaint{
        fmt::format("its data ends before {}, and the user handed over what ends "
                    "before {}",
                    words_of_stack_number(scene, e.data_end()),
                    words_of_stack_number(scene, tcb.handed_over_end()))};
  }
  const SeqLen place = wire::distance(tcb.snd.iss + 1, begin);
  const SeqLen written = tcb.snd.handed_over_up_to;
  if (written > place && written - place > OctetRing::kOctetsMax) return {};  // Overwritten.
  const wire::Octets fresh = e.segment().payload.last(wire::distance(begin, e.data_end()));
  if (tcb.snd.handed_over.holds(SeqNum(place), fresh)) return {};
  return Complaint{fmt::format("its data from {} on is not what the user handed over",
                               words_of_stack_number(scene, begin))};
}

constexpr Rule kRules[] = {
    {"sent-octets-are-the-users", "3.10.2-octets-are-the-users", Must, "3.10.2", EmitsText,
     octets_are_the_users,
     "The octets sent are those that the user handed over, in order and unchanged."},
    {"send-fails-after-close", "3.10.2-send-after-close-fails", Must, "3.10.2", Answers,
     send_fails_after_close, "SEND takes nothing after CLOSE."},
    {"send-fails-without-connection", "3.10.2-send-without-connection-fails", Must, "3.10.2",
     Answers, send_fails_without_connection, "SEND takes nothing once the connection has ended."},
    {"send-succeeds-while-open", "3.6-close-wait-keeps-sending", Must, "3.6", Answers,
     send_succeeds_while_open, "SEND takes octets, or has no room, in ESTABLISHED and CLOSE-WAIT."},
};

}  // namespace

std::span<const Rule> section_3_10_2_send() { return kRules; }

}  // namespace tcprove::monitor::rules
