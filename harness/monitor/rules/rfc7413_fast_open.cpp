#include "harness/monitor/rules/companion_checks.hpp"

namespace tcprove::monitor::rules {

using wire::Flag;

namespace {

/// Section 4.1.1: a cookie has 4 to 16 octets, an even number. The reader takes others for unknown.
bool has_odd_cookie(wire::Octets options) {
  wire::OptionReader reader(options);
  while (const std::optional<wire::RawOption> option = reader.next_raw()) {
    if (option->kind != static_cast<std::uint8_t>(wire::FastOpen::kKind)) continue;
    if (std::holds_alternative<wire::UnknownOption>(read(*option))) return true;
  }
  return false;
}

}  // namespace

Verdict fast_open_where_asked(const Scene& scene) {
  const Emission& e = *scene.emission;
  if (e.segment().options.empty()) return {};
  if (has_odd_cookie(e.segment().options)) {
    return Complaint{"its Fast Open cookie has not 4 to 16 octets, an even number"};
  }
  if (!wire::find_option<wire::FastOpen>(e.segment().options)) return {};
  if (!e.has(Flag::Syn)) return Complaint{"it carries Fast Open and no SYN"};
  if (!e.has(Flag::Ack)) return {};
  const Arrival* syn = acknowledged_syn(scene.tcb, e.segment());
  if (syn == nullptr || syn->options.fast_open) return {};
  return Complaint{"the SYN,ACK carries Fast Open, and the SYN did not"};
}

}  // namespace tcprove::monitor::rules
