#include "harness/adapter/linux/private_namespace.hpp"

#include <cerrno>
#include <cstring>

#include <fmt/format.h>
#include <sched.h>

namespace tcprove::adapter::linux {

std::optional<AdapterError> enter_fresh_namespace() {
  // Root may, and so may who has entered a user namespace for the scenario before.
  if (unshare(CLONE_NEWNET) == 0) return std::nullopt;
  if (unshare(CLONE_NEWUSER | CLONE_NEWNET) == 0) return std::nullopt;
  // So the kernel names a limit.
  const char* const why =
      errno == ENOSPC ? "no more may be made (/proc/sys/user)" : std::strerror(errno);
  return AdapterError{
      fmt::format("no private network namespace: {}; it takes root, or a system that allows "
                  "unprivileged user namespaces",
                  why)};
}

}  // namespace tcprove::adapter::linux
