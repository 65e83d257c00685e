#include "harness/adapter/linux/sysctls.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <string>

#include <fcntl.h>
#include <fmt/format.h>

#include "harness/adapter/kernel/file_descriptor.hpp"

namespace tcprove::adapter::linux {
namespace {

struct Sysctl {
  std::string_view name;
  std::string_view value;
};

constexpr std::array kSysctls{
    // A namespace has these from the one that the machine booted with.
    Sysctl{"ipv4/tcp_congestion_control", "reno"},
    Sysctl{"ipv4/tcp_rmem", "4096 131072 6291456"},
    // Whatever one call to send may hand over has room.
    Sysctl{"ipv4/tcp_wmem", "4096 2097152 4194304"},
    Sysctl{"ipv4/conf/all/rp_filter", "0"},
    Sysctl{"ipv4/conf/default/rp_filter", "0"},
    // RFC 5961 section 7 and RFC 1812 section 4.3.2.8 allow to answer less often.
    Sysctl{"ipv4/tcp_invalid_ratelimit", "0"},
    Sysctl{"ipv4/icmp_ratelimit", "0"},
    Sysctl{"ipv6/icmp/ratelimit", "0"},
    // A host under attack forgets options; a play of many SYNs is none.
    Sysctl{"ipv4/tcp_syncookies", "0"},
    // What one connection has measured is not to be seen in the next one.
    Sysctl{"ipv4/tcp_no_metrics_save", "1"},
    // RFC 6298 section 2.4: an RTO is at least a second. At 200 ms a FIN comes again amid what a
    // scenario is about. A kernel before 6.11 has no such knob.
    Sysctl{"ipv4/tcp_rto_min_us", "1000000"},
    // How many ACKs for what lies beyond a gap are made into one depends on the machine's speed.
    Sysctl{"ipv4/tcp_comp_sack_nr", "0"},
    // RFC 9293 section 3.9.2.1.
    Sysctl{"ipv4/conf/all/accept_source_route", "1"},
    Sysctl{"ipv4/conf/default/accept_source_route", "1"},
    // Nobody else is on the link: no looking for others, no routers, no address but the given one.
    Sysctl{"ipv6/conf/default/accept_dad", "0"},
    Sysctl{"ipv6/conf/default/accept_ra", "0"},
    Sysctl{"ipv6/conf/default/router_solicitations", "0"},
    Sysctl{"ipv6/conf/default/addr_gen_mode", "1"},
};

}  // namespace

std::optional<AdapterError> set_sysctl(std::string_view name, std::string_view value) {
  const std::string path = fmt::format("/proc/sys/net/{}", name);
  const kernel::FileDescriptor file(open(path.c_str(), O_WRONLY | O_CLOEXEC));
  if (!file.is_open() && errno == ENOENT) return std::nullopt;
  const bool written = file.is_open() && write(file.get(), value.data(), value.size()) ==
                                             static_cast<ssize_t>(value.size());
  if (written) return std::nullopt;
  return AdapterError{fmt::format("cannot write {}: {}", path, std::strerror(errno))};
}

std::optional<AdapterError> set_sysctls_of_a_play() {
  for (const Sysctl& sysctl : kSysctls) {
    if (auto error = set_sysctl(sysctl.name, sysctl.value)) return error;
  }
  return std::nullopt;
}

}  // namespace tcprove::adapter::linux
