#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "harness/adapter/adapter.hpp"
#include "harness/base/result.hpp"

namespace tcprove::adapter::tun {

/// How a target begins that is known by its wire alone.
inline constexpr std::string_view kPrefix = "tun:";

/// Where a stack is of which only the wire is at hand, and what runs on it.
struct Place {
  std::string device;    ///< A network interface of ours.
  wire::Endpoint stack;  ///< The service listens there.
  wire::IpAddress peer;  ///< Ours on that link, and nobody else's.
  Service service{};
  tcp::Capabilities offers;  ///< Of the stack itself, as the user says.
};

/// Reads `tun:DEVICE,stack=ADDR,peer=ADDR,port=N,app=echo|discard[,offers=NAME+NAME]`.
///
/// Errors: a sentence that says what is wrong and what is right.
base::Result<Place, std::string> read_place(std::string_view target);

/// Why nobody but the owner of `place` may send to it: the address in question, in a sentence;
/// nothing where all are private.
std::optional<std::string> strange_address(const Place& place);

/// Whether an address is of the machine itself (RFC 1122 127/8, ::1), of a link (RFC 3927,
/// fe80::/10) or of a private network (RFC 1918, RFC 4193).
bool is_private(const wire::IpAddress& address);

}  // namespace tcprove::adapter::tun
