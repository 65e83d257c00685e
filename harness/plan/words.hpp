#pragma once

#include <string>
#include <vector>

#include "harness/plan/plan.hpp"

namespace tcprove::plan {

// The scenario language's spelling of what the peer sends and the user calls (specs/README.md).

/// `FIN,ACK seq=RCV.NXT-1 ack=SND.NXT len=10 checksum=bad`; payload by value is not spelled.
std::string to_string(const SegmentText& segment);

/// `<mss 1460, nop, kind 254 00ff length 9>`.
std::string to_string(const std::vector<OptionText>& options);

/// `send 1000`, `close`, `set ttl 7`.
std::string to_string(const Call& call);

/// `ICMP fragmentation-needed seq=SND.UNA mtu=1280`.
std::string to_string(const SendIcmp& icmp);

/// How a send is written: `send`, `lose`, `duplicate`, or `reorder` for all others.
std::string_view verb_of(const Send& send);

/// A stimulus on one line, for messages: `send: ACK seq=1`, `wait: 2*msl`.
std::string summary_of(const Step& step);

}  // namespace tcprove::plan
