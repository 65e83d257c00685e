#include <fmt/format.h>

#include "harness/smoke/check.hpp"

namespace tcprove::smoke {
namespace {

using engine::Outcome;

/// A step on a state that an adapter does not tell is left out, and shows nothing.
bool shown(const Outcome& outcome) {
  return outcome.kind == Outcome::Kind::Held && outcome.reason.empty();
}

Finding play(const Check& check, Bench& bench, bool claimed) {
  if (claimed && check.head.empty()) {
    const Outcome opening = bench.play("", kOpensOnly);
    if (opening.kind != Outcome::Kind::Held) {
      return {.verdict = Verdict::Untried,
              .why = fmt::format("no connection could be opened: {}", words_of(opening))};
    }
  }
  const Outcome outcome = bench.play(check.head, check.steps);
  if (shown(outcome)) return {};
  return {.verdict = Verdict::Broken, .why = words_of(outcome)};
}

}  // namespace

Finding look(const Check& check, Bench& bench) {
  const auto capability = check.capability();
  const bool claimed = !capability || bench.claims(*capability);
  // A stack in real time would take as long as the check names.
  if (!claimed && capability == tcp::Capability::VirtualTime) return {.verdict = Verdict::Missing};
  Finding finding = check.law != nullptr ? check.law(bench) : play(check, bench, claimed);
  if (finding.verdict == Verdict::Works && bench.adapter().failure() != nullptr) {
    finding = {.verdict = Verdict::Broken, .why = bench.adapter().failure()->message};
  }
  if (claimed) return finding;
  const bool works = finding.verdict == Verdict::Works;
  return {.verdict = works ? Verdict::Unclaimed : Verdict::Missing};
}

}  // namespace tcprove::smoke
