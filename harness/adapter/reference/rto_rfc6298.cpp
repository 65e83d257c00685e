#include "harness/adapter/reference/rto_rfc6298.hpp"

#include <algorithm>

namespace tcprove::adapter::reference {

void RetransmissionTimeout::sample(base::Duration r) {
  if (!srtt_) {
    srtt_ = r;
    rttvar_ = r / 2;
  } else {
    // RTTVAR first: it is to see the SRTT of before this sample. Alpha is 1/8, beta 1/4.
    const base::Duration deviation = *srtt_ > r ? *srtt_ - r : r - *srtt_;
    rttvar_ = (3 * rttvar_ + deviation) / 4;
    srtt_ = (7 * *srtt_ + r) / 8;
  }
  rto_ = std::clamp(*srtt_ + std::max(kGranularity, 4 * rttvar_), kMin, kMax);
}

void RetransmissionTimeout::back_off() { rto_ = std::min(2 * rto_, kMax); }

}  // namespace tcprove::adapter::reference
