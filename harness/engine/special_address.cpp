#include "harness/engine/special_address.hpp"

#include <string_view>

#include "harness/base/check.hpp"

namespace tcprove::engine {
namespace {

struct Names {
  std::string_view v4;
  std::string_view v6;
};

/// The link is 192.0.2.0/24; IPv6 has no broadcast, but a group that all nodes are in.
Names names_of(plan::SpecialAddress name) {
  switch (name) {
    case plan::SpecialAddress::Broadcast:
      return {"255.255.255.255", "ff02::1"};
    case plan::SpecialAddress::Subnet:
      return {"192.0.2.255", "ff02::1"};
    case plan::SpecialAddress::Multicast:
      return {"233.252.0.1", "ff0e::db8:0:1"};  // For documentation: RFC 5771, RFC 6676.
    case plan::SpecialAddress::Loopback:
      return {"127.0.0.1", "::1"};
    case plan::SpecialAddress::Unspecified:
      return {"0.0.0.0", "::"};
    case plan::SpecialAddress::Stack:
      break;
  }
  return {};
}

}  // namespace

wire::IpAddress special_address(plan::SpecialAddress name, const wire::IpAddress& stack) {
  if (name == plan::SpecialAddress::Stack) return stack;
  const Names names = names_of(name);
  const auto address =
      wire::parse_address(stack.version == wire::IpVersion::V4 ? names.v4 : names.v6);
  TCPROVE_CHECK(address.has_value(), "an address of ours that nobody can read");
  return *address;
}

}  // namespace tcprove::engine
