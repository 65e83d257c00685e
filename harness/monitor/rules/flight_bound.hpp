#pragma once

#include <optional>
#include <string_view>

#include "harness/monitor/rule.hpp"

namespace tcprove::monitor::rules {

/// How much is in flight at least once the scene's segment is sent; nothing where it has no new
/// data.
std::optional<wire::SeqLen> flight_of(const Scene& scene);

/// Complains where more is in flight than the reduced congestion window and `grown` let pass;
/// `what` it is for.
Verdict flight_after_reduction(const Scene& scene, const std::optional<ShadowReduction>& reduced,
                               wire::SeqLen grown, std::string_view what);

}  // namespace tcprove::monitor::rules
