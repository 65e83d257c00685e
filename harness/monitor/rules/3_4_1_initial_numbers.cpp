// RFC 9293 section 3.4.1: what the initial sequence numbers of several connections tell together.

#include <fmt/format.h>

#include "harness/monitor/half_circle.hpp"
#include "harness/monitor/rules/sections.hpp"

namespace tcprove::monitor::rules {
namespace {

using namespace std::chrono_literals;
using Opening = ShadowHost::Opening;

// A clock of 4 us goes half around in 2.4 h, the fastest in use (64 ns) in 137 s; the slowest in
// use ticks once in half a second.
constexpr base::Duration kLeastWait = 1s;
constexpr base::Duration kMostWait = 60s;

/// The stack chose the number of the segment, for a connection that it opens.
bool is_judged(const Scene& scene) {
  const SynKind syn = scene.emission->syn;
  const bool opens = syn == SynKind::First || syn == SynKind::Reopens;
  return opens && scene.facts.complete && scene.facts.virtual_clock && !scene.host->iss_planned;
}

/// The latest opening before `back` steps of another connection than `tuple` and `other`.
const Opening* another(const ShadowHost& host, const wire::FourTuple& tuple,
                       const wire::FourTuple& other) {
  for (std::size_t back = 0;; ++back) {
    const Opening* opening = host.opening(back);
    if (opening == nullptr || (opening->tuple != tuple && opening->tuple != other)) return opening;
  }
}

/// MUST-9. Of three connections opened at one instant only F() tells the numbers apart: where the
/// third follows from the two before, anybody can compute it. By chance it does once in 2^32.
Verdict iss_not_foretold(const Scene& scene) {
  if (!is_judged(scene)) return {};
  const wire::FourTuple tuple = tuple_of(*scene.emission->packet);
  const Opening* before = another(*scene.host, tuple, tuple);
  if (before == nullptr || before->at != scene.now) return {};
  const Opening* first = another(*scene.host, tuple, before->tuple);
  if (first == nullptr || first->at != scene.now) return {};
  const wire::SeqLen step = wire::distance(first->iss, before->iss);
  if (wire::distance(before->iss, scene.emission->segment().seq) != step) return {};
  return Complaint{fmt::format(
      "the initial sequence numbers of three connections opened at once lie {} apart", step)};
}

/// SHLD-1: ISN = M + F, so that of one connection all but the clock M stays the same.
Verdict iss_grows_with_time(const Scene& scene) {
  if (!is_judged(scene)) return {};
  const wire::FourTuple tuple = tuple_of(*scene.emission->packet);
  const Opening* before = scene.host->opening(0);
  for (std::size_t back = 0; before != nullptr && before->tuple != tuple;) {
    before = scene.host->opening(++back);
  }
  if (before == nullptr) return {};
  const base::Duration passed = scene.now - before->at;
  if (passed < kLeastWait || passed > kMostWait) return {};
  if (ahead(scene.emission->segment().seq, before->iss)) return {};
  return Complaint{fmt::format(
      "the initial sequence number does not lie past that of the same connection {} ago",
      base::to_string(passed))};
}

constexpr Rule kRules[] = {
    {"initial-numbers-are-not-foretold", "MUST-9", Must, "3.4.1", EmitsSyn, iss_not_foretold,
     "The initial sequence number of a connection does not follow from those of two others."},
    {"initial-numbers-grow-with-time", "SHLD-1", Should, "3.4.1", EmitsSyn, iss_grows_with_time,
     "A connection that is opened again some time later begins at a later number."},
};

}  // namespace

std::span<const Rule> section_3_4_1_initial_numbers() { return kRules; }

}  // namespace tcprove::monitor::rules
