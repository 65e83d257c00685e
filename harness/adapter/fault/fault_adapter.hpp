#pragma once

#include <memory>

#include "harness/adapter/adapter.hpp"
#include "harness/adapter/fault/wire_fault.hpp"

namespace tcprove::adapter::fault {

/// `stack` with `fault` made on its wire: a device that wraps a device. All but packets passes
/// through as it is; a packet that is delayed leaves in virtual time, and is a deadline until then.
///
/// Lifetime: keeps `fault`.
std::unique_ptr<Adapter> make_fault_adapter(const WireFault& fault, std::unique_ptr<Adapter> stack);

}  // namespace tcprove::adapter::fault
