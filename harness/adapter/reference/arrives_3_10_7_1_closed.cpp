// RFC 9293 section 3.10.7.1, "CLOSED STATE".

#include "harness/adapter/reference/arrives.hpp"

namespace tcprove::adapter::reference {

void arrives_closed(Host& host, const Arrival& arrival) {
  if (host.defect(Fault::ClosedPortSilent)) return;
  if (host.defect(Fault::RstDrawsRst)) return reply_rst(host, arrival);
  if (arrival.seg.ctl.has(wire::Flag::Rst)) return;
  reply_rst(host, arrival);
}

}  // namespace tcprove::adapter::reference
