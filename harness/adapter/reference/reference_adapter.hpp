#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "harness/adapter/adapter.hpp"
#include "harness/adapter/named_fault.hpp"

namespace tcprove::adapter {

/// A TCP written from RFC 9293 section 3.10, to be read and to be broken; any number may live.
std::unique_ptr<Adapter> make_reference();

/// The mistakes that it can be asked to make.
std::span<const NamedFault> reference_faults();

/// The same with the mistake `fault`. Requires: reference_faults() has one of this name.
std::unique_ptr<Adapter> make_faulty_reference(std::string_view fault);

}  // namespace tcprove::adapter
