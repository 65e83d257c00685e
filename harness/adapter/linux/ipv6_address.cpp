#include "harness/adapter/linux/ipv6_address.hpp"

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstring>

#include <fmt/format.h>
#include <linux/if_addr.h>
#include <linux/rtnetlink.h>
#include <poll.h>
#include <sys/socket.h>

#include "harness/adapter/kernel/file_descriptor.hpp"

namespace tcprove::adapter::linux {
namespace {

constexpr std::size_t kAddressOctets = 16;
/// The interface that every namespace begins with.
constexpr std::uint32_t kLoopback = 1;
/// Of waiting a millisecond each, while many namespaces are set up at once.
constexpr int kLooksMax = 2000;

/// A request of rtnetlink that speaks of one address.
template <class Body>
struct Request {
  nlmsghdr head{};
  Body body{};
  rtattr attribute{};
  std::array<std::uint8_t, kAddressOctets> address{};
  rtattr oif{};  ///< Of a new route alone, with its device.
  std::uint32_t device = 0;
};

struct Answer {
  nlmsghdr head{};
  std::array<char, 1024> body{};
};

/// Whether the kernel answered at all.
bool ask(int route, const auto& request, Answer& answer) {
  return send(route, &request, sizeof request, 0) > 0 &&
         recv(route, &answer, sizeof answer, 0) >= static_cast<ssize_t>(sizeof(nlmsghdr));
}

Request<ifaddrmsg> new_address(const wire::IpAddress& address, int device_index) {
  Request<ifaddrmsg> request;
  request.head = {.nlmsg_len = offsetof(Request<ifaddrmsg>, oif),
                  .nlmsg_type = RTM_NEWADDR,
                  .nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE | NLM_F_EXCL};
  // Nobody else is on the link whom the kernel would have to ask whether the address is theirs.
  request.body = {.ifa_family = AF_INET6,
                  .ifa_prefixlen = 64,
                  .ifa_flags = IFA_F_NODAD | IFA_F_PERMANENT,
                  .ifa_index = static_cast<unsigned>(device_index)};
  request.attribute = {.rta_len = RTA_LENGTH(kAddressOctets), .rta_type = IFA_LOCAL};
  request.address = address.octets;
  return request;
}

Request<rtmsg> route_to(const wire::IpAddress& address) {
  Request<rtmsg> request;
  request.head = {.nlmsg_len = offsetof(Request<rtmsg>, oif),
                  .nlmsg_type = RTM_GETROUTE,
                  .nlmsg_flags = NLM_F_REQUEST};
  request.body = {.rtm_family = AF_INET6, .rtm_dst_len = 128};
  request.attribute = {.rta_len = RTA_LENGTH(kAddressOctets), .rta_type = RTA_DST};
  request.address = address.octets;
  return request;
}

/// The route by which packets to the address are the stack's own.
///
/// The kernel adds it as well, in a thread of its own, and where many namespaces come and go there
/// are some in which it never does.
Request<rtmsg> new_own_route(const wire::IpAddress& address) {
  Request<rtmsg> request = route_to(address);
  request.head.nlmsg_len = sizeof request;
  request.head.nlmsg_type = RTM_NEWROUTE;
  request.head.nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE;
  request.body.rtm_table = RT_TABLE_LOCAL;
  request.body.rtm_protocol = RTPROT_KERNEL;
  request.body.rtm_type = RTN_LOCAL;
  request.oif = {.rta_len = RTA_LENGTH(sizeof request.device), .rta_type = RTA_OIF};
  request.device = kLoopback;
  return request;
}

bool is_own(int route, const wire::IpAddress& address) {
  Answer answer;
  if (!ask(route, route_to(address), answer) || answer.head.nlmsg_type != RTM_NEWROUTE) {
    return false;
  }
  rtmsg found{};
  std::memcpy(&found, answer.body.data(), sizeof found);
  return found.rtm_type == RTN_LOCAL;
}

}  // namespace

std::optional<AdapterError> add_ipv6_address(const wire::IpAddress& address, int device_index) {
  const kernel::FileDescriptor route(socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE));
  Answer answer;
  if (!ask(route.get(), new_address(address, device_index), answer)) {
    return AdapterError{fmt::format("{}: {}", to_string(address), std::strerror(errno))};
  }
  nlmsgerr error{};
  std::memcpy(&error, answer.body.data(), sizeof error);
  if (answer.head.nlmsg_type != NLMSG_ERROR || error.error != 0) {
    return AdapterError{fmt::format("{}: {}", to_string(address), std::strerror(-error.error))};
  }
  if (!ask(route.get(), new_own_route(address), answer)) {
    return AdapterError{fmt::format("no route to {}", to_string(address))};
  }
  for (int i = 0; i < kLooksMax; ++i) {
    if (is_own(route.get(), address)) return std::nullopt;
    poll(nullptr, 0, 1);
  }
  return AdapterError{fmt::format("{} never became the stack's own", to_string(address))};
}

}  // namespace tcprove::adapter::linux
