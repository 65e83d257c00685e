#include "harness/adapter/lwip/lwip_stack.hpp"

#include <algorithm>
#include <cstring>

#include <lwip/init.h>
#include <lwip/ip.h>
#include <lwip/netif.h>
#include <lwip/pbuf.h>
#include <lwip/timeouts.h>

#include "harness/adapter/lwip/lwip_address.hpp"
#include "harness/adapter/lwip/lwip_environment.hpp"
#include "harness/adapter/lwip/lwip_library.hpp"
#include "harness/base/check.hpp"

namespace tcprove::adapter::lwip {
namespace {

bool is_in_use = false;  // by the one Stack that may live

err_t emit(netif* from, pbuf* packet) {
  auto& outbox = *static_cast<Outbox*>(from->state);
  const auto room = outbox.push_room(environment().now, packet->tot_len);
  if (!room.empty()) pbuf_copy_partial(packet, room.data(), packet->tot_len, 0);
  return ERR_OK;
}

err_t emit_v4(netif* from, pbuf* packet, const ip4_addr_t*) { return emit(from, packet); }
err_t emit_v6(netif* from, pbuf* packet, const ip6_addr_t*) { return emit(from, packet); }

/// A link as broad as Ethernet's, but without its addresses: no ARP, no neighbour discovery, and
/// no multicast groups to report.
err_t set_up_link(netif* link) {
  link->name[0] = 't';
  link->name[1] = 'p';
  link->mtu = 1500;
  link->flags = NETIF_FLAG_BROADCAST | NETIF_FLAG_LINK_UP;
  link->output = emit_v4;
  link->output_ip6 = emit_v6;
  return ERR_OK;
}

/// The address counts as tried: a tentative one would be probed for duplicates first.
void add_address_v6(netif& link, const ip_addr_t& address) {
  netif_ip6_addr_set(&link, 0, &address.u_addr.ip6);
  netif_ip6_addr_set_state(&link, 0, IP6_ADDR_PREFERRED);
}

/// A packet in a buffer of lwIP's own, which it may change; nothing where there is no room.
///
/// lwIP reads a few octets before it checks that they arrived, at most those of an IPv6 fragment
/// header: they are there, and zero whatever an earlier packet left in the buffer.
pbuf* to_pbuf(wire::Octets packet) {
  constexpr std::size_t kReadAhead = 8;
  constexpr std::size_t kLengthMax = 0xffff;
  if (packet.size() > kLengthMax) return nullptr;
  const std::size_t room = std::min(packet.size() + kReadAhead, kLengthMax);
  pbuf* const buffer = pbuf_alloc(PBUF_RAW, static_cast<u16_t>(room), PBUF_RAM);
  if (buffer == nullptr) return nullptr;
  auto* const octets = static_cast<std::uint8_t*>(buffer->payload);
  std::fill(std::ranges::copy(packet, octets).out, octets + room, std::uint8_t{0});
  buffer->len = buffer->tot_len = static_cast<u16_t>(packet.size());
  return buffer;
}

}  // namespace

Stack::Stack() : netif_(std::make_unique<netif>()) {
  TCPROVE_CHECK(!is_in_use, "lwIP's variables are global: one stack a process");
  is_in_use = true;
}

Stack::~Stack() { is_in_use = false; }

void Stack::boot(const ResetOptions& options, Outbox& outbox) {
  environment() = {
      .now = {}, .clock = options.clock, .randomness = options.seed, .iss = std::nullopt};
  restore_library();
  lwip_init();
  *netif_ = {};
  const ip_addr_t address = to_lwip(options.stack);
  const bool v4 = options.ip == wire::IpVersion::V4;
  ip4_addr_t mask;
  IP4_ADDR(&mask, 255, 255, 255, 0);
  netif_add(netif_.get(), v4 ? &address.u_addr.ip4 : nullptr, &mask, nullptr, &outbox, set_up_link,
            ip_input);
  if (!v4) add_address_v6(*netif_, address);
  netif_set_default(netif_.get());
  netif_set_up(netif_.get());
}

void Stack::input(wire::Octets packet) {
  pbuf* const buffer = to_pbuf(packet);
  if (buffer != nullptr) ip_input(buffer, netif_.get());
}

void Stack::advance(base::Duration d) {
  base::Instant& now = environment().now;
  const base::Instant end = now + d;
  for (auto wait = next_deadline(); wait && now + *wait <= end; wait = next_deadline()) {
    now += *wait;
    sys_check_timeouts();
  }
  now = end;
}

std::optional<base::Duration> Stack::next_deadline() const {
  const u32_t wait = sys_timeouts_sleeptime();
  if (wait == SYS_TIMEOUTS_SLEEPTIME_INFINITE) return std::nullopt;
  // lwIP counts from the last whole millisecond, at which all its timers fire.
  const auto shown = environment().clock + environment().now.time_since_epoch();
  const auto past_tick = shown % std::chrono::milliseconds(1);
  return std::max(base::Duration::zero(), std::chrono::milliseconds(wait) - past_tick);
}

}  // namespace tcprove::adapter::lwip
