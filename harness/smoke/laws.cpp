#include "harness/smoke/laws.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <vector>

#include <fmt/format.h>

namespace tcprove::smoke {
namespace {

using engine::Outcome;
using tcp::Capability;

Finding broken(std::string why) { return {.verdict = Verdict::Broken, .why = std::move(why)}; }
Finding untried(std::string why) { return {.verdict = Verdict::Untried, .why = std::move(why)}; }

bool opens(Bench& bench) { return bench.play("", kOpensOnly).kind == Outcome::Kind::Held; }

Finding nothing_opens(Bench& bench) {
  return untried(
      fmt::format("no connection could be opened: {}", words_of(bench.play("", kOpensOnly))));
}

const char* const kRealTime = "the stack's time is real: no two runs need be the same";

/// Where two traces part.
std::string difference(const trace::Trace& first, const trace::Trace& second) {
  const auto a = first.events();
  const auto b = second.events();
  const auto same = [&](const trace::Event& x, const trace::Event& y) {
    return x.at == y.at && x.kind == y.kind && x.status == y.status && x.state == y.state &&
           std::ranges::equal(first.octets_of(x), second.octets_of(y));
  };
  const auto [x, y] = std::mismatch(a.begin(), a.end(), b.begin(), b.end(), same);
  if (x == a.end() && y == b.end()) return {};
  const auto at = x != a.end() ? x->at : y->at;
  const auto kind = x != a.end() ? x->kind : y->kind;
  const bool emits = kind == trace::EventKind::Emitted;
  return fmt::format("event {} of the play, {} at {}, is not the same", x - a.begin() + 1,
                     emits ? "a packet" : "an answer or state",
                     base::to_string(at.time_since_epoch()));
}

/// What the stack emitted, and when.
std::vector<std::pair<base::Instant, std::vector<std::uint8_t>>> emissions(
    const trace::Trace& trace) {
  std::vector<std::pair<base::Instant, std::vector<std::uint8_t>>> all;
  for (const trace::Event& event : trace.events()) {
    if (event.kind != trace::EventKind::Emitted) continue;
    const wire::Octets octets = trace.octets_of(event);
    all.emplace_back(event.at, std::vector(octets.begin(), octets.end()));
  }
  return all;
}

}  // namespace

Finding tells_who_it_is(Bench& bench) {
  const adapter::StackProfile& profile = bench.adapter().profile();
  if (profile.name.empty() || profile.version.empty()) return broken("no name, or no version");
  if (!bench.claims(Capability::Ipv4) && !bench.claims(Capability::Ipv6)) {
    return broken("it claims neither ipv4 nor ipv6");
  }
  if (!bench.claims(Capability::PassiveOpen) && !bench.claims(Capability::ActiveOpen)) {
    return broken("it claims neither passive-open nor active-open");
  }
  return {};
}

Finding survives_rubbish(Bench& bench) {
  if (!opens(bench)) return nothing_opens(bench);
  const std::vector<std::uint8_t> octets(200, 0x45);
  const std::vector<std::uint8_t> zeros(200, 0);
  for (const auto& rubbish : {octets, zeros}) {
    for (const std::size_t size : {0U, 1U, 19U, 20U, 39U, 40U, 200U}) {
      bench.adapter().deliver(wire::Octets(rubbish).first(size));
      bench.adapter().settle();
    }
  }
  return opens(bench) ? Finding{} : broken("after it no connection could be opened");
}

Finding resets_to_pristine(Bench& bench) {
  if (!opens(bench)) return nothing_opens(bench);
  if (!bench.claims(Capability::VirtualTime)) {
    bench.leave_a_mess();
    return opens(bench) ? Finding{} : broken("after an untidy play no connection could be opened");
  }
  bench.play_everything();
  const trace::Trace fresh = bench.trace();
  bench.leave_a_mess();
  bench.play_everything();
  const std::string differs = difference(fresh, bench.trace());
  if (differs.empty()) return {};
  return broken(fmt::format("played again after an untidy play, {}", differs));
}

Finding repeats_itself(Bench& bench) {
  if (!bench.claims(Capability::VirtualTime)) return untried(kRealTime);
  if (!opens(bench)) return nothing_opens(bench);
  bench.play_everything();
  const trace::Trace first = bench.trace();
  bench.play_everything();
  const std::string differs = difference(first, bench.trace());
  return differs.empty() ? Finding{} : broken(fmt::format("played twice, {}", differs));
}

Finding settles(Bench& bench) {
  if (!opens(bench)) return nothing_opens(bench);
  adapter::Adapter& adapter = bench.adapter();
  bench.play("", "  - send: ACK seq=PEER.NXT+100 len=100\n");  // Out of order: an ACK at once.
  adapter.settle();
  if (!adapter.outbox().empty()) return broken("a second settle() emitted more");
  if (!bench.claims(Capability::VirtualTime)) return {};
  adapter.advance(base::Duration::zero());
  adapter.settle();
  return adapter.outbox().empty() ? Finding{} : broken("advance(0) emitted more");
}

Finding passes_a_day(Bench& bench) {
  constexpr std::chrono::seconds kAtOnce{2};
  if (!opens(bench)) return nothing_opens(bench);
  const auto begin = std::chrono::steady_clock::now();
  bench.adapter().advance(std::chrono::hours(24));
  bench.adapter().settle();
  const auto took = std::chrono::steady_clock::now() - begin;
  if (took <= kAtOnce) return {};
  return broken(fmt::format("it took {} ms",
                            std::chrono::duration_cast<std::chrono::milliseconds>(took).count()));
}

Finding stamps_timers(Bench& bench) {
  if (!bench.claims(Capability::VirtualTime)) return untried(kRealTime);
  if (!opens(bench)) return nothing_opens(bench);
  std::string tail = "  - send: SYN seq=5000\n    on: half-open\n";
  // Data or a FIN that nobody acknowledges is sent again, and so is the SYN,ACK.
  if (bench.claims(Capability::UserSend)) {
    tail += "  - {call: send 300, result: any}\n";
  } else if (bench.claims(Capability::UserClose)) {
    tail += "  - {call: close, result: any}\n";
  }
  const std::string_view head = "connections: {a: , half-open: }\n";
  bench.play(head, fmt::format("{}  - wait: 40s\n", tail));
  const auto whole = emissions(bench.trace());
  const base::Instant begin;
  if (whole.empty() || whole.back().first == begin) {
    return untried("no timer sends anything within 40 s");
  }
  bench.play(head, fmt::format("{}  - wait: 7ns\n  - wait: 999999us\n  - wait: 3s\n  - wait: 1ns\n"
                               "  - wait: 36000999992ns\n",
                               tail));
  const auto pieces = emissions(bench.trace());
  const auto [x, y] = std::ranges::mismatch(whole, pieces);
  if (x == whole.end() && y == pieces.end()) return {};
  const auto when = [](auto at, auto end) {
    return at == end ? "never" : "at " + base::to_string(at->first.time_since_epoch());
  };
  return broken(fmt::format(
      "packet {} comes {} when 40 s pass at once, and {} when they pass in "
      "pieces{}",
      x - whole.begin() + 1, when(x, whole.end()), when(y, pieces.end()),
      x != whole.end() && y != pieces.end() && x->first == y->first ? ", with other octets" : ""));
}

Finding keeps_deadlines(Bench& bench) {
  constexpr int kFiringsMax = 200;
  if (!bench.claims(Capability::VirtualTime)) return untried(kRealTime);
  adapter::Adapter& adapter = bench.adapter();
  if (!adapter.knows_deadlines()) {
    return untried("the adapter cannot tell; tcprove then moves time in steps of 10 ms");
  }
  if (!opens(bench)) return nothing_opens(bench);
  bench.leave_a_mess();
  int standing = 0;
  for (int firing = 0; firing < kFiringsMax; ++firing) {
    const auto deadline = adapter.next_deadline();
    if (!deadline) {
      adapter.advance(std::chrono::hours(1));
      adapter.settle();
      return adapter.outbox().empty() ? Finding{}
                                      : broken("no timer was set, and one sent something");
    }
    standing = *deadline == base::Duration::zero() ? standing + 1 : 0;
    if (standing > kFiringsMax / 2) return broken("it stays at 0: the timer never fires");
    if (*deadline > base::Duration(1)) {
      adapter.advance(*deadline - base::Duration(1));
      adapter.settle();
      if (!adapter.outbox().empty()) {
        return broken(
            fmt::format("a timer fired before the {} that it told", base::to_string(*deadline)));
      }
    }
    adapter.advance(std::min(*deadline, base::Duration(1)));
    adapter.settle();
    adapter.outbox().clear();
  }
  return {};
}

Finding knows_its_limits(Bench& bench) {
  if (!opens(bench)) return nothing_opens(bench);
  adapter::Adapter& adapter = bench.adapter();
  const tcp::CallResult call =
      adapter.call({.kind = static_cast<tcp::CallKind>(tcp::kCallKindCount)});
  if (call.status != tcp::CallStatus::Unsupported) {
    return broken(fmt::format("a call of no kind was answered by `{}`", to_string(call.status)));
  }
  const tcp::CallResult set =
      adapter.call({.kind = tcp::CallKind::Set,
                    .option = static_cast<tcp::UserOption>(tcp::kUserOptionCount),
                    .value = 1});
  if (set.status == tcp::CallStatus::Unsupported) return {};
  return broken(
      fmt::format("an option that does not exist was answered by `{}`", to_string(set.status)));
}

}  // namespace tcprove::smoke
