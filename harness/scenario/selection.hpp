#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "harness/base/result.hpp"
#include "harness/scenario/loader.hpp"
#include "harness/scenario/scenario.hpp"

namespace tcprove::scenario {

/// The most scenario files that are looked for below one folder.
inline constexpr std::size_t kFilesMax = 100'000;

/// Reads the scenarios that `selections` name, each once, in the order of their ids.
///
/// A selection is a file (`.yaml`, or a plan's octets, `.plan`), a folder (every `.yaml` below it
/// but what lies in `fragments`, `expected` and `catalogue`), an id, the beginning of ids
/// (`textbook/hand`, with or without the specs root's path before it), or a file or an id with an
/// instance's suffix, which then alone is selected. No selection at all is the whole specs root.
/// Errors: all of them, in all files; also a selection that selects nothing.
base::Result<std::vector<Scenario>> load_scenarios(std::span<const std::string> selections,
                                                   const LoadOptions& options);

/// The ids of all instances.
std::vector<std::string> instance_ids(const std::vector<Scenario>& scenarios);

}  // namespace tcprove::scenario
