#include "harness/adapter/reference/faults.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "harness/adapter/reference/exchange.hpp"

namespace tcprove::adapter::reference {
namespace {

/// Where an exchange begins; a script names one of these first.
const std::map<std::string, std::string> kBeginnings{
    {"NONE", ""},
    {"LISTEN", "listen|"},
    {"SYN-SENT", "connect|"},
    {"SYN-RECEIVED", "listen|> SYN seq=0|"},
    {"ESTABLISHED", "listen|> SYN seq=0 mss=1000|> ACK seq=1 ack=1|accept|"},
    {"TIMESTAMPS", "listen|> SYN seq=0 ts=10,0|> ACK seq=1 ack=1 ts=11,0|accept|"},
    {"SACK", "show options|listen|> SYN seq=0 mss=1000 opt=0402|> ACK seq=1 ack=1|accept|"},
    {"ECN", "show ip|listen|> SYN,ECE,CWR seq=0 mss=1000|> ACK seq=1 ack=1|accept|"},
    {"FIN-WAIT-1", "listen|> SYN seq=0|> ACK seq=1 ack=1|accept|shutdown|"},
    {"FIN-WAIT-2", "listen|> SYN seq=0|> ACK seq=1 ack=1|accept|shutdown|> ACK seq=1 ack=2|"},
    {"CLOSE-WAIT", "listen|> SYN seq=0|> ACK seq=1 ack=1|accept|> FIN,ACK seq=1 ack=1|"},
    {"TIME-WAIT", "listen|> SYN seq=0|> ACK seq=1 ack=1|accept|shutdown|> FIN,ACK seq=1 ack=2|"},
    {"CLOSED-WINDOW", "listen|> SYN seq=0 mss=1000|> ACK seq=1 ack=1 wnd=0|accept|"},
};

/// A short exchange in which the stack with the fault and the stack without it differ.
struct Exchange {
  const char* fault;
  const char* beginning;
  const char* script;  ///< Lines of play(), `|` between them.
};

// clang-format off
const std::vector<Exchange> kExchanges{
    {"syn-not-counted-in-ack", "LISTEN", "> SYN seq=0"},
    {"synack-not-retransmitted", "SYN-RECEIVED", "wait 2s"},
    {"dup-syn-synrcvd-rst", "SYN-RECEIVED", "> SYN seq=0"},
    {"dup-syn-advances-rcvnxt", "SYN-RECEIVED", "> SYN seq=0"},
    {"dup-syn-fresh-iss", "SYN-RECEIVED", "wait 1s"},
    {"synack-ack-iss-accepted", "SYN-SENT", "> SYN,ACK seq=0 ack=0"},
    {"old-dup-synack-not-reset", "SYN-SENT", "> SYN,ACK seq=0 ack=9"},
    {"synsent-halfopen-no-rst", "SYN-SENT", "> ACK seq=300 ack=-100"},
    {"synsent-fin-processed", "SYN-SENT", "> FIN,ACK seq=0 ack=1|= ?"},
    {"sim-open-ack-instead-of-synack", "SYN-SENT", "> SYN seq=0"},
    {"simopen-synack-challenged", "SYN-SENT", "> SYN seq=0|> SYN,ACK seq=0 ack=1|= ?"},
    {"synrcvd-forgets-active-origin", "SYN-SENT", "> SYN seq=0|> RST seq=1|receive 1"},
    {"synrcvd-ack-too-low", "SYN-RECEIVED", "> ACK seq=1 ack=0|= ?"},
    {"synrcvd-bad-ack-no-rst", "SYN-RECEIVED", "> ACK seq=1 ack=2"},
    {"handshake-ack-with-fin-lost", "SYN-RECEIVED", "> FIN,ACK seq=1 ack=1|= ?"},
    {"listen-syn-rst-accepted", "LISTEN", "> SYN,RST seq=0"},
    {"syn-ecn-bits-rejected", "LISTEN", "> SYN,ECE,CWR seq=0"},
    {"synack-data-acked-not-delivered", "SYN-SENT", "> SYN,ACK seq=0 ack=1 len=5|receive 9"},
    {"own-syn-not-counted", "SYN-RECEIVED", "> ACK seq=1 ack=1|= ?"},
    {"accept-before-established", "SYN-RECEIVED", "accept"},
    {"rst-for-listen-fin", "LISTEN", "> FIN seq=0"},
    {"listen-ended-by-rst", "LISTEN", "> RST seq=0|> SYN seq=0"},
    {"synsent-rst-answered", "SYN-SENT", "> RST,ACK seq=0 ack=9"},
    {"syn-in-synrcvd-draws-rst", "SYN-RECEIVED", "> SYN seq=9"},
    {"close-in-synrcvd-without-fin", "SYN-SENT", "> SYN seq=0|shutdown"},
    {"listen-ends-connections", "ESTABLISHED", "listen|= ?"},

    {"seq-cmp-unsigned", "NONE", "listen|> SYN seq=#4294967290|> ACK seq=#4294967291 ack=1 len=9|accept|receive 9"},
    {"halfopen-syn-ack-rst-storm", "SYN-SENT", "> ACK seq=300 ack=-100"},
    {"synsent-synfin-closewait", "SYN-SENT", "> SYN,FIN seq=0|= ?"},
    {"handshake-ack-seq-unchecked", "SYN-RECEIVED", "> ACK seq=500000 ack=1|= ?"},
    {"handshake-ack-window-lost", "NONE", "listen|> SYN seq=0 wnd=0|> ACK seq=1 ack=1 wnd=1000|accept|send 5"},
    {"pure-ack-consumes", "ESTABLISHED", "> ACK seq=0 ack=1"},
    {"fin-not-consuming", "ESTABLISHED", "> FIN,ACK seq=1 ack=1"},
    {"zero-seq-as-unset", "NONE", "iss 4294967295|listen|> SYN seq=0|> ACK seq=1 ack=1|= ?"},
    {"ack-above-sndnxt-after-gobackn", "ESTABLISHED", "send 3000|wait 1s|> ACK seq=1 ack=3001"},

    {"ack-unsent-silent", "ESTABLISHED", "> ACK seq=1 ack=2"},
    {"seq-sign-boundary-2g", "NONE", "iss 1|listen|> SYN seq=#2147483640|> ACK seq=#2147483641 ack=1|accept|> ACK seq=#2147483641 ack=1 len=9"},
    {"iss-extreme-overflow", "LISTEN", "> SYN seq=#2147483648"},
    {"ack-data-plus-fin-miscounted", "ESTABLISHED", "send 6|shutdown|> ACK seq=1 ack=8|= ?"},
    {"ack-unsent-data-taken", "ESTABLISHED", "> ACK seq=1 ack=2 len=5|receive 9"},
    {"ack-off-processed", "ESTABLISHED", "> PSH seq=1 len=5|receive 9"},
    {"ack-without-seq-check", "ESTABLISHED", "send 5|> ACK seq=0 ack=6|deadline?"},
    {"oow-no-ack", "ESTABLISHED", "> ACK seq=-9 ack=1 len=5"},
    {"keepalive-probe-unanswered", "ESTABLISHED", "> ACK seq=0 ack=1"},
    {"delayed-ack-too-late", "ESTABLISHED", "> ACK seq=1 ack=1 len=5|wait 1s"},
    {"stretch-ack", "ESTABLISHED", "> ACK seq=1 ack=1 len=5|> ACK seq=6 ack=1 len=5"},
    {"ack-timer-loop", "ESTABLISHED", "> ACK seq=1 ack=1 len=5|wait 1s"},
    {"ack-stale-ackno", "ESTABLISHED", "> ACK seq=1 ack=1 len=5|send 5"},
    {"gap-not-acknowledged", "ESTABLISHED", "> ACK seq=9 ack=1 len=5"},
    {"challenge-ack-unlimited", "ESTABLISHED", "> RST seq=9|> RST seq=9|> RST seq=9|> RST seq=9|> RST seq=9|> RST seq=9|> RST seq=9|> RST seq=9|> RST seq=9|> RST seq=9|> RST seq=9"},
    {"challenge-limit-mutes-retransmitted-data", "ESTABLISHED", "> ACK seq=0 ack=1|> ACK seq=0 ack=1|> ACK seq=0 ack=1|> ACK seq=0 ack=1|> ACK seq=0 ack=1|> ACK seq=0 ack=1|> ACK seq=0 ack=1|> ACK seq=0 ack=1|> ACK seq=0 ack=1|> ACK seq=0 ack=1|> ACK seq=0 ack=1"},
    {"fw2-sends-no-acks", "FIN-WAIT-2", "> ACK seq=1 ack=2 len=5|wait 1s"},
    {"psh-segment-dropped", "ESTABLISHED", "> PSH,ACK seq=1 ack=1 len=5|receive 9"},
    {"text-without-ack", "ESTABLISHED", "send 5"},
    {"zero-window-drops-acks", "ESTABLISHED", "> ACK seq=1 ack=1 len=65000|> ACK seq=65001 ack=1 len=535|send 5|> ACK seq=65536 ack=6|deadline?"},
    {"old-acks-unchecked", "ESTABLISHED", "> ACK seq=1 ack=-99999 len=5|receive 9"},
    {"old-ack-drops-text", "ESTABLISHED", "send 5|> ACK seq=1 ack=6|> ACK seq=1 ack=1 len=5|receive 9"},
    {"acks-not-delayed", "ESTABLISHED", "> ACK seq=1 ack=1 len=5"},
    {"due-ack-sent-twice", "ESTABLISHED", "> ACK seq=1 ack=1 len=5|> ACK seq=6 ack=1 len=5"},
    {"gap-acked-piecewise", "ESTABLISHED", "> ACK seq=6 ack=1 len=5|> ACK seq=1 ack=1 len=5"},

    {"fin-rexmit-seq-shift", "FIN-WAIT-1", "wait 1s"},
    {"fin-not-retransmitted", "FIN-WAIT-1", "wait 1s"},
    {"no-closing-state", "FIN-WAIT-1", "> FIN,ACK seq=1 ack=1|= ?"},
    {"fw1-finack-closing", "FIN-WAIT-1", "> FIN,ACK seq=1 ack=2|= ?"},
    {"fw2-on-any-ack", "FIN-WAIT-1", "> ACK seq=1 ack=1|= ?"},
    {"lastack-any-ack", "CLOSE-WAIT", "shutdown|> ACK seq=2 ack=1|= ?"},
    {"lastack-never-ends", "CLOSE-WAIT", "shutdown|> ACK seq=2 ack=2|= ?"},
    {"lastack-goes-on-when-closed", "CLOSE-WAIT", "shutdown|> ACK seq=2 ack=2"},
    {"lastack-freed-early", "CLOSE-WAIT", "shutdown|= ?"},
    {"closewait-close-to-finwait1", "CLOSE-WAIT", "shutdown|= ?"},
    {"fin-not-prompt", "ESTABLISHED", "send 5|shutdown"},
    {"fin-ooo-accepted", "ESTABLISHED", "> FIN,ACK seq=9 ack=1|= ?"},
    {"fin-data-lost", "ESTABLISHED", "> FIN,ACK seq=1 ack=1 len=5|receive 9"},
    {"fin-on-partly-old-segment-ignored", "ESTABLISHED", "> ACK seq=1 ack=1 len=5|> FIN,ACK seq=1 ack=1 len=9|= ?"},
    {"dup-fin-advances-rcvnxt", "CLOSE-WAIT", "> FIN,ACK seq=1 ack=1"},
    {"no-time-wait", "FIN-WAIT-2", "> FIN,ACK seq=1 ack=2|= ?"},
    {"tw-one-msl", "TIME-WAIT", "wait 3min|= ?"},
    {"tw-forever", "TIME-WAIT", "wait 4min|= ?"},
    {"tw-not-restarted", "TIME-WAIT", "wait 3min|> FIN,ACK seq=1 ack=2|wait 2min|= ?"},
    {"tw-fin-not-acked", "TIME-WAIT", "> FIN,ACK seq=1 ack=2"},
    {"tw-ack-storm", "TIME-WAIT", "> ACK seq=2 ack=2"},
    {"tw-syn-blind-reuse", "TIME-WAIT", "> SYN seq=-99"},
    {"half-close-data-dropped", "FIN-WAIT-2", "> ACK seq=1 ack=2 len=5|receive 9"},
    {"text-after-close-silent", "ESTABLISHED", "close|> ACK seq=1 ack=2|> ACK seq=1 ack=2 len=5"},
    {"ooo-data-lost-on-close", "ESTABLISHED", "> ACK seq=6 ack=1 len=5|shutdown|> ACK seq=1 ack=1 len=5|receive 10"},
    {"send-after-shutdown", "FIN-WAIT-2", "send 5"},
    {"eof-vs-reset-indistinct", "ESTABLISHED", "> RST seq=1|receive 1"},
    {"closewait-retransmitted-data-rst", "CLOSE-WAIT", "> ACK seq=2 ack=1 len=5"},
    {"finwait-retransmit-forever", "FIN-WAIT-1", "wait 10min|= ?"},
    {"closewait-closes-by-itself", "ESTABLISHED", "> FIN,ACK seq=1 ack=1"},
    {"tw-never-reopened", "TIME-WAIT", "> SYN seq=9"},
    {"tw-timestamp-unused", "TIMESTAMPS", "shutdown|> FIN,ACK seq=1 ack=2 ts=12,0|> SYN seq=-500 ts=99,0"},
    {"tw-assassination-rst", "TIME-WAIT", "> RST seq=2|= ?"},
    {"send-without-connection", "ESTABLISHED", "> RST seq=1|receive 1|send 5"},
    {"receive-without-connection", "ESTABLISHED", "> RST seq=1|receive 1|receive 1"},
    {"first-close-fails", "ESTABLISHED", "shutdown"},
    {"abort-fails", "ESTABLISHED", "abort"},
    {"ports-not-released", "SYN-SENT", "> SYN,ACK seq=0 ack=1|> RST seq=1|connect"},

    {"windows-closed-silent", "NONE", "> SYN seq=0"},
    {"simclose-fin-not-sent", "CLOSED-WINDOW", "shutdown|> FIN,ACK seq=1 ack=1 wnd=0|> ACK seq=2 ack=1 wnd=1000"},
    {"fin-behind-closed-window-state", "CLOSED-WINDOW", "send 5|shutdown|= ?"},
    {"tw-keepalive-fires", "ESTABLISHED", "keep-alive 10s|shutdown|> FIN,ACK seq=1 ack=2|wait 15s"},
    {"fin-dropped-while-data-outstanding", "ESTABLISHED", "send 5|> FIN,ACK seq=1 ack=1"},
    {"fw1-fin-precedence-bug", "FIN-WAIT-1", "> FIN,ACK seq=1 ack=1|shutdown"},
    {"shutdown-errno-timewait", "TIME-WAIT", "shutdown"},
    {"unread-close-keeps-timewait", "ESTABLISHED", "> ACK seq=1 ack=1 len=5|close|> ACK seq=6 ack=1 len=5"},
    {"rst-to-rst", "NONE", "> RST seq=1"},
    {"closed-rst-wrong-numbers", "NONE", "> ACK seq=1 ack=9"},
    {"rst-for-fin-off-by-one", "NONE", "> FIN seq=1"},
    {"rst-any-seq", "ESTABLISHED", "> RST seq=-99|= ?"},
    {"rst-in-window-kills", "ESTABLISHED", "> RST seq=9|= ?"},
    {"rst-last-ack-sent-compare", "ESTABLISHED", "> ACK seq=1 ack=1 len=5|> RST seq=6|= ?"},
    {"rst-oow-answered", "ESTABLISHED", "> RST seq=-99"},
    {"rst-synsent-unvalidated", "SYN-SENT", "> RST seq=0|= ?"},
    {"rst-zero-window-dropped", "ESTABLISHED", "> ACK seq=1 ack=1 len=65000|> ACK seq=65001 ack=1 len=535|> RST seq=65536|= ?"},
    {"retransmit-after-reset", "ESTABLISHED", "send 5|> RST seq=1|wait 2s"},
    {"rst-with-text-dropped", "ESTABLISHED", "> RST seq=1 len=5|= ?"},
    {"rst-in-connection-draws-rst", "ESTABLISHED", "> RST seq=1"},
    {"syn-in-est-ignored", "ESTABLISHED", "> SYN seq=9"},
    {"syn-in-est-kills", "ESTABLISHED", "> SYN seq=9|= ?"},
    {"abort-without-rst", "ESTABLISHED", "abort"},
    {"abort-always-resets", "SYN-SENT", "abort"},

    {"no-rto-backoff", "ESTABLISHED", "send 5|wait 3s"},
    {"listen-ack-rst-wrong-seq", "LISTEN", "> ACK seq=5 ack=77"},
    {"rst-check-seg-wnd-no-wrap", "NONE", "listen|> SYN seq=#4294967040|> ACK seq=#4294967041 ack=1|accept|> RST seq=#4294967041 wnd=65535|= ?"},
    {"rst-synsent-off-by-one", "SYN-SENT", "> RST,ACK seq=0 ack=1|= ?"},
    {"rstack-ignored-outside-est", "FIN-WAIT-1", "> RST,ACK seq=1 ack=2|= ?"},
    {"rst-ack-host-order-carry", "NONE", "> PSH seq=#248 len=16"},
    {"rst-echoes-probe-fields", "NONE", "show options|> ACK seq=1 ack=5 mss=1000"},
    {"karn-violation", "ESTABLISHED", "send 5|wait 1s|> ACK seq=1 ack=6|send 5|deadline?"},
    {"deadline-sign", "NONE", "wait 2147483s|listen|> SYN seq=0|wait 100ms"},
    {"rto-initial-too-low", "ESTABLISHED", "send 5|wait 1s"},
    {"rtx-timer-reset-by-dupack", "ESTABLISHED", "send 5|wait 900ms|> ACK seq=1 ack=1|wait 200ms"},
    {"rtx-timer-not-restarted", "ESTABLISHED", "send 3000|wait 900ms|> ACK seq=1 ack=1001|wait 200ms"},
    {"never-aborts", "ESTABLISHED", "send 5|wait 10min|= ?"},
    {"aborts-early", "ESTABLISHED", "send 5|wait 1min|= ?"},
    {"syn-given-up-early", "SYN-SENT", "wait 2min|= ?"},
    {"given-up-after-two", "ESTABLISHED", "send 5|wait 10s|= ?"},
    {"inconsistent-retransmission", "ESTABLISHED", "send 5|wait 1s"},
    {"three-second-rule-ignored", "SYN-RECEIVED", "wait 1s|> ACK seq=1 ack=1|accept|send 5|wait 2s"},
    {"peer-window-shrink-no-rtx", "ESTABLISHED", "send 1000|> ACK seq=1 ack=1 wnd=500|wait 1s"},
    {"keepalive-by-default", "ESTABLISHED", "wait 3h"},
    {"rtt-ignored", "SYN-RECEIVED", "wait 800ms|> ACK seq=1 ack=1|accept|send 5|deadline?"},
    {"rto-capped-low", "ESTABLISHED", "send 5|wait 30s"},

    {"no-persist", "CLOSED-WINDOW", "send 5|wait 1s"},
    {"tick-sign-synack-timer", "LISTEN", "wait 2200000s|> SYN seq=0|wait 2s"},
    {"rto-first-sample-wrong", "NONE", "listen|> SYN seq=0|wait 400ms|> ACK seq=1 ack=1|accept|send 5|wait 3s"},
    {"ts-ecr-invalid-rtt", "TIMESTAMPS", "send 5|> ACK seq=1 ack=6 ts=12,0|send 5|wait 3s"},
    {"ssthresh-from-cwnd", "ESTABLISHED", "send 3000|> ACK seq=1 ack=3001|send 1000|wait 1s|send 30000|> ACK seq=1 ack=4001|> ACK seq=1 ack=5001|> ACK seq=1 ack=6001|> ACK seq=1 ack=7001"},
    {"probe-no-backoff", "CLOSED-WINDOW", "send 5|wait 9s"},
    {"probe-ends-connection", "CLOSED-WINDOW", "send 5|wait 200s|> ACK seq=1 ack=1 wnd=0|wait 200s|= ?"},
    {"persist-stops-after-established", "CLOSED-WINDOW", "send 5|shutdown|wait 2s"},
    {"probe-of-fin-missing", "CLOSED-WINDOW", "shutdown|wait 2s"},
    {"shrunk-window-ends", "ESTABLISHED", "send 1000|> ACK seq=1 ack=1 wnd=500|= ?"},
    {"shrunk-to-zero-not-probed", "ESTABLISHED", "send 1000|> ACK seq=1 ack=1 wnd=0|wait 5s"},
    {"negative-window-wraps", "ESTABLISHED", "send 1000|> ACK seq=1 ack=1 wnd=500|send 1000"},
    {"shrunk-edge-times-out", "ESTABLISHED", "user-timeout 10s|send 1000|> ACK seq=1 ack=1 wnd=0|wait 8s|> ACK seq=1 ack=1 wnd=0|wait 8s|= ?"},
    {"first-probe-at-once", "CLOSED-WINDOW", "send 5|wait 500ms"},
    {"zwp-not-acked", "ESTABLISHED", "> ACK seq=1 ack=1 len=65000|> ACK seq=65001 ack=1 len=535|> ACK seq=65536 ack=1 len=1"},
    {"no-window-update", "ESTABLISHED", "> ACK seq=1 ack=1 len=65000|> ACK seq=65001 ack=1 len=535|receive 9999"},
    {"own-window-retreats", "NONE", "show wnd|listen|> SYN seq=0|> ACK seq=1 ack=1|> ACK seq=1 ack=1 len=5000|wait 1s"},
    {"send-beyond-window", "ESTABLISHED", "send 9000"},
    {"window-signed", "ESTABLISHED", "send 5"},
    {"snd-wnd-no-wl-check", "ESTABLISHED", "> ACK seq=11 ack=1 len=5 wnd=0|> ACK seq=6 ack=1 wnd=9000|send 5"},
    {"window-update-on-old-ack", "CLOSED-WINDOW", "send 5|> ACK seq=1 ack=1 wnd=9000"},
    {"accept-beyond-window", "ESTABLISHED", "> ACK seq=1 ack=1 len=65000|> ACK seq=65001 ack=1 len=900|> ACK seq=65901 ack=1"},
    {"sender-sws", "ESTABLISHED", "send 3000|> ACK seq=1 ack=3001 wnd=10|send 100"},
    {"receiver-sws", "ESTABLISHED", "> ACK seq=1 ack=1 len=65000|> ACK seq=65001 ack=1 len=535|receive 1"},
    {"sender-hang-mss-gt-window", "ESTABLISHED", "send 3000|> ACK seq=1 ack=3001 wnd=10|send 100|wait 1s"},
    {"probe-byte-not-counted", "CLOSED-WINDOW", "send 5|wait 1s|> ACK seq=1 ack=2 wnd=1000"},
    {"probe-wrong-octet", "CLOSED-WINDOW", "send 5|wait 1s"},
    {"window-update-only-from-zero", "ESTABLISHED", "show wnd|> ACK seq=1 ack=1 len=60000|> ACK seq=60001 ack=1 len=5500|receive 65500"},
    {"zero-window-flag-test-clobbers", "FIN-WAIT-2", "> ACK seq=1 ack=2 len=60000|> ACK seq=60001 ack=2 len=5535|receive 65535"},
    {"rcv-wnd-after-handshake-data", "NONE", "listen|> SYN seq=0|> ACK seq=1 ack=1 len=40000"},
    {"window-update-in-closed-direction", "SYN-SENT", "receive 5"},
    {"no-nagle", "ESTABLISHED", "send 5|send 5"},
    {"psh-missing", "ESTABLISHED", "send 5"},
    {"unpushed-text-waits", "ESTABLISHED", "send 5|wait 1s"},
    {"sends-not-merged", "CLOSED-WINDOW", "send 5|send 5|> ACK seq=1 ack=1 wnd=5000"},
    {"window-in-16-bits", "NONE", "listen|> SYN seq=0 mss=1000 wscale=7|> ACK seq=1 ack=1 wnd=512|accept|send 5"},
    {"segments-half-full", "ESTABLISHED", "send 3000"},

    {"mss-ignored", "ESTABLISHED", "send 3000"},
    {"mss-default-ignored", "SYN-RECEIVED", "> ACK seq=1 ack=1|accept|send 3000"},
    {"mss-echoed", "NONE", "show options|listen|> SYN seq=0 mss=700"},
    {"mss-options-not-subtracted", "TIMESTAMPS", "send 3000"},
    {"own-mss-on-nonsyn", "NONE", "show options|listen|> SYN seq=0|> ACK seq=0 ack=0"},
    {"unknown-opt-misskipped", "NONE", "listen|> SYN seq=0 opt=fe0400ff mss=700|> ACK seq=1 ack=1|accept|send 3000"},
    {"nop-ends-options", "NONE", "listen|> SYN seq=0 opt=01020402bc00|> ACK seq=1 ack=1|accept|send 3000"},
    {"options-must-be-aligned", "NONE", "listen|> SYN seq=0 opt=01020402bc00|> ACK seq=1 ack=1|accept|send 3000"},
    {"options-past-syn-dropped", "ESTABLISHED", "> ACK seq=1 ack=1 len=5 opt=fe04abcd|receive 9"},
    {"option-without-length", "NONE", "show options|listen|> SYN seq=0"},
    {"syn-padding-not-zero", "NONE", "show options|listen|> SYN seq=0"},
    {"syn-rexmit-loses-options", "NONE", "show options|listen|> SYN seq=0|wait 1s"},
    {"opt-reserved-bits", "LISTEN", "> SYN seq=0 reserved=5"},
    {"wscale-on-syn-window", "NONE", "show wnd|listen|> SYN seq=0 wscale=7"},
    {"wscale-unasked", "NONE", "show options|listen|> SYN seq=0"},
    {"wscale-from-synack-ignored", "NONE", "connect|> SYN,ACK seq=0 ack=1 mss=1000 wscale=7 wnd=100|> ACK seq=1 ack=1 wnd=100|send 3000"},
    {"wscale-reparsed", "ESTABLISHED", "> ACK seq=1 ack=1 wscale=4 wnd=100|send 3000"},
    {"wscale-over-14", "NONE", "listen|> SYN seq=0 mss=1000 wscale=31 wnd=0|> ACK seq=1 ack=1 wnd=2|accept|send 3000"},
    {"ts-unnegotiated-sent", "NONE", "show options|listen|> SYN seq=0"},
    {"ts-ecr-constant", "NONE", "show options|listen|> SYN seq=0 ts=10,0|> ACK seq=1 ack=1 len=5 ts=11,0|wait 1s"},
    {"ts-zero-as-absent", "NONE", "show options|listen|> SYN seq=0 ts=0,0"},
    {"no-paws", "TIMESTAMPS", "> ACK seq=1 ack=1 len=5 ts=9,0|receive 9"},
    {"paws-wrap", "NONE", "listen|> SYN seq=0 ts=4294967295,0|> ACK seq=1 ack=1 ts=0,0|= ?"},
    {"paws-poisoning", "TIMESTAMPS", "> ACK seq=-99 ack=1 ts=999,0|> ACK seq=1 ack=1 len=5 ts=12,0|receive 9"},
    {"rst-subject-to-paws", "TIMESTAMPS", "> RST seq=1 ts=1,0|= ?"},
    {"opt-len-zero", "LISTEN", "> SYN seq=0 opt=fe00|peer-port 40001|> SYN seq=0"},
    {"data-offset-omits-options", "TIMESTAMPS", "send 5"},
    {"wscale-unanswered", "NONE", "show options|listen|> SYN seq=0 wscale=7"},
    {"wscale-15-offered", "NONE", "show options|connect"},
    {"wscale-on-peers-syn", "NONE", "connect|> SYN,ACK seq=0 ack=1 mss=1000 wscale=7 wnd=100|send 3000"},
    {"wscale-rounding-refused", "NONE", "listen|> SYN seq=0 wscale=7|> ACK seq=1 ack=1|> ACK seq=0 ack=1|> ACK seq=1 ack=1 len=1|> ACK seq=1 ack=1 len=1|> RST seq=131072"},
    {"ts-missing-on-fin", "NONE", "show options|listen|> SYN seq=0 ts=10,0|> ACK seq=1 ack=1 ts=11,0|accept|shutdown"},
    {"ts-missing-accepted", "TIMESTAMPS", "> ACK seq=1 ack=1 len=5|receive 9"},
    {"ts-missing-ends-connection", "TIMESTAMPS", "> ACK seq=1 ack=1|= ?"},
    {"rst-without-ts", "NONE", "show options|> ACK seq=1 ack=9 ts=10,0"},
    {"abort-without-ts", "NONE", "show options|listen|> SYN seq=0 ts=10,0|> ACK seq=1 ack=1 ts=11,0|accept|abort"},
    {"ts-recent-for-ever", "TIMESTAMPS", "wait 601h|> ACK seq=1 ack=1 len=5 ts=9,0|receive 9"},
    {"paws-on-queued", "TIMESTAMPS", "> ACK seq=6 ack=1 len=5 ts=12,0|> ACK seq=1 ack=1 len=5 ts=20,0|receive 99"},
    {"fast-open-unasked", "NONE", "show options|listen|> SYN seq=0"},
    {"fast-open-past-syn-dropped", "ESTABLISHED", "> ACK seq=1 ack=1 len=5 opt=2202|receive 9"},
    {"sack-without-permission", "ESTABLISHED", "show options|> ACK seq=9 ack=1 len=5"},
    {"sack-missing", "SACK", "> ACK seq=9 ack=1 len=5"},
    {"sack-oldest-first", "SACK", "> ACK seq=9 ack=1 len=5|> ACK seq=19 ack=1 len=5"},
    {"sack-one-block", "SACK", "> ACK seq=9 ack=1 len=5|> ACK seq=19 ack=1 len=5"},
    {"dsack-missing", "SACK", "> ACK seq=1 ack=1 len=5|> ACK seq=1 ack=1 len=5"},
    {"dsack-repeated", "SACK", "> ACK seq=1 ack=1 len=5|> ACK seq=1 ack=1 len=5|> ACK seq=1 ack=1 len=5|> ACK seq=6 ack=1 len=5|wait 1s"},
    {"sack-permitted-past-syn", "SACK", "> ACK seq=0 ack=1"},
    {"last-resent-first", "ESTABLISHED", "send 3000|wait 1s"},
    {"all-resent-for-one-hole", "ESTABLISHED", "send 4000|> ACK seq=1 ack=1|> ACK seq=1 ack=1|> ACK seq=1 ack=1"},

    {"no-ooo-queue", "ESTABLISHED", "> ACK seq=6 ack=1 len=5|> ACK seq=1 ack=1 len=5|receive 10"},
    {"sack-flag-client", "NONE", "show options|connect|> SYN,ACK seq=0 ack=1 opt=0402|> ACK seq=6 ack=1 len=5"},
    {"opt-wrong-flag-bit", "ESTABLISHED", "> ACK seq=1 ack=1|send 1400"},
    {"left-overlap-rejected", "ESTABLISHED", "> ACK seq=1 ack=1 len=5|> ACK seq=1 ack=1 len=10|receive 10"},
    {"overlap-delivered-twice", "ESTABLISHED", "> ACK seq=1 ack=1 len=5|> ACK seq=1 ack=1 len=10|receive 99"},
    {"assembler-full-blocks-inorder", "ESTABLISHED", "> ACK seq=3 ack=1 len=1|> ACK seq=5 ack=1 len=1|> ACK seq=7 ack=1 len=1|> ACK seq=9 ack=1 len=1|> ACK seq=11 ack=1 len=1|> ACK seq=13 ack=1 len=1|> ACK seq=15 ack=1 len=1|> ACK seq=17 ack=1 len=1|> ACK seq=19 ack=1 len=1|> ACK seq=1 ack=1 len=2"},
    {"reassembly-ring-wrap", "ESTABLISHED", "> ACK seq=1 ack=1 len=60000|> ACK seq=60001 ack=1 len=5530|receive 65530|> ACK seq=65533 ack=1 len=9|> ACK seq=65531 ack=1 len=2|receive 11"},
    {"urg-or-ecn-segment-reset", "ESTABLISHED", "> URG,ACK seq=1 ack=1 len=5"},
    {"urg-segment-dropped", "ESTABLISHED", "> URG,ACK seq=1 ack=1 up=3 len=5|receive 9"},
    {"urg-ptr-past-segment", "ESTABLISHED", "> URG,ACK seq=1 ack=1 up=3 len=5|receive 9"},
    {"urg-ptr-one-short", "ESTABLISHED", "urgent 5"},

    {"checksum-not-verified", "LISTEN", "> SYN seq=0 checksum=bad"},
    {"checksum-odd-length", "ESTABLISHED", "send 5"},
    {"checksum-zero-or-ffff", "LISTEN", "> SYN seq=0 checksum=zero"},
    {"zero-length-write-panic", "ESTABLISHED", "send 0"},
    {"iss-constant", "NONE", "iss own|listen|> SYN seq=0"},
    {"iss-runs-backwards", "NONE", "iss own|listen|wait 1s|> SYN seq=0"},
    {"iss-counter", "NONE", "iss own|listen|> SYN seq=0|peer-port 40001|> SYN seq=0"},
    {"no-initial-slow-start", "ESTABLISHED", "send 9000"},
    {"no-slow-start-after-rto", "ESTABLISHED", "send 3000|wait 1s"},
    {"ack-division", "ESTABLISHED", "send 9000|> ACK seq=1 ack=2"},
    {"fast-retransmit-early", "ESTABLISHED", "send 3000|> ACK seq=1 ack=1"},
    {"dupack-counts-window-updates", "ESTABLISHED", "send 3000|> ACK seq=1 ack=1 wnd=60001|> ACK seq=1 ack=1 wnd=60002|> ACK seq=1 ack=1 wnd=60003"},
    {"idle-window-kept", "ESTABLISHED", "send 4000|> ACK seq=1 ack=1001|> ACK seq=1 ack=4001|wait 2s|send 9000"},
    {"initial-window-after-lost-syn", "SYN-RECEIVED", "wait 1s|> ACK seq=1 ack=1|accept|send 9000"},
    {"port-not-released", "LISTEN", "unlisten|= ?"},
    {"listen-refused-beside-connection", "SYN-SENT", "listen"},
    {"invalid-peer-taken", "NONE", "peer 224.0.0.1|connect"},
    {"syn-from-invalid-source", "NONE", "peer 224.0.0.1|listen|> SYN seq=0"},
    {"cwnd-grows-twice", "ESTABLISHED", "send 30000|> ACK seq=1 ack=1001"},
    {"dupacks-ignored", "ESTABLISHED", "send 9000|> ACK seq=1 ack=1|> ACK seq=1 ack=1|> ACK seq=1 ack=1"},
    {"fast-retransmit-keeps-window", "ESTABLISHED", "send 30000|> ACK seq=1 ack=1|> ACK seq=1 ack=1|> ACK seq=1 ack=1|> ACK seq=1 ack=4001"},
    {"partial-ack-waits", "ESTABLISHED", "send 9000|> ACK seq=1 ack=1|> ACK seq=1 ack=1|> ACK seq=1 ack=1|> ACK seq=1 ack=1001"},
    {"dupack-counts-data-segments", "ESTABLISHED", "send 9000|> ACK seq=1 ack=1 len=5|> ACK seq=6 ack=1 len=5|> ACK seq=11 ack=1 len=5"},

    {"no-delay-ignored", "ESTABLISHED", "set no-delay 1|send 5|send 5"},
    {"user-timeout-ignored", "ESTABLISHED", "user-timeout 10s|send 5|wait 11s|= ?"},
    {"keep-alive-not-switched-off", "ESTABLISHED", "keep-alive 10s|set keep-alive 0|wait 11s"},
    {"keep-alive-while-busy", "ESTABLISHED", "keep-alive 10s|wait 6s|> ACK seq=1 ack=1|wait 6s"},
    {"idle-timeout-on-first-send", "ESTABLISHED", "user-timeout 100s|send 5|> ACK seq=1 ack=6|wait 200s|= ?"},
    {"keepalive-while-data-pending", "ESTABLISHED", "keep-alive 300ms|send 5|wait 1s"},
    {"keep-alive-interval-ignored", "ESTABLISHED", "keep-alive 10s|wait 11s"},
    {"keep-alive-too-early", "ESTABLISHED", "set keep-alive 1|wait 1h"},
    {"keep-alive-ends-after-one", "ESTABLISHED", "keep-alive 10s|wait 2min|= ?"},
    {"keep-alive-with-octet", "ESTABLISHED", "keep-alive 10s|wait 11s"},
    {"dscp-ignored", "NONE", "show ip|set dscp 46|connect"},
    {"dscp-fixed-at-open", "ESTABLISHED", "show ip|set dscp 46|send 5"},
    {"dscp-shifted", "NONE", "show ip|set dscp 46|connect"},
    {"ttl-ignored", "NONE", "show ip|set ttl 7|connect"},
    {"error-reports-always", "ESTABLISHED", "set error-reports 0|send 5|icmp net-unreachable seq=1|reports?"},
    {"retransmission-untold", "ESTABLISHED", "send 5|wait 10s|reports?"},
    {"nothing-reported", "ESTABLISHED", "send 5|wait 10s|reports?"},
    {"urgent-untold", "ESTABLISHED", "> URG,ACK seq=1 ack=1 up=3 len=1|reports?"},
    {"urgent-never-pending", "ESTABLISHED", "> URG,ACK seq=1 ack=1 up=3 len=1|urgent?"},
    {"urgent-ignored-at-zero-window", "ESTABLISHED", "> ACK seq=1 ack=1 len=65000|> ACK seq=65001 ack=1 len=535|> URG,ACK seq=65536 ack=1 up=9|reports?"},
    {"own-address-refused", "NONE", "connect"},
    {"unspecified-address-refused", "NONE", "local 0.0.0.0|connect"},
    {"source-address-changes", "ESTABLISHED", "send 5|wait 1s"},
    {"icmp-ignored", "SYN-SENT", "icmp port-unreachable seq=0|= ?"},
    {"icmp-to-any-connection", "SYN-SENT", "peer-port 40001|icmp port-unreachable seq=0|peer-port 40000|= ?"},
    {"source-quench-slows", "ESTABLISHED", "send 9000|icmp source-quench seq=1|> ACK seq=1 ack=1001"},
    {"icmp-soft-aborts", "ESTABLISHED", "send 5|icmp net-unreachable seq=1|= ?"},
    {"icmp-untold", "ESTABLISHED", "send 5|icmp net-unreachable seq=1|reports?"},
    {"icmp-hard-is-soft", "SYN-SENT", "icmp port-unreachable seq=0|= ?"},
    {"icmp-no-seq-check", "ESTABLISHED", "send 5|icmp port-unreachable seq=6|= ?"},
    {"icmp-ptb-no-floor", "ESTABLISHED", "send 200|icmp fragmentation-needed seq=1 mtu=41"},
    {"broadcast-taken", "LISTEN", "> SYN seq=0 to=255.255.255.255"},
    {"ip-options-rejected", "LISTEN", "> SYN seq=0 ip-opt=1e04abcd"},
    {"own-source-route-ignored", "NONE", "set source-route 3221225993|connect"},
    {"arrived-source-route-wins", "NONE", "set source-route 3221225993|connect|> SYN,ACK seq=0 ack=1 ip-opt=830708c0000207"},
    {"return-route-forgotten", "LISTEN", "> SYN seq=0 ip-opt=830708c0000207"},
    {"return-route-not-reversed", "LISTEN", "> SYN seq=0 ip-opt=830b0cc0000207c0000208"},
    {"later-source-route-ignored", "LISTEN", "> SYN seq=0 ip-opt=830708c0000207|> ACK seq=1 ack=1 ip-opt=830708c0000208|accept|send 5"},
    {"ip-options-not-subtracted", "LISTEN", "> SYN seq=0 mss=1000 ip-opt=830708c0000207|> ACK seq=1 ack=1|accept|send 1000"},
    {"ipv6-mss-of-ipv4", "NONE", "ip 6|show options|listen|> SYN seq=0"},
    {"mss-signed", "NONE", "listen|> SYN seq=0 mss=65535|> ACK seq=1 ack=1|accept|send 3000"},
    {"ece-on-synack", "LISTEN", "> SYN seq=0"},
    {"ect-on-syn", "NONE", "show ip|listen|> SYN seq=0"},
    {"ect-on-ack", "ESTABLISHED", "show ip|> ACK seq=1 ack=1 len=5|wait 1s"},
    {"ect-unasked", "ESTABLISHED", "show ip|send 5"},

    {"ecn-not-granted", "LISTEN", "> SYN,ECE,CWR seq=0"},
    {"ect-without-grant", "NONE", "show ip|set ecn 1|connect|> SYN,ACK seq=0 ack=1|send 5"},
    {"ect-on-retransmission", "ECN", "send 5|wait 1s"},
    {"ect-on-window-probe", "ECN", "> ACK seq=1 ack=1 wnd=0|send 5|wait 1s"},
    {"ce-ignored", "ECN", "> ACK seq=1 ack=1 len=5 ecn=3|wait 1s"},
    {"ce-on-probe-ignored", "ECN", "> ACK seq=1 ack=1 len=65000|> ACK seq=65001 ack=1 len=535|> ACK seq=65536 ack=1 len=1 ecn=3"},
    {"ce-out-of-window-taken", "ECN", "> ACK seq=1 ack=1 len=5|> ACK seq=1 ack=1 len=5 ecn=3"},
    {"ece-on-one-ack", "ECN", "> ACK seq=1 ack=1 len=5 ecn=3|wait 1s|> ACK seq=6 ack=1 len=5|wait 1s"},
    {"ece-past-cwr", "ECN", "> ACK seq=1 ack=1 len=5 ecn=3|wait 1s|> CWR,ACK seq=6 ack=1 len=5|wait 1s"},
    {"cwr-missing", "ECN", "send 4000|> ECE,ACK seq=1 ack=4001|send 1000"},
    {"cwr-on-retransmission", "ECN", "send 4000|wait 1s"},
    {"echo-keeps-window", "ECN", "send 9000|> ECE,ACK seq=1 ack=4001"},
    {"echo-reduces-each-time", "ECN", "send 9000|> ECE,ACK seq=1 ack=1001|> ECE,ACK seq=1 ack=2001|> ECE,ACK seq=1 ack=4001"},
    {"peers-user-timeout-taken", "ESTABLISHED", "user-timeout 120s|> ACK seq=1 ack=1 opt=1c040001|send 5|wait 5s|= ?"},
    {"user-timeout-of-zero-taken", "ESTABLISHED", "> ACK seq=1 ack=1 opt=1c040000|send 5|wait 1s|= ?"},
    {"echo-at-one-segment-ignored", "ECN", "send 9000|wait 1s|> ECE,ACK seq=1 ack=1001"},
};
// clang-format on

std::string script_of(const Exchange& exchange) {
  std::string script = kBeginnings.at(exchange.beginning) + exchange.script;
  std::ranges::replace(script, '|', '\n');
  return script;
}

TEST(Faults, EachChangesAShortExchange) {
  for (const Exchange& exchange : kExchanges) {
    const auto fault = parse_fault(exchange.fault);
    ASSERT_TRUE(fault) << exchange.fault;
    EXPECT_NE(play(script_of(exchange), fault), play(script_of(exchange))) << exchange.fault;
  }
}

TEST(Faults, HaveAnExchangeEach) {
  std::set<std::string_view> shown;
  for (const Exchange& exchange : kExchanges) shown.insert(exchange.fault);
  for (const NamedFault& entry : faults()) EXPECT_TRUE(shown.contains(entry.name)) << entry.name;
}

TEST(Faults, HaveANameEach) {
  std::set<std::string_view> names;
  for (std::size_t i = 0; i < faults().size(); ++i) {
    EXPECT_TRUE(names.insert(faults()[i].name).second) << faults()[i].name;
    EXPECT_EQ(parse_fault(faults()[i].name), static_cast<Fault>(i));
  }
  EXPECT_FALSE(parse_fault("none"));
}

TEST(Faults, BreakARequirementOfTheCatalogue) {
  std::set<std::string> ids;
  for (const char* name : {"rfc9293", "companions", "unlabelled"}) {
    std::ifstream file(fmt::format(TCPROVE_SOURCE_DIR "/specs/catalogue/{}.yaml", name));
    constexpr std::string_view kId = "- id: ";
    for (std::string line; std::getline(file, line);) {
      if (line.starts_with(kId)) ids.insert(line.substr(kId.size()));
    }
  }
  for (const NamedFault& fault : faults()) {
    EXPECT_TRUE(ids.contains(std::string(fault.requirement))) << fault.requirement;
  }
}

/// The promise of Fault's comment: what makes a mistake is one place.
TEST(Faults, StandAtOnePlaceOfTheStackEach) {
  const std::string folder = TCPROVE_SOURCE_DIR "/harness/adapter/reference/";
  std::ifstream header(folder + "faults.hpp");
  const std::string enumerators{std::istreambuf_iterator<char>(header), {}};
  std::string stack;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    std::ifstream file(entry.path());
    stack += std::string{std::istreambuf_iterator<char>(file), {}};
  }
  const std::regex enumerator("\n  ([A-Z]\\w+),");
  std::size_t count = 0;
  for (std::sregex_iterator at(enumerators.begin(), enumerators.end(), enumerator), end; at != end;
       ++at, ++count) {
    const std::regex place("defect\\(Fault::" + (*at)[1].str() + "\\)");
    EXPECT_EQ(std::distance(std::sregex_iterator(stack.begin(), stack.end(), place), {}), 1)
        << (*at)[1];
  }
  EXPECT_EQ(count, faults().size());
}

}  // namespace
}  // namespace tcprove::adapter::reference
