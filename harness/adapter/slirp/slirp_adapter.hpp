#pragma once

#include <memory>

#include "harness/adapter/adapter.hpp"

namespace tcprove::adapter::slirp {

/// libslirp, QEMU's TCP, unmodified, in this thread and in virtual time; sockets of this process
/// are its application.
std::unique_ptr<Adapter> make_slirp_adapter();

}  // namespace tcprove::adapter::slirp
