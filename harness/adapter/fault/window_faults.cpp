#include <algorithm>
#include <array>

#include "harness/adapter/fault/wire_fault.hpp"

namespace tcprove::adapter::fault {
namespace {

using wire::Flag;

constexpr std::uint32_t kFieldMax = 65535;

std::uint16_t field(std::uint32_t octets) {
  return static_cast<std::uint16_t>(std::min(octets, kFieldMax));
}

bool tells_window(const Passage& p) {
  return p.flow.synchronized() && !p.segment().ctl.any(Flag::Syn | Flag::Rst);
}

void withdrawn(Passage& p) {
  // The first segment after the handshake tells all, those that follow half.
  if (tells_window(p) && p.flow.told_ack) p.change().wnd = p.segment().wnd / 2U;
}

void twice_as_wide(Passage& p) {
  if (p.segment().ctl.has(Flag::Rst)) return;
  p.change().wnd = field(p.segment().wnd * 2U);
}

void always_closed(Passage& p) {
  if (tells_window(p)) p.change().wnd = 0;
}

void opened_in_silence(Passage& p) {
  p.dropped = tells_window(p) && p.segment().len() == 0 && p.flow.told_ack == p.segment().ack &&
              p.segment().wnd > p.flow.told_wnd;
}

void own_scale_not_applied(Passage& p) {
  if (!tells_window(p) || !p.flow.window_scaled()) return;
  p.change().wnd =
      field(std::uint32_t{p.segment().wnd} << std::min<unsigned>(*p.flow.own_syn.window_scale, 14));
}

void peers_scale_not_applied(Passage& p) {
  if (!tells_window(p) || !p.flow.window_scaled()) return;
  p.change().wnd = static_cast<std::uint16_t>(p.segment().wnd >> *p.flow.peer_syn.window_scale);
}

void beyond(Passage& p) {
  if (p.segment().wnd > 0) p.change().wnd = field(p.segment().wnd + 1000U);
}

void no_probe(Passage& p) {
  p.dropped = tells_window(p) && p.flow.peer_wnd == 0 && p.segment().len() > 0;
}

constexpr auto kFaults = std::to_array<WireFault>({
    {.named = {"window-withdrawn", "SHLD-14",
               "From the second segment on half the window is announced."},
     .emission = withdrawn},
    {.named = {"window-shifted", "3.8.6-window-tells-room",
               "The window is announced one bit to the left, twice as wide as it is."},
     .emission = twice_as_wide},
    {.named = {"window-always-closed", "3.8.6-window-tells-room",
               "The window that is announced is always 0."},
     .emission = always_closed},
    {.named = {"window-opens-in-silence", "3.8.6-window-tells-room",
               "No segment is sent to tell that the window has opened."},
     .emission = opened_in_silence},
    {.named = {"window-not-scaled", "RFC7323-5",
               "Windows are announced as they are although the peer will scale them."},
     .emission = own_scale_not_applied},
    {.named = {"peer-window-not-scaled", "RFC7323-5",
               "The peer's windows are read without their scale."},
     .arrival = peers_scale_not_applied},
    {.named = {"peer-window-exceeded", "3.8.6-sender-stays-in-window",
               "Up to 1,000 octets are sent beyond the peer's window."},
     .arrival = beyond},
    {.named = {"probe-never-sent", "MUST-36", "Nothing is sent while the peer's window is 0."},
     .emission = no_probe},
});

}  // namespace

std::span<const WireFault> window_faults() { return kFaults; }

}  // namespace tcprove::adapter::fault
