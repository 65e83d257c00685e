#pragma once

#include "harness/plan/segment_text.hpp"
#include "harness/wire/address.hpp"

namespace tcprove::engine {

/// The address that `name` stands for on the link of the stack at `stack`, in its IP version.
wire::IpAddress special_address(plan::SpecialAddress name, const wire::IpAddress& stack);

}  // namespace tcprove::engine
