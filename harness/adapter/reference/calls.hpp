#pragma once

#include <cstdint>
#include <span>

#include "harness/adapter/reference/host.hpp"
#include "harness/adapter/reference/tcb.hpp"

namespace tcprove::adapter::reference {

// The user calls of RFC 9293 section 3.10 on a connection; STATUS (3.10.6) is Tcb::state.

/// OPEN, active: sends the SYN. Requires: `tcb` names a four-tuple that no connection has.
void open_active(Host& host, Tcb& tcb);

/// SEND; answers how many octets there was room for.
/// Errors: WouldBlock for none, Closing, NoConnection, or what ended the connection.
tcp::CallResult send(Host& host, Tcb& tcb, wire::Octets octets, bool urgent);

// calls_3_9_1_options.cpp

/// Takes over what the user set, as UserOption and OptionValue say.
void set_option(Settings& settings, tcp::UserOption option, std::int64_t value);

/// set_option() on a connection that goes on by it.
tcp::CallResult set(Host& host, Tcb& tcb, const tcp::UserCall& call);

/// Has the user told, if it wants to be.
void tell(const Host& host, Tcb& tcb, tcp::Report report);

/// The oldest report that was not taken. Errors: WouldBlock.
tcp::CallResult report(Tcb& tcb);

/// Whether urgent data is pending (MUST-33). Errors: WouldBlock where it is not.
tcp::CallResult urgent(const Host& host, const Tcb& tcb);

/// RECEIVE. Errors: WouldBlock, EndOfStream, NoConnection, or what ended the connection.
tcp::CallResult receive(Host& host, Tcb& tcb, std::span<std::uint8_t> buffer);

/// CLOSE, which is "I have no more data to send": receiving goes on.
tcp::CallResult close(Host& host, Tcb& tcb);

/// CLOSE by a user who will not receive either (RFC 9293 MAY-1, SHLD-3); the handle is gone.
tcp::CallResult close_both_ways(Host& host, Tcb& tcb);

/// ABORT; the handle is gone.
tcp::CallResult abort(Host& host, Tcb& tcb);

}  // namespace tcprove::adapter::reference
