#pragma once

#include "harness/wire/segment.hpp"

namespace tcprove::wire {

/// Whether nothing but zeros stands behind the end of the list (RFC 9293 MUST-69); true also where
/// there is no end, or a malformed option before it.
bool padding_is_zero(Octets options);

}  // namespace tcprove::wire
