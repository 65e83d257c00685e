#pragma once

#include <memory>

#include "harness/adapter/adapter.hpp"

namespace tcprove::adapter {

/// A TCP written from RFC 9293 section 3.10, to be read and to be broken; any number may live.
std::unique_ptr<Adapter> make_reference();

}  // namespace tcprove::adapter
