#include <fmt/format.h>

#include "harness/monitor/follow.hpp"
#include "harness/monitor/rules/checks.hpp"

namespace tcprove::monitor::rules {
namespace {

constexpr base::Duration kLeastInterval = std::chrono::hours(2);

/// Whether the segment is the first keep-alive of an idle time that did not last two hours.
bool comes_early(const Scene& scene) {
  return scene.tcb.timers.keep_alives == 0 && scene.now - scene.tcb.last_arrival < kLeastInterval;
}

/// A capture does not show what the user asked for.
bool is_judged(const Scene& scene) {
  return scene.facts.complete && is_keep_alive(scene.tcb, *scene.emission);
}

}  // namespace

Verdict keep_alive_off_by_default(const Scene& scene) {
  if (!is_judged(scene) || scene.tcb.user.wants_keep_alives || comes_early(scene)) return {};
  return Complaint{"it is a keep-alive, and nobody asked for it"};
}

Verdict keep_alive_waits_two_hours(const Scene& scene) {
  const bool judged = is_judged(scene) && !scene.tcb.user.sets_keep_alive_time;
  if (!judged || !comes_early(scene)) return {};
  return Complaint{fmt::format("it is a keep-alive {} after the peer's latest segment",
                               base::to_string(scene.now - scene.tcb.last_arrival))};
}

}  // namespace tcprove::monitor::rules
