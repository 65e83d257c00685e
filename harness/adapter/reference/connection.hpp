#pragma once

#include "harness/adapter/reference/host.hpp"
#include "harness/adapter/reference/output.hpp"
#include "harness/adapter/reference/tcb.hpp"

namespace tcprove::adapter::reference {

// connection.cpp: the transitions that several events share.

/// "All segment queues should be flushed."
void flush_queues(Tcb& tcb);

/// "Enter the CLOSED state, delete the TCB": the stack erases it when no user holds it.
void enter_closed(Host& host, Tcb& tcb);

/// The connection has failed: tells the user, flushes the queues and enters CLOSED.
void end_connection(Host& host, Tcb& tcb, tcp::CallStatus error);

/// Both SYNs are acknowledged. A CLOSE that waited for this is taken up (section 3.10.4).
void enter_established(Host& host, Tcb& tcb);

/// "Start the time-wait timer, turn off the other timers."
void enter_time_wait(Host& host, Tcb& tcb);

/// Ends every event: sends what may go and the ACK that is owed now, and has the right timers run.
void finish_event(Host& host, Tcb& tcb);

// timers.cpp

/// Has the timers run that the connection's state calls for, and no others; those that run go on.
void schedule_timers(Host& host, Tcb& tcb);

// timeouts_3_10_8.cpp

/// A timer of the connection fires; it runs no longer when this is called.
void timeout(Host& host, Tcb& tcb, TimerKind kind);

}  // namespace tcprove::adapter::reference
