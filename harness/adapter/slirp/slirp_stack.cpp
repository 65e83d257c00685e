#include "harness/adapter/slirp/slirp_stack.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <string_view>

#include <slirp/libslirp.h>
#include <sys/un.h>

#include "harness/base/check.hpp"
#include "harness/wire/big_endian.hpp"

namespace tcprove::adapter::slirp {
namespace {

using std::chrono::milliseconds;

constexpr std::size_t kEthernetOctets = 14;
constexpr std::uint16_t kEthernetIpv4 = 0x0800;
constexpr std::uint16_t kEthernetIpv6 = 0x86dd;
constexpr std::uint16_t kEthernetArp = 0x0806;
constexpr std::array<std::uint8_t, 6> kPeerMac{0x02, 0, 0, 0, 0, 0x02};

/// libslirp takes 0 for "no such instant": its clock begins past it, as that of a host does.
constexpr base::Duration kClockMin = std::chrono::seconds(1);
/// slirp.c, TIMEOUT_SLOW and TIMEOUT_FAST.
constexpr std::uint32_t kSlowTick = 499;
constexpr std::uint32_t kFastTick = 2;

in_addr to_network(std::uint32_t address) { return {.s_addr = htonl(address)}; }

sockaddr_un abstract_address(const std::string& name) {
  sockaddr_un address{.sun_family = AF_UNIX, .sun_path = {}};
  std::memcpy(address.sun_path, name.data(), std::min(name.size(), sizeof address.sun_path));
  return address;
}

/// poll()'s words and libslirp's for the same things.
constexpr std::array<std::pair<int, short>, 5> kPollWords{{{SLIRP_POLL_IN, POLLIN},
                                                           {SLIRP_POLL_OUT, POLLOUT},
                                                           {SLIRP_POLL_PRI, POLLPRI},
                                                           {SLIRP_POLL_ERR, POLLERR},
                                                           {SLIRP_POLL_HUP, POLLHUP}}};

bool is_same(const pollfd& a, const pollfd& b) {
  return a.fd == b.fd && a.events == b.events && a.revents == b.revents;
}

}  // namespace

/// What libslirp calls back; `opaque` is the Stack.
struct Callbacks {
  static Stack& of(void* opaque) { return *static_cast<Stack*>(opaque); }

  static ssize_t send_packet(const void* frame, std::size_t octets, void* opaque) {
    of(opaque).emit({static_cast<const std::uint8_t*>(frame), octets});
    return static_cast<ssize_t>(octets);
  }
  static std::int64_t clock(void* opaque) { return (of(opaque).boot_ + of(opaque).now_).count(); }
  static void opened(int descriptor, void* opaque) { of(opaque).host_.opened(descriptor); }
  static void closing(int descriptor, void* opaque) { of(opaque).host_.closing(descriptor); }

  static int add_poll(int descriptor, int events, void* opaque) {
    pollfd polled{.fd = descriptor, .events = 0, .revents = 0};
    for (const auto& [theirs, ours] : kPollWords) {
      if ((events & theirs) != 0) polled.events = static_cast<short>(polled.events | ours);
    }
    of(opaque).polled_.push_back(polled);
    return static_cast<int>(of(opaque).polled_.size()) - 1;
  }
  static int polled_events(int index, void* opaque) {
    const short seen = of(opaque).polled_[static_cast<std::size_t>(index)].revents;
    int events = 0;
    for (const auto& [theirs, ours] : kPollWords) {
      if ((seen & ours) != 0) events |= theirs;
    }
    return events;
  }

  // Without IPv6 there is no timer of this kind, and whoever settles needs no kick.
  static void ignore_message(const char*, void*) {}
  static void* no_timer(SlirpTimerCb, void*, void*) { return nullptr; }
  static void ignore_timer(void*, void*) {}
  static void ignore_timer_change(void*, std::int64_t, void*) {}
  static void ignore_kick(void*) {}

