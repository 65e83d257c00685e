#include "harness/trial/stack_facts.hpp"

namespace tcprove::trial {

monitor::StackFacts facts_of(const adapter::StackProfile& profile) {
  const tcp::Capabilities& offered = profile.capabilities;
  return {.msl = profile.msl,
          .challenge_ack = offered.has(tcp::Capability::ChallengeAck),
          .virtual_clock = offered.has(tcp::Capability::VirtualTime),
          .errors_told = offered.has(tcp::Capability::UserErrors),
          .fast_open = offered.has(tcp::Capability::FastOpen),
          .rack_tlp = offered.has(tcp::Capability::RackTlp),
          .hystart = offered.has(tcp::Capability::HyStart),
          .source_route = offered.has(tcp::Capability::SourceRoute),
          .user_seen = offered.has(tcp::Capability::UserSend),
          .complete = true};
}

}  // namespace tcprove::trial
