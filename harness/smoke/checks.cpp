#include <array>

#include "harness/smoke/check.hpp"
#include "harness/smoke/laws.hpp"

namespace tcprove::smoke {
namespace {

/// A word that has the monitor judge more; what it promises takes more than one exchange to see.
template <tcp::Capability kCapability>
Finding is_said(Bench& bench) {
  return {.verdict = bench.claims(kCapability) ? Verdict::Works : Verdict::Missing};
}

/// In the order in which an author gets them to work: the openings, the calls, the laws, and then
/// what not every stack has.
constexpr std::array kChecks{
    Check{.name = "profile",
          .promise = "it says what it is and how a connection can be opened",
          .next = "give the stack a name and a version; claim ipv4 or ipv6, passive-open or "
                  "active-open",
          .law = tells_who_it_is},
    Check{.name = "rubbish",
          .promise = "octets that are no packet do it no harm",
          .next = "hand the stack whatever deliver() gets: any octets may come from a wire",
          .law = survives_rubbish},
    Check{.name = "passive-open",
          .promise = "a peer's SYN opens a connection, and accept takes it",
          .next =
              "listen, emit what the stack answers to a SYN before deliver() and settle() return, "
              "and let accept answer a handle and the peer",
          .head = "role: passive\n",
          .steps = "  - call: accept\n"},
    Check{.name = "active-open",
          .promise = "connect sends a SYN and a SYN,ACK opens the connection",
          .next = "emit the SYN before call() and settle() return",
          .head = "role: active\n",
          .steps = "  - wait: 1ms\n"},
    Check{.name = "ipv4",
          .promise = "it opens over IPv4",
          .next = "take packets whose first octet is 0x4X, and send such",
          .head = "ip: 4\n",
          .steps = "  - wait: 1ms\n"},
    Check{.name = "ipv6",
          .promise = "it opens over IPv6",
          .next = "take packets whose first octet is 0x6X, and send such",
          .head = "ip: 6\n",
          .steps = "  - wait: 1ms\n"},
    Check{.name = "local-port",
          .promise = "connect leaves from the port that the user names",
          .next = "bind to call.local.port before the SYN is sent",
          .head = "role: active\nconnections: {a: {stack-port: 5000}}\n",
          .steps = "  - wait: 1ms\n"},
    Check{.name = "user-send",
          .promise = "send puts the user's octets on the wire",
          .next = "answer how many octets were taken",
          .steps = "  - call: send 100\n"
                   "  - expect: ACK seq=1 ack=1 len=100\n"
                   "  - send: ACK seq=1 ack=101\n"},
    Check{.name = "user-receive",
          .promise = "receive hands over the peer's octets, then none, then the end",
          .next = "answer would-block where nothing is there, end-of-stream after the FIN",
          .steps = "  - send: ACK seq=1 ack=1 len=100\n"
                   "  - expect: ACK seq=1 ack=101\n"
                   "  - receive: 100\n"
                   "  - receive: nothing\n"
                   "  - send: FIN,ACK seq=101 ack=1\n"
                   "  - expect: ACK seq=1 ack=102\n"
                   "  - receive: end-of-stream\n"},
    Check{.name = "user-shutdown",
          .promise = "shutdown sends a FIN and receiving goes on",
          .next = "close the sending side alone; the handle stays",
          .steps = "  - call: shutdown\n"
                   "  - expect: FIN,ACK seq=1 ack=1\n"
                   "  - send: ACK seq=1 ack=2 len=10\n"
                   "  - expect: ACK seq=2 ack=11\n"
                   "  - receive: 10\n"},
    Check{.name = "user-close",
          .promise = "close sends a FIN, and the peer's FIN is acknowledged",
          .next = "close both sides; the stack finishes by itself",
          .steps = "  - call: close\n"
                   "  - expect: FIN,ACK seq=1 ack=1\n"
                   "  - send: FIN,ACK seq=1 ack=2\n"
                   "  - expect: ACK seq=2 ack=2\n"},
    Check{.name = "user-abort",
          .promise = "abort sends a RST",
          .next = "end the connection at once; a stack's own name for it may be SO_LINGER 0",
          .steps = "  - call: abort\n"
                   "  - one-of:\n"
                   "      - expect: RST\n"
                   "      - expect: RST,ACK\n"},
    Check{.name = "user-errors",
          .promise = "a call after the peer's RST says that it came",
          .next = "answer `reset`, `refused` or `timed-out` from the next call on the handle",
          .steps = "  - receive: nothing\n"
                   "  - send: RST seq=1\n"
                   "  - receive: reset\n"},
    Check{.name = "introspection",
          .promise = "state() tells LISTEN, ESTABLISHED, FIN-WAIT-1 and FIN-WAIT-2",
          .next = "tell the state of a four-tuple also after close and before accept",
          .steps = "  - state: ESTABLISHED\n"
                   "  - call: shutdown\n"
                   "  - expect: FIN,ACK seq=1 ack=1\n"
                   "  - state: FIN-WAIT-1\n"
                   "  - send: ACK seq=1 ack=2\n"
                   "  - state: FIN-WAIT-2\n"},
    Check{.name = "reset",
          .promise = "reset() leaves nothing of what was before",
          .next = "forget connections, listeners, timers, options and the clock: a play must not "
                  "see the one before",
          .law = resets_to_pristine},
    Check{.name = "determinism",
          .promise = "the same calls give the same octets at the same instants",
          .next = "take random numbers from the seed of reset(), never from the system",
          .law = repeats_itself},
    Check{.name = "settle",
          .promise = "nothing is left to be emitted once it has settled",
          .next =
              "let deliver(), call() and settle() return only when all is emitted that needs no "
              "time",
          .law = settles},
    Check{.name = "virtual-time",
          .promise = "a day passes at once",
          .next = "move the stack's clock in advance(), and sleep nowhere",
          .law = passes_a_day},
    Check{.name = "timers",
          .promise = "what a timer sends carries the instant at which it fired",
          .next = "in advance(), go from timer to timer and stamp what each emits with its own "
                  "instant, in however many pieces the time comes",
          .law = stamps_timers},
    Check{.name = "deadlines",
          .promise = "next_deadline() is when the next timer fires",
          .next = "answer the time to the stack's earliest timer, or that it cannot be told",
          .law = keeps_deadlines},
    Check{.name = "made-up",
          .promise = "a call and an option that nobody knows are answered by `unsupported`",
          .next = "answer `unsupported` to every kind and option that the adapter does not know",
          .law = knows_its_limits},
    Check{.name = "set-iss",
          .promise = "a given initial sequence number is used",
          .next = "replace the stack's choice of the next ISS",
          .law = uses_the_given_iss},
    Check{.name = "challenge-ack",
          .promise = "a RST in the window, but not at its begin, draws an ACK (RFC 5961)",
          .next = "claim it only where the stack implements RFC 5961",
          .steps = "  - send: RST seq=11\n"
                   "  - expect: ACK seq=1 ack=1\n"},
    Check{.name = "window-scale",
          .promise = "its SYN offers window scale, or takes the peer's offer (RFC 7323)",
          .next = "claim it where the stack's SYN offers it, in the build that is judged",
          .law = offers_window_scale},
    Check{.name = "timestamps",
          .promise = "its SYN offers timestamps, or takes the peer's offer (RFC 7323)",
          .next = "claim it where the stack's SYN offers it, in the build that is judged",
          .law = offers_timestamps},
    Check{.name = "sack-permitted",
          .promise = "its SYN offers SACK, or takes the peer's offer (RFC 2018)",
          .next = "claim it where the stack's SYN offers it, in the build that is judged",
          .law = offers_sack},
    Check{.name = "set-no-delay",
          .promise = "with no-delay a small segment does not wait for an ACK",
          .next = "switch Nagle's algorithm off",
          .steps = "  - call: set no-delay on\n"
                   "  - call: send 10\n"
                   "  - expect: ACK seq=1 ack=1 len=10\n"
                   "  - call: send 10\n"
                   "  - expect: ACK seq=11 ack=1 len=10\n"},
    Check{.name = "set-keep-alive",
          .promise = "keep-alive can be switched on and off",
          .next = "take option keep-alive",
          .steps = "  - call: set keep-alive on\n"
                   "  - call: set keep-alive off\n"},
    Check{.name = "set-keep-alive-interval",
          .promise = "an idle connection is probed after the interval that the user sets",
          .next = "take option keep-alive-interval, in nanoseconds",
          .steps = "  - call: set keep-alive-interval 20s\n"
                   "  - call: set keep-alive on\n"
                   "  - expect: ACK seq=0 ack=1 within 19s..23s\n"},
    Check{.name = "set-user-timeout",
          .promise = "data that nobody acknowledges ends the connection when the user says",
          .next = "take option user-timeout, in nanoseconds; 0 is never",
          .steps = "  - call: set user-timeout 20s\n"
                   "  - call: send 10\n"
                   "  - expect: ACK seq=1 ack=1 len=10\n"
                   "  - wait: 100s\n"
                   "  - call: send 10\n"
                   "    result: [timed-out, no-connection]\n"},
    Check{.name = "set-dscp",
          .promise = "what is sent carries the user's DSCP",
          .next = "take option dscp: the upper six bits of the traffic class",
          .steps = "  - call: set dscp 46\n"
                   "  - call: send 10\n"
                   "  - expect: ACK seq=1 ack=1 len=10 dscp=46\n"},
    Check{.name = "set-ttl",
          .promise = "what is sent carries the user's TTL or hop limit",
          .next = "take option ttl",
          .steps = "  - call: set ttl 7\n"
                   "  - call: send 10\n"
                   "  - expect: ACK seq=1 ack=1 len=10 ttl=7\n"},
    Check{.name = "error-reports",
          .promise = "the user is told of a soft ICMP error",
          .next = "keep what the stack reports until a report call takes it",
          .steps = "  - call: send 10\n"
                   "  - expect: ACK seq=1 ack=1 len=10\n"
                   "  - send: ICMP host-unreachable\n"
                   "  - report: icmp-error\n"},
    Check{.name = "urgent-receive",
          .promise = "the user is told that urgent octets are to be received",
          .next = "answer ok to an urgent call while there are some, else would-block",
          .steps = "  - urgent: none\n"
                   "  - send: URG,ACK seq=1 ack=1 len=10 up=5\n"
                   "  - urgent: pending\n"},
    Check{.name = "urgent-send",
          .promise = "octets sent as urgent leave with URG",
          .next = "hand call.urgent to the stack",
          .steps = "  - call: send 10 urgent\n"
                   "  - expect: URG,ACK seq=1 ack=1 len=10\n"},
    Check{.name = "path-mtu",
          .promise = "an ICMP error about size makes segments smaller (RFC 1191, RFC 8201)",
          .next = "hand ICMP packets from deliver() to the stack, too",
          .steps = "  - call: send 1400\n"
                   "  - expect: ACK seq=1 ack=1 len=1400\n"
                   "    lost: true\n"
                   "  - send: ICMP fragmentation-needed mtu=1280 seq=1\n"
                   "  - one-of:\n"
                   "      - exactly: ACK seq=1 ack=1 len<=1240 within 10s\n"
                   "      - exactly: PSH,ACK seq=1 ack=1 len<=1240 within 10s\n"},
    Check{
        .name = "ecn",
        .promise = "a SYN that asks for ECN is granted it (RFC 3168)",
        .next = "claim it where the stack answers such a SYN with ECE, in the build that is judged",
        .head = "role: passive\nconnections: {a: , b: }\n",
        .steps = "  - send: SYN,ECE,CWR seq=0\n"
                 "    on: b\n"
                 "  - exactly: SYN,ACK,ECE seq=0 ack=1\n"
                 "    on: b\n"},
    Check{.name = "set-ecn",
          .promise = "a user who wants ECN has the SYN ask for it",
          .next = "take option ecn",
          .head = "connections: {a: , b: {stack-port: 9}}\n",
          .steps = "  - call: set ecn on\n"
                   "    on: b\n"
                   "  - call: connect\n"
                   "    on: b\n"
                   "  - expect: SYN,ECE,CWR seq=0\n"
                   "    on: b\n"},
    Check{.name = "set-keep-alive-octet",
          .promise = "a keep-alive carries an octet where the user wants one",
          .next = "take option keep-alive-octet",
          .steps = "  - call: set keep-alive-interval 20s\n"
                   "  - call: set keep-alive-octet on\n"
                   "  - call: set keep-alive on\n"
                   "  - exactly: ACK seq=0 ack=1 data=\"\\x00\" within 19s..23s\n"},
    Check{.name = "fast-open",
          .promise = "it opens connections with cookies and data (RFC 7413)",
          .next = "claim it, and the monitor judges it",
          .law = is_said<tcp::Capability::FastOpen>},
    Check{.name = "rack-tlp",
          .promise = "it finds losses by time (RFC 8985)",
          .next = "claim it, and the monitor judges it",
          .law = is_said<tcp::Capability::RackTlp>},
    Check{.name = "hystart",
          .promise = "it ends slow start when round trips grow (RFC 9406)",
          .next = "claim it, and the monitor judges it",
          .law = is_said<tcp::Capability::HyStart>},
    Check{.name = "source-route",
          .promise = "IPv4 source routes reach TCP, and a user may set one",
          .next = "take option source-route, a gateway's address, and the monitor judges it",
          .law = is_said<tcp::Capability::SourceRoute>},
    Check{.name = "set-clock",
          .promise = "its clock can be set at a reset (tcprove run --matrix)",
          .next = "begin at ResetOptions::clock",
          .law = is_said<tcp::Capability::SetClock>},
};

}  // namespace

std::span<const Check> checks() { return kChecks; }

}  // namespace tcprove::smoke
