#include "harness/monitor/syn_options.hpp"

#include <algorithm>

namespace tcprove::monitor {

SynOptions read_syn_options(wire::Octets options) {
  SynOptions offered;
  wire::OptionReader reader(options);
  while (const std::optional<wire::Option> option = reader.next()) {
    if (const auto* mss = std::get_if<wire::MaximumSegmentSize>(&*option)) {
      if (!offered.mss) offered.mss = mss->octets;
    } else if (const auto* scale = std::get_if<wire::WindowScale>(&*option)) {
      if (!offered.shift) offered.shift = std::min(scale->shift, kShiftMax);
    } else if (std::holds_alternative<wire::SackPermitted>(*option)) {
      offered.sack_permitted = true;
    } else if (std::holds_alternative<wire::Timestamps>(*option)) {
      offered.timestamps = true;
    } else if (std::holds_alternative<wire::FastOpen>(*option)) {
      offered.fast_open = true;
    }
  }
  return offered;
}

}  // namespace tcprove::monitor
