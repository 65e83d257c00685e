#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "harness/monitor/stack_facts.hpp"
#include "harness/trace/trace.hpp"

namespace tcprove::monitor {

/// A trace written down for a test, with what it is to show.
///
/// ```
/// # No ACK covers octets that never came.
/// trips: ack-not-beyond-received
/// given: passive
/// 10ms  > ACK seq=1 ack=1 len=100
/// 10ms  < ACK seq=1 ack=102
/// ```
/// The first comment is the claim. `trips: RULE` names the one rule that must complain; without it
/// none may. `given: passive` and `given: active` stand for LISTEN or OPEN and a handshake at 0ms;
/// `peer=<…>` and `stack=<…>` behind it are the options of each side's SYN, `wnd=N` the peer's
/// window. `facts:` lists `capture`, `no-challenge-ack`, `user-unseen`, `errors-told`,
/// `fast-open`, `rack-tlp`, `hystart`, `source-route`, `sack`, `ecn`, `timestamps`,
/// `error-reports`, `urgent-receive`, `iss-planned`, `states-told` (each state is told as soon as
/// it is there), `msl=DURATION`, `ipv6`, `connections=N`.
///
/// Each line is an instant and an event: `> SEGMENT` reached the stack, `>x SEGMENT` was lost on
/// the way to it, `< SEGMENT` reached the peer, `<x SEGMENT` was lost on the way to it; `call KIND
/// [len=N] [-> RESULT [len=N]]`, where SEND takes all that it is offered unless a length says less;
/// `state NAME`; `wait`. `@1` before the event names another connection than
/// the first. Segments: `FLAGS seq= ack= len= wnd= up= ecn= options=<…>`, numbers relative to each
/// side's initial one, `seq=raw:N` as it stands on the wire; `data=other` has other octets than the
/// stream's; `checksum=bad`, `offset=N`, `reserved=N`; `options=hex:0101` by octets,
/// `ip-options=hex:…` likewise; `by=ADDRESS` is where it is sent first; `dscp=`, `ttl=`; the
/// stack's data has PSH unless `push=no`. `> ICMP ERROR seq=N` is about the stack's segment there;
/// `call report -> ok report=NAME`. `call set OPTION=VALUE`, as `keep-alive=on`,
/// `keep-alive-interval=20s`, `source-route=ADDRESS`. `stack-iss: N` and `peer-iss: N` move a
/// side's initial number from there on.
struct Ladder {
  std::string claim;
  std::string trips;  ///< Empty: nothing may.
  StackFacts facts;
  trace::Trace trace;
  std::optional<std::string> error;  ///< What is wrong with the text, with its line.
};

Ladder parse_ladder(std::string_view text);

}  // namespace tcprove::monitor
