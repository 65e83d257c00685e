#pragma once

#include <memory>
#include <string_view>

#include "harness/adapter/adapter.hpp"
#include "harness/base/result.hpp"

namespace tcprove::adapter::tun {

/// The stack of which `target` names the wire, on the real clock.
///
/// Its service is the user: listen finds it listening already, and no other call can be made.
/// Requires: read_place(target) holds. Errors: no way to the stack, or no service there.
base::Result<std::unique_ptr<Adapter>, AdapterError> open_wire(std::string_view target);

}  // namespace tcprove::adapter::tun
