#pragma once

#include "harness/tcp/user_call.hpp"

namespace tcprove::tcp {

/// Whether the call and the option that it sets exist. Whoever writes an adapter may be asked for
/// others, to see that they are answered by Unsupported.
constexpr bool is_known(const UserCall& call) {
  if (static_cast<std::size_t>(call.kind) >= kCallKindCount) return false;
  return call.kind != CallKind::Set || static_cast<std::size_t>(call.option) < kUserOptionCount;
}

}  // namespace tcprove::tcp
