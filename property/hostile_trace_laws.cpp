#include <algorithm>
#include <random>

#include <gtest/gtest.h>

#include "harness/monitor/rules.hpp"
#include "harness/plan/plan_octets.hpp"
#include "property/target_law.hpp"

// Laws of traces that a capture may hold: cut, torn, or of no TCP at all. Where the trace does not
// tell what happened the monitor has nothing to say.

namespace tcprove::property {
namespace {

using trace::EventKind;
using trace::Trace;

const adapter::Target& reference() {
  return *std::ranges::find(adapter::targets(), std::string_view("reference"),
                            &adapter::Target::name);
}

/// The same numbers for the same plan.
std::mt19937_64 numbers_of(wire::Octets plan) {
  std::seed_seq seed(plan.begin(), plan.end());
  return std::mt19937_64(seed);
}

/// What the monitor finds in a trace that may lack anything, whatever clock it was taken by.
std::string complaints(const Trace& trace, monitor::StackFacts facts) {
  facts.complete = false;
  for (const bool virtual_clock : {true, false}) {
    facts.virtual_clock = virtual_clock;
    const auto violations = monitor::judge(trace, facts);
    if (!violations.empty()) return violations.front().rule + ": " + violations.front().message;
  }
  return {};
}

template <class Keep>
Trace part_of(const Trace& whole, const Keep& keep) {
  Trace part;
  part.connections = whole.connections;
  for (std::size_t i = 0; i < whole.events().size(); ++i) {
    const trace::Event& event = whole.events()[i];
    if (keep(i)) part.append(event, whole.octets_of(event));
  }
  return part;
}

TEST(HostileTraceLaws, ALegalTraceThatLacksEventsDrawsNothing) {
  check_on_plans(reference(), [](JudgedPlay& play, wire::Octets octets) -> std::string {
    play.judge(plan::plan_of(octets));
    std::mt19937_64 numbers = numbers_of(octets);
    for (const unsigned one_in : {2U, 4U, 16U}) {
      const Trace torn =
          part_of(play.trace(), [&](std::size_t) { return numbers() % one_in != 0; });
      const std::string why = complaints(torn, play.facts());
      if (!why.empty()) return "with one event in " + std::to_string(one_in) + " missing, " + why;
    }
    return {};
  });
}

TEST(HostileTraceLaws, ALegalTraceThatBeginsAnywhereDrawsNothing) {
  check_on_plans(reference(), [](JudgedPlay& play, wire::Octets octets) -> std::string {
    play.judge(plan::plan_of(octets));
    const std::size_t count = play.trace().events().size();
    for (std::size_t begin = 0; begin < count; begin += 1 + count / 16) {
      const Trace tail = part_of(play.trace(), [begin](std::size_t i) { return i >= begin; });
      const std::string why = complaints(tail, play.facts());
      if (!why.empty()) return "from event " + std::to_string(begin) + " on, " + why;
    }
    return {};
  });
}

/// Of a complete trace too, the first part is as legal as the whole.
TEST(HostileTraceLaws, ALegalTraceThatEndsAnywhereDrawsNothing) {
  check_on_plans(reference(), [](JudgedPlay& play, wire::Octets octets) -> std::string {
    play.judge(plan::plan_of(octets));
    monitor::Monitor monitor(play.facts());
    const auto events = play.trace().events();
    for (std::size_t end = 0; end < events.size(); end += 1 + events.size() / 16) {
      monitor.restart(play.trace().connections, play.trace().iss_planned);
      for (std::size_t i = 0; i < end; ++i) {
        monitor.observe(events[i], play.trace().octets_of(events[i]), i);
      }
      if (!monitor.violations().empty()) return monitor.violations().front().rule;
    }
    return {};
  });
}

/// Packets of random octets, and of the trace's own with some changed, on both sides' ways.
TEST(HostileTraceLaws, GarbageIsSurvivedAndComplaintsAreBounded) {
  check_on_plans(reference(), [](JudgedPlay& play, wire::Octets octets) -> std::string {
    play.judge(plan::plan_of(octets));
    std::mt19937_64 numbers = numbers_of(octets);
    Trace trace;
    trace.connections = play.trace().connections;
    for (const trace::Event& event : play.trace().events()) {
      const wire::Octets packet = play.trace().octets_of(event);
      trace.append(event, packet);
      std::vector<std::uint8_t> garbage(packet.begin(), packet.end());
      if (numbers() % 2 == 0) garbage.resize(numbers() % 80);
      for (std::size_t i = numbers() % 8; i > 0 && !garbage.empty(); --i) {
        garbage[numbers() % garbage.size()] = static_cast<std::uint8_t>(numbers());
      }
      trace::Event odd = event;
      odd.kind = static_cast<EventKind>(numbers() % 8);
      odd.connection = static_cast<trace::ConnectionIndex>(numbers() % 4);
      odd.call = static_cast<tcp::CallKind>(numbers() % tcp::kCallKindCount);
      odd.status = static_cast<tcp::CallStatus>(numbers() % tcp::kCallStatusCount);
      odd.state = static_cast<tcp::State>(numbers() % tcp::kStateCount);
      trace.append(odd, garbage);
    }
    const std::size_t most = monitor::all_rules().size() * monitor::Monitor::kViolationsPerRuleMax;
    return monitor::judge(trace, play.facts()).size() <= most ? "" : "complaints without end";
  });
}

}  // namespace
}  // namespace tcprove::property
