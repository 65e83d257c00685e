#include <fmt/format.h>

#include "harness/smoke/laws.hpp"
#include "harness/wire/options.hpp"
#include "harness/wire/packet.hpp"

namespace tcprove::smoke {
namespace {

using engine::Outcome;

/// The options of the stack's first SYN; nothing where it sent none.
std::optional<std::vector<std::uint8_t>> syn_options(const trace::Trace& trace) {
  for (const trace::Event& event : trace.events()) {
    if (event.kind != trace::EventKind::Emitted) continue;
    const wire::Packet packet = wire::decode(trace.octets_of(event));
    if (!packet.has_segment() || !packet.segment.ctl.has(wire::Flag::Syn)) continue;
    return std::vector(packet.segment.options.begin(), packet.segment.options.end());
  }
  return std::nullopt;
}

/// The peer's SYN offers `option`, as the scenario language has it.
template <class Option>
Finding offers(Bench& bench, std::string_view option) {
  const Outcome outcome =
      bench.play(fmt::format("peer: {{options: '<mss 1460, {}>'}}\n", option), kOpensOnly);
  const auto options = syn_options(bench.trace());
  if (!options) return {.verdict = Verdict::Broken, .why = words_of(outcome)};
  if (wire::find_option<Option>(*options)) return {};
  return {.verdict = Verdict::Broken, .why = "its SYN does not carry the option"};
}

}  // namespace

Finding offers_window_scale(Bench& bench) { return offers<wire::WindowScale>(bench, "wscale 2"); }
Finding offers_timestamps(Bench& bench) { return offers<wire::Timestamps>(bench, "ts 100 0"); }
Finding offers_sack(Bench& bench) { return offers<wire::SackPermitted>(bench, "sack-ok"); }

Finding uses_the_given_iss(Bench& bench) {
  constexpr std::uint32_t kIss = 4'294'967'290;
  const Outcome outcome = bench.play(fmt::format("iss: {{stack: {}}}\n", kIss), kOpensOnly);
  for (const trace::Event& event : bench.trace().events()) {
    if (event.kind != trace::EventKind::Emitted) continue;
    const wire::Packet packet = wire::decode(bench.trace().octets_of(event));
    if (!packet.has_segment() || !packet.segment.ctl.has(wire::Flag::Syn)) continue;
    if (packet.segment.seq == wire::SeqNum(kIss)) return {};
    return {.verdict = Verdict::Broken,
            .why = fmt::format("its SYN has the number {} where {} was given",
                               packet.segment.seq.raw(), kIss)};
  }
  return {.verdict = Verdict::Broken, .why = words_of(outcome)};
}

}  // namespace tcprove::smoke
