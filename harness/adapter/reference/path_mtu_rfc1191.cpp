// Path MTU discovery, RFC 1191 and RFC 8201, as far as it is TCP's.

#include <algorithm>
#include <array>

#include "harness/adapter/reference/icmp.hpp"
#include "harness/adapter/reference/output.hpp"
#include "harness/adapter/reference/parameters.hpp"

namespace tcprove::adapter::reference {
namespace {

/// RFC 1191 section 3: no path has a smaller one; RFC 8201 section 4 has 1280.
constexpr std::uint32_t least_mtu(wire::IpVersion version) {
  return version == wire::IpVersion::V4 ? 68 : 1280;
}

/// RFC 1191 section 7.1, from Ethernet's down: sizes that links are likely to have.
constexpr std::array<std::uint32_t, 4> kPlateaus{1006, 508, 296, 68};

/// What a message says, made sense of; 0 where it is to be ignored.
///
/// Old routers tell no MTU (RFC 1191 section 5), and anybody can send less than there is: the next
/// plateau is tried. An ICMPv6 message below the minimum is no such message (RFC 8201 section 4).
std::uint32_t credible_mtu(const Host& host, const Tcb& tcb, std::uint32_t mtu) {
  const wire::IpVersion version = tcb.tuple.stack.address.version;
  if (mtu >= least_mtu(version) || host.defect(Fault::PathMtuUnbounded)) return mtu;
  if (version == wire::IpVersion::V6) return 0;
  const auto plateau =
      std::ranges::find_if(kPlateaus, [&](std::uint32_t p) { return p < tcb.path_mtu; });
  return plateau == kPlateaus.end() ? 0 : *plateau;
}

}  // namespace

void packet_too_big(Host& host, Tcb& tcb, std::uint32_t mtu) {
  const std::uint32_t credible = credible_mtu(host, tcb, mtu);
  // It never grows by a message.
  if (credible == 0 || credible >= tcb.path_mtu) return;
  tcb.path_mtu = credible;
  if (!tcb.syn_acked || tcb.snd_wnd == 0 || tcb.outstanding() == 0) return;
  // RFC 1191 section 6.5: the lost segment goes again at once, and it is no sign of congestion.
  const wire::SeqNum next = tcb.snd_una + retransmit_first(host, tcb);
  tcb.resend_nxt.reset();
  if (next != tcb.snd_nxt) tcb.resend_nxt = next;
}

}  // namespace tcprove::adapter::reference