  static constexpr SlirpCb kTable{.send_packet = send_packet,
                                  .guest_error = ignore_message,
                                  .clock_get_ns = clock,
                                  .timer_new = no_timer,
                                  .timer_free = ignore_timer,
                                  .timer_mod = ignore_timer_change,
                                  .register_poll_fd = opened,
                                  .unregister_poll_fd = closing,
                                  .notify = ignore_kick,
                                  .init_completed = nullptr,
                                  .timer_new_opaque = nullptr};
};

Stack::~Stack() {
  if (library_ != nullptr) slirp_cleanup(library_);
}

void Stack::boot(const ResetOptions& options) {
  if (library_ != nullptr) slirp_cleanup(library_);
  address_ = wire::ipv4_octets(options.stack);
  const std::uint32_t peer = wire::ipv4_octets(options.peer);
  std::uint32_t gateway = address_ ^ 0xfeU;  // on the same link, and neither of the two
  if (gateway == peer) gateway ^= 1U;
  translation_.clear(options.stack, wire::ipv4_address(gateway));

  SlirpConfig config{};
  config.version = 4;
  config.restricted = 1;  // who listens is decided here, and nothing else of the host is reached
  config.in_enabled = true;
  config.vnetwork = to_network(address_ & 0xffffff00U);
  config.vnetmask = to_network(0xffffff00U);
  config.vhost = to_network(gateway);
  config.vnameserver = to_network(gateway);
  config.vdhcp_start = to_network(peer);
  config.disable_dns = true;
  config.disable_dhcp = true;

  boot_ = std::max(options.clock, kClockMin);
  now_ = {};
  ticks_ = false;
  last_slow_tick_ = 0;
  fast_tick_since_.reset();
  library_ = slirp_new(&config, &Callbacks::kTable, this);
  TCPROVE_CHECK(library_ != nullptr, "libslirp refuses the configuration");
  pump();  // the library's clock is a global variable that nothing else sets
  introduce(peer);
}

void Stack::input(wire::Octets packet) {
  const bool is_v6 = !packet.empty() && packet[0] >> 4U == 6;
  frame_.resize(kEthernetOctets + packet.size());
  std::ranges::copy(kPeerMac, frame_.begin() + 6);
  wire::store16(&frame_[12], is_v6 ? kEthernetIpv6 : kEthernetIpv4);
  std::ranges::copy(packet, frame_.begin() + kEthernetOctets);
  translation_.inward(std::span(frame_).subspan(kEthernetOctets));
  slirp_input(library_, frame_.data(), static_cast<int>(frame_.size()));
}

/// Whether a host other than the stack may have the address: nobody answers for any other.
bool Stack::is_on_link(std::uint32_t address) const {
  constexpr std::uint32_t kFirstMulticast = 0xe0000000U;  // and broadcast is above that
  const bool is_network = (address & 0xffU) == 0xffU || address == 0;
  return address != address_ && address < kFirstMulticast && !is_network;
}

/// Tells the library that `address` is on the link: an ARP reply that nobody asked for.
void Stack::introduce(std::uint32_t address) {
  std::array<std::uint8_t, kEthernetOctets + 28> frame{};
  std::ranges::copy(kPeerMac, frame.begin() + 6);
  wire::store16(&frame[12], kEthernetArp);
  std::uint8_t* const arp = &frame[kEthernetOctets];
  wire::store16(arp, 1);
  wire::store16(arp + 2, kEthernetIpv4);
  wire::store16(arp + 4, 0x0604);
  wire::store16(arp + 6, 2);
  std::ranges::copy(kPeerMac, arp + 8);
  wire::store32(arp + 14, address);
  slirp_input(library_, frame.data(), static_cast<int>(frame.size()));
}

void Stack::emit(wire::Octets frame) {
  emitted_ = true;
  if (frame.size() < kEthernetOctets) return;
  const wire::Octets packet = frame.subspan(kEthernetOctets);
  if (wire::load16(&frame[12]) == kEthernetArp) {
    const std::uint32_t address = packet.size() >= 28 ? wire::load32(&packet[24]) : 0;
    if (is_on_link(address)) wanted_.push_back(address);
    return;
  }
  const auto room = outbox_.push_room(base::Instant(now_), packet.size());
  if (room.empty()) return;
  std::ranges::copy(packet, room.begin());
  translation_.outward(room);
}

std::uint32_t Stack::clock_ms() const {
  return static_cast<std::uint32_t>(std::chrono::floor<milliseconds>(boot_ + now_).count());
}

bool Stack::pump() {
  emitted_ = false;
  polled_.clear();
  std::uint32_t timeout = 1000;
  slirp_pollfds_fill(library_, &timeout, Callbacks::add_poll, this);
  const int ready = polled_.empty() ? 0 : poll(polled_.data(), polled_.size(), 0);

  // slirp_pollfds_poll() decides on its ticks in just this way.
  const std::uint32_t now = clock_ms();
  ticks_ = timeout <= kSlowTick;
  if (timeout <= kFastTick && !fast_tick_since_) fast_tick_since_ = now;
  if (fast_tick_since_ && now - *fast_tick_since_ >= kFastTick) fast_tick_since_.reset();
  if (ticks_ && now - last_slow_tick_ >= kSlowTick) last_slow_tick_ = now;

  slirp_pollfds_poll(library_, ready < 0 ? 1 : 0, Callbacks::polled_events, this);
  for (const std::uint32_t address : wanted_) introduce(address);
  const bool asked = !wanted_.empty();
  wanted_.clear();
  return ready > 0 || emitted_ || asked;
}

void Stack::settle() {
  int idle = 0;
  for (int round = 0; round < kRoundsMax && idle < kIdleRoundsMax && pump(); ++round) {
    const bool same = std::ranges::equal(polled_, polled_before_, is_same);
    idle = same && !emitted_ ? idle + 1 : 0;
    polled_before_ = polled_;
  }
}

std::optional<base::Duration> Stack::next_deadline() const {
  if (!ticks_) return std::nullopt;
  const std::uint32_t now = clock_ms();
  std::uint32_t wait = kSlowTick - std::min(now - last_slow_tick_, kSlowTick);
  if (fast_tick_since_) wait = std::min(wait, kFastTick - (now - *fast_tick_since_));
  const base::Duration instant =
      std::chrono::floor<milliseconds>(boot_ + now_) + milliseconds(wait);
  return std::max(instant - boot_ - now_, base::Duration::zero());
}

void Stack::advance(base::Duration d) {
  const base::Duration end = now_ + d;
  while (true) {
    const auto deadline = next_deadline();
    const bool falls_due = deadline && *deadline <= end - now_;
    now_ = falls_due ? now_ + *deadline : end;
    settle();
    if (now_ == end) return;
  }
}

bool Stack::add_listener(std::uint16_t port, const std::string& path) {
  in_addr address = to_network(address_);
  return slirp_add_unix(library_, path.c_str(), &address, port) == 0;
}

void Stack::remove_listener(std::uint16_t port) {
  slirp_remove_guestfwd(library_, to_network(address_), port);
}

bool Stack::add_opener(const std::string& name, const wire::Endpoint& peer) {
  const sockaddr_un host = abstract_address(name);
  const auto host_size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name.size());
  sockaddr_in guest{};
  guest.sin_family = AF_INET;
  guest.sin_addr = to_network(wire::ipv4_octets(peer.address));
  guest.sin_port = htons(peer.port);
  return slirp_add_hostxfwd(library_, reinterpret_cast<const sockaddr*>(&host), host_size,
                            reinterpret_cast<const sockaddr*>(&guest), sizeof guest, 0) == 0;
}

void Stack::remove_opener(const std::string& name) {
  const sockaddr_un host = abstract_address(name);
  slirp_remove_hostxfwd(library_, reinterpret_cast<const sockaddr*>(&host), sizeof host, 0);
}

std::string Stack::connection_info() const {
  char* const text = slirp_connection_info(library_);
  std::string copy(text);
  std::free(text);  // GLib's own allocator is malloc()
  return copy;
}

}  // namespace tcprove::adapter::slirp
