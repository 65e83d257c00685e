#pragma once

#include <optional>
#include <string_view>

#include "harness/adapter/adapter.hpp"

namespace tcprove::adapter {

/// Adds the capability that an adapter out of this tree claims by `name`.
///
/// Errors: there is none of that name; a claim that nobody can hold it to is not let pass.
std::optional<AdapterError> claim(std::string_view name, tcp::Capabilities& claimed);

/// As claim(), of each of `names`, which have blanks between them.
std::optional<AdapterError> claim_all(std::string_view names, tcp::Capabilities& claimed);

}  // namespace tcprove::adapter
