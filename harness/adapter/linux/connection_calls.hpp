#pragma once

#include "harness/adapter/linux/sockets.hpp"
#include "harness/adapter/linux/urgent.hpp"
#include "harness/tcp/user_call.hpp"

namespace tcprove::adapter::linux {

/// The calls on a connection; an error that ended it is answered once, by whichever call comes
/// first, and from then on there is no connection.
tcp::CallResult send(Socket& socket, std::span<const std::uint8_t> octets, bool urgent);
tcp::CallResult receive(Socket& socket, std::span<std::uint8_t> buffer);
tcp::CallResult shut(Socket& socket);
tcp::CallResult release(Socket& socket, bool abort);

/// The oldest thing that the kernel can tell its user: a soft ICMP error, or urgent data.
tcp::CallResult report(Socket& socket);

}  // namespace tcprove::adapter::linux
