#pragma once

#include <optional>
#include <vector>

#include "harness/adapter/tun/device.hpp"
#include "harness/wire/address.hpp"
#include "harness/wire/segment.hpp"

namespace tcprove::adapter::tun {

/// Who has which address on an Ethernet: a message of ARP (RFC 826) or of IPv6's neighbour
/// discovery (RFC 4861).
struct NeighbourMessage {
  bool asks = false;       ///< Who has `target`? Else: `target` is at `mac`.
  wire::IpAddress sender;  ///< Who asks; in an answer of ARP, `target`.
  wire::IpAddress target;
  std::optional<Mac> mac;  ///< The sender's.
};

/// Nothing where `octets` is no such message, or not well formed.
std::optional<NeighbourMessage> read_neighbour_message(wire::IpVersion ip, wire::Octets octets);

/// The question of `own` at `mac` for `target`.
std::vector<std::uint8_t> neighbour_question(const wire::IpAddress& own, const Mac& mac,
                                             const wire::IpAddress& target);

/// What tells `asker` that `own` is at `mac`.
std::vector<std::uint8_t> neighbour_answer(const wire::IpAddress& own, const Mac& mac,
                                           const NeighbourMessage& asker);

/// Where a question for `target` goes: everybody, or the group that `target` is in.
Mac group_of(const wire::IpAddress& target);

}  // namespace tcprove::adapter::tun
