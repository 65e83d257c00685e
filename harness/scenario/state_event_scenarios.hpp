#pragma once

#include <filesystem>
#include <vector>

#include "harness/base/result.hpp"
#include "harness/scenario/catalogue.hpp"
#include "harness/scenario/scenario.hpp"

namespace tcprove::scenario {

/// The scenarios `state-event/STATE/EVENT`, one for each cell of the state × event table: its
/// instances are the ways into the state, the edges of the window, low numbers and such that wrap,
/// and both IP versions. What is expected is the table's row.
///
/// None where `specs_root` has no `state-event/`. Errors: all of them, in the table and in the
/// stimuli.
base::Result<std::vector<Scenario>> load_state_event_scenarios(
    const std::filesystem::path& specs_root, const Catalogue* catalogue);

}  // namespace tcprove::scenario
