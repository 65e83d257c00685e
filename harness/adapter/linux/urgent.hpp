#pragma once

#include "harness/adapter/linux/sockets.hpp"

namespace tcprove::adapter::linux {

/// Has SIGURG, which stays blocked, tell of urgent data on `socket` that is still on its way.
void ask_for_urgent_signal(int socket);

/// Takes a SIGURG that came since the last call: urgent data is announced, or its end moved on.
///
/// It does not say of which socket; only the one that is being asked about learns of it.
void note_urgent_signal(Socket& socket);

/// Urgent octets are still to be received, whether they are there or not.
bool urgent_is_pending(Socket& socket);

}  // namespace tcprove::adapter::linux
