#include <algorithm>

#include "harness/monitor/follow.hpp"
#include "harness/monitor/half_circle.hpp"
#include "harness/monitor/rules/sections.hpp"

namespace tcprove::monitor::rules {

using wire::Flag;

namespace {

/// The reader takes cookies of other lengths than 4 to 16 octets, an even number, for unknown.
bool has_odd_cookie(wire::Octets options) {
  wire::OptionReader reader(options);
  while (const std::optional<wire::RawOption> option = reader.next_raw()) {
    if (option->kind != static_cast<std::uint8_t>(wire::FastOpen::kKind)) continue;
    if (std::holds_alternative<wire::UnknownOption>(read(*option))) return true;
  }
  return false;
}

/// What an active opener says in its first SYN; nothing in any other segment.
std::optional<SynOptions> opening(const Scene& scene) {
  const Emission& e = *scene.emission;
  const bool first = e.syn == SynKind::First || e.syn == SynKind::Reopens;
  if (!first || e.has(Flag::Ack) || !scene.facts.complete) return {};
  return read_syn_options(e.segment().options);
}

Verdict fast_open_where_asked(const Scene& scene) {
  const Emission& e = *scene.emission;
  if (e.segment().options.empty() || has_odd_cookie(e.segment().options)) return {};
  if (!wire::find_option<wire::FastOpen>(e.segment().options)) return {};
  if (!e.has(Flag::Syn)) return Complaint{"it carries Fast Open and no SYN"};
  if (!e.has(Flag::Ack)) return {};
  const Arrival* syn = acknowledged_syn(scene.tcb, e.segment());
  if (syn == nullptr || syn->options.fast_open) return {};
  return Complaint{"the SYN,ACK carries Fast Open, and the SYN did not"};
}

/// Section 4.1.1.
Verdict fast_open_cookie_well_formed(const Scene& scene) {
  const Emission& e = *scene.emission;
  if (e.segment().options.empty()) return {};
  if (has_odd_cookie(e.segment().options)) {
    return Complaint{"its Fast Open cookie has not 4 to 16 octets, an even number"};
  }
  if (!e.has(Flag::Syn) || !e.has(Flag::Ack)) return {};
  const auto fast_open = wire::find_option<wire::FastOpen>(e.segment().options);
  if (!fast_open || !fast_open->cookie.empty()) return {};
  return Complaint{"the SYN,ACK carries a Fast Open option without a cookie"};
}

/// Section 4.2.2. A stack without Fast Open may keep what came with any SYN (RFC 9293 3.10.7.2).
Verdict syn_data_needs_granted_cookie(const Scene& scene) {
  const Emission& e = *scene.emission;
  if (!scene.facts.fast_open || !scene.facts.complete) return {};
  if (!e.has(Flag::Syn) || !e.has(Flag::Ack) || e.syn == SynKind::Unclear) return {};
  const Arrival* syn = acknowledged_syn(scene.tcb, e.segment());
  if (syn == nullptr || !syn->options.fast_open || e.segment().ack == syn->seq + 1) return {};
  const std::uint64_t cookie = syn->options.cookie;
  if (cookie != 0 && (cookie == scene.host->granted || cookie == scene.host->former)) return {};
  return Complaint{"the SYN,ACK covers data of a SYN whose cookie the stack never granted"};
}

Verdict fast_open_repeated_plainly(const Scene& scene) {
  const Emission& e = *scene.emission;
  if (e.syn != SynKind::Repeat || !scene.tcb.snd.options.fast_open) return {};
  // The SYN,ACK of a simultaneous open is no retransmission.
  if (e.has(Flag::Ack) && !scene.tcb.only(tcp::State::SynReceived)) return {};
  if (!wire::find_option<wire::FastOpen>(e.segment().options)) return {};
  return Complaint{"it is sent again, and has Fast Open again"};
}

Verdict fast_open_asks_first(const Scene& scene) {
  const std::optional<SynOptions> said = opening(scene);
  if (!said) return {};
  // One may be left of what no trace shows, unless the stack is known to begin without any.
  const bool pristine = scene.facts.fast_open || scene.host->received != 0;
  if (said->cookie != 0 && pristine && said->cookie != scene.host->received) {
    return Complaint{"it has a Fast Open cookie that the peer never granted"};
  }
  const bool opens_fast = scene.facts.fast_open || said->fast_open;
  if (!opens_fast || scene.emission->segment().payload.empty() || said->cookie != 0) return {};
  return Complaint{"it is a SYN with data and without a cookie"};
}

Verdict fast_open_keeps_cookie(const Scene& scene) {
  const std::optional<SynOptions> said = opening(scene);
  if (!said || !said->fast_open || said->cookie != 0 || scene.host->received == 0) return {};
  if (scene.host->failed) return {};  // It may give the cookie up.
  return Complaint{"it asks for a cookie, and the peer has granted one"};
}

Verdict fast_open_rests_after_failure(const Scene& scene) {
  const std::optional<SynOptions> said = opening(scene);
  if (!said || said->cookie == 0 || !scene.host->failed) return {};
  return Complaint{"it has a cookie, and the data of an earlier SYN with it did not get through"};
}

constexpr Rule kRules[] = {
    {"fast-open-only-where-asked", "RFC7413-1", Must, "4.1.1", EmitsOptions, fast_open_where_asked,
     "Fast Open is on SYNs only, on a SYN,ACK only if the SYN has it."},
    {"fast-open-cookie-is-well-formed", "RFC7413-3", Must, "4.1.1", EmitsOptions,
     fast_open_cookie_well_formed, "A Fast Open cookie has 4 to 16 octets, an even number.",
     &StackFacts::fast_open},
    {"syn-data-needs-a-granted-cookie", "RFC7413-4", Must, "4.2.2", EmitsSyn,
     syn_data_needs_granted_cookie,
     "Data of a SYN is taken at once only for a cookie that was granted.", &StackFacts::fast_open},
    {"fast-open-is-repeated-plainly", "RFC7413-5", Should, "4.2.2", EmitsSyn,
     fast_open_repeated_plainly, "A SYN or SYN,ACK that is sent again has no Fast Open option.",
     &StackFacts::fast_open},
    {"fast-open-asks-first", "RFC7413-6", Must, "4.2.1", EmitsSyn, fast_open_asks_first,
     "A SYN carries data and a cookie only once the peer has granted it.", &StackFacts::fast_open},
    {"fast-open-keeps-its-cookie", "RFC7413-7", Must, "4.1.3", EmitsSyn, fast_open_keeps_cookie,
     "A peer that has granted a cookie is not asked for one again.", &StackFacts::fast_open},
    {"fast-open-rests-after-failure", "RFC7413-8", Should, "4.1.3.1", EmitsSyn,
     fast_open_rests_after_failure, "After a SYN with data that was lost the next one is plain.",
     &StackFacts::fast_open},
};

}  // namespace

std::span<const Rule> rfc7413_fast_open() { return kRules; }

}  // namespace tcprove::monitor::rules
