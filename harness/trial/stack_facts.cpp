#include "harness/trial/stack_facts.hpp"

#include <array>
#include <utility>

namespace tcprove::trial {
namespace {

using monitor::StackFacts;
using tcp::Capability;

/// What a stack may have or not, and whoever has it says so.
constexpr auto kFacts = std::to_array<std::pair<bool StackFacts::*, Capability>>({
    {&StackFacts::fast_open, Capability::FastOpen},
    {&StackFacts::rack_tlp, Capability::RackTlp},
    {&StackFacts::hystart, Capability::HyStart},
    {&StackFacts::source_route, Capability::SourceRoute},
    {&StackFacts::sack, Capability::SackPermitted},
    {&StackFacts::ecn, Capability::Ecn},
    {&StackFacts::timestamps, Capability::Timestamps},
    {&StackFacts::error_reports, Capability::ErrorReports},
    {&StackFacts::urgent_receive, Capability::UrgentReceive},
});

}  // namespace

StackFacts facts_of(const adapter::StackProfile& profile) {
  const tcp::Capabilities& offered = profile.capabilities;
  StackFacts facts{.msl = profile.msl,
                   .challenge_ack = offered.has(Capability::ChallengeAck),
                   .virtual_clock = offered.has(Capability::VirtualTime),
                   .errors_told = offered.has(Capability::UserErrors),
                   .user_seen = offered.has(Capability::UserSend),
                   .complete = true};
  for (const auto& [fact, capability] : kFacts) facts.*fact = offered.has(capability);
  return facts;
}

std::optional<Capability> needed_capability(const monitor::Rule& rule) {
  for (const auto& [fact, capability] : kFacts) {
    if (rule.binds == fact) return capability;
  }
  return std::nullopt;
}

}  // namespace tcprove::trial
