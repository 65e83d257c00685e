#include "harness/adapter/lwip/lwip_environment.hpp"

#include <cstdlib>

#include <dlfcn.h>
#include <lwip/netif.h>
#include <lwip/priv/tcp_priv.h>
#include <lwip/sys.h>
#include <lwip/timeouts.h>

#include "harness/adapter/lwip/lwip_library.hpp"
#include "harness/base/check.hpp"

namespace tcprove::adapter::lwip {
namespace {

/// The definition that lwIP would have used without ours.
template <class Function>
Function* next_definition(const char* name) {
  void* const found = dlsym(RTLD_NEXT, name);
  TCPROVE_CHECK(found != nullptr, "nobody else defines a function that we took the place of");
  return reinterpret_cast<Function*>(found);
}

/// SplitMix64: one addition and three mixing steps a number; every seed is as good as another.
std::uint64_t next_random(std::uint64_t& state) {
  state += 0x9e3779b97f4a7c15;
  std::uint64_t mixed = state;
  mixed = (mixed ^ (mixed >> 30U)) * 0xbf58476d1ce4e5b9;
  mixed = (mixed ^ (mixed >> 27U)) * 0x94d049bb133111eb;
  return mixed ^ (mixed >> 31U);
}

}  // namespace

Environment& environment() {
  static Environment the_one;
  return the_one;
}

}  // namespace tcprove::adapter::lwip

using tcprove::adapter::lwip::environment;

extern "C" {

u32_t sys_now() {
  const auto shown = environment().clock + environment().now.time_since_epoch();
  return static_cast<u32_t>(std::chrono::duration_cast<std::chrono::milliseconds>(shown).count());
}

/// Starts the timers of ARP, IGMP, ND, MLD and reassembly in lwIP's own version; none of them has a
/// part in TCP, and they would wake a stack in which nothing happens. TCP starts its own on demand.
void sys_timeouts_init() {}

/// One thread needs no lock, and lwIP's own version takes a mutex for each allocation.
sys_prot_t sys_arch_protect() { return 0; }
void sys_arch_unprotect(sys_prot_t) {}

/// A packet to the stack's own address is lost. lwIP's own version hands it to a thread that does
/// not run here, and two connections of one stack might answer each other for ever.
err_t netif_loop_output(netif*, pbuf*) { return ERR_OK; }

/// lwIP takes its first local port from here. Everyone else in the process (the caller is outside
/// the library) keeps the C library's sequence, undisturbed by ours.
int rand() noexcept {
  using namespace tcprove::adapter::lwip;
  static auto* const libc_rand = next_definition<int()>("rand");
  if (!is_library_code(__builtin_return_address(0))) return libc_rand();
  return static_cast<int>(next_random(environment().randomness) & RAND_MAX);
}

/// lwIP means the SYN's own number where it accepts, but the number after it where it connects.
u32_t tcp_next_iss(tcp_pcb* pcb) {
  static auto* const lwips_choice =
      tcprove::adapter::lwip::next_definition<u32_t(tcp_pcb*)>("tcp_next_iss");
  const auto planned = environment().iss;
  if (!planned) return lwips_choice(pcb);
  return planned->raw() + (pcb->state == SYN_RCVD ? 0 : 1);
}

}  // extern "C"

namespace tcprove::adapter::lwip {

void check_environment() {
  const auto wins = [](const char* name, auto* ours) {
    return dlsym(RTLD_DEFAULT, name) == reinterpret_cast<void*>(ours);
  };
  TCPROVE_CHECK(wins("sys_now", &sys_now) && wins("sys_timeouts_init", &sys_timeouts_init) &&
                    wins("sys_arch_protect", &sys_arch_protect) &&
                    wins("sys_arch_unprotect", &sys_arch_unprotect) &&
                    wins("netif_loop_output", &netif_loop_output) && wins("rand", &rand) &&
                    wins("tcp_next_iss", &tcp_next_iss),
                "the linker did not export our definitions to liblwip");
}

}  // namespace tcprove::adapter::lwip
