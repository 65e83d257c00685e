#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "harness/adapter/reference/host.hpp"
#include "harness/adapter/reference/tcb.hpp"
#include "harness/wire/options.hpp"

namespace tcprove::adapter::reference {

/// The options of an arriving segment that this stack knows; MUST-6 skips the others.
struct ReceivedOptions {
  std::optional<std::uint16_t> mss;
  std::optional<std::uint8_t> window_scale;
  std::optional<wire::Timestamps> timestamps;
  bool sack_permitted = false;
};

/// The first of each kind counts. MUST-7: an option of illegal length ends the list; what stands
/// before it counts.
ReceivedOptions read_options(const Host& host, wire::Octets options);

/// Takes what a peer's SYN or SYN,ACK says (RFC 9293 section 3.7.1; RFC 7323 sections 2.2, 3.2).
void take_syn_options(const Host& host, Tcb& tcb, const ReceivedOptions& options);

/// The options of a segment of this connection that carries `text` octets, with or without SYN.
std::vector<std::uint8_t> segment_options(const Host& host, const Tcb& tcb, wire::Flags ctl,
                                          std::size_t text);

/// Eff.snd.MSS (MUST-16): what a segment without SYN holds beside its options; at least 1.
wire::SeqLen eff_snd_mss(const Tcb& tcb);

}  // namespace tcprove::adapter::reference
