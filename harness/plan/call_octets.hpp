#pragma once

#include "harness/plan/step_octets.hpp"

namespace tcprove::plan {

/// The user call that a record stands for; nothing where its verb is none or its class is off.
std::optional<Call> call_of(const StepOctets& octets, Swarm swarm);
/// False where no octets stand for it.
bool put_call(const Call& call, StepOctets& octets);

/// `ip`: each version has errors of its own.
SendIcmp icmp_of(const StepOctets& octets, wire::IpVersion ip, bool tame);
bool put_icmp(const SendIcmp& icmp, wire::IpVersion ip, StepOctets& octets);

}  // namespace tcprove::plan
