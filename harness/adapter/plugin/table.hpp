#pragma once

#include "harness/adapter/adapter.hpp"
#include "harness/adapter/plugin/tcprove_adapter.h"
#include "harness/base/result.hpp"

namespace tcprove::adapter::plugin {

/// A plug-in's table, whole: what an older one lacks at its end is null.
///
/// Errors: another abi_version, too short, or a function that must be there is not.
base::Result<tcprove_adapter, AdapterError> read_table(const tcprove_adapter& offered);

/// What a table says of its stack.
///
/// Errors: no name, or a claim that is unknown or whose function is null.
base::Result<StackProfile, AdapterError> read_profile(const tcprove_adapter& table);

/// Endpoints as the C ABI has them.
tcprove_endpoint to_c(const wire::Endpoint& endpoint);
wire::Endpoint from_c(const tcprove_endpoint& endpoint);

}  // namespace tcprove::adapter::plugin
