#pragma once

#include <optional>

#include "harness/adapter/adapter.hpp"
#include "harness/adapter/kernel/file_descriptor.hpp"

namespace tcprove::adapter::linux {

/// Asks the kernel in which state a connection is: also before accept, and after close, when no
/// socket of ours is left.
class SockDiag {
 public:
  std::optional<AdapterError> open();

  /// As Adapter::state().
  [[nodiscard]] std::optional<tcp::State> state(const wire::FourTuple& tuple) const;

 private:
  kernel::FileDescriptor socket_;
};

}  // namespace tcprove::adapter::linux
