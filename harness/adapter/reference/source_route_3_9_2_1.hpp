#pragma once

#include <vector>

#include "harness/adapter/reference/host.hpp"
#include "harness/adapter/reference/tcb.hpp"
#include "harness/wire/packet.hpp"

namespace tcprove::adapter::reference {

/// Back the way that the packet came: its gateways, the last one first, and who sent it. Empty
/// where it has no IPv4 source route that is complete.
std::vector<wire::IpAddress> way_back(const wire::Packet& packet);

/// RFC 9293 MUST-53, SHLD-24: a segment came, and this is its way_back(). Unless the user has named
/// a gateway (MUST-52), the connection's segments take it from now on, if it is one.
void take_way_back(const Host& host, Tcb& tcb, const std::vector<wire::IpAddress>& route);

/// MUST-51: the segments of a connection that was actively opened take the user's gateway, if there
/// is one.
void take_users_route(const Host& host, Tcb& tcb);

/// The octets of IP options that send_along() makes of it.
wire::SeqLen route_octets(const std::vector<wire::IpAddress>& route);

/// Addresses `packet` to the first gateway and writes the rest to its IP options.
///
/// Lifetime: `options` is what the packet's view shows.
void send_along(const std::vector<wire::IpAddress>& route, wire::Packet& packet,
                std::vector<std::uint8_t>& options);

}  // namespace tcprove::adapter::reference
