#pragma once

#include <optional>

#include "harness/base/octet_stream.hpp"
#include "harness/campaign/batch.hpp"

namespace tcprove::campaign {

// What a worker tells its parent of single executions.

void put_shown(const Shown& shown, base::OctetsWriter& out);
Shown get_shown(base::OctetsReader& in);

void put_observation(const Observation& observation, base::OctetsWriter& out);
/// Nothing, and `in` spoilt, where the octets are none: a stack may have overwritten anything.
std::optional<Observation> get_observation(base::OctetsReader& in);

}  // namespace tcprove::campaign
