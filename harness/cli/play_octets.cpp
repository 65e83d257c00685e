#include "harness/cli/play_octets.hpp"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <utility>

#include "harness/base/check.hpp"
#include "harness/base/octet_stream.hpp"
#include "harness/monitor/rules.hpp"

namespace tcprove::cli {
namespace {

using base::OctetsReader;
using base::OctetsWriter;
using engine::Mismatch;
using engine::Outcome;

/// Changes with the format.
constexpr std::uint64_t kMagic = 0x3459414c50435454;  // "TTCPLAY4"

void put_mismatch(const Mismatch& mismatch, OctetsWriter& out) {
  out.put(mismatch.step);
  out.put(mismatch.at.time_since_epoch().count());
  out.put(std::uint8_t{mismatch.event.has_value()});
  out.put(std::uint64_t{mismatch.event.value_or(0)});
  out.put_text(mismatch.expected);
  out.put_text(mismatch.actual);
  out.put(std::uint64_t{mismatch.fields.size()});
  for (const std::string& field : mismatch.fields) out.put_text(field);
}

Mismatch get_mismatch(OctetsReader& in) {
  Mismatch mismatch;
  mismatch.step = in.get<trace::StepIndex>();
  mismatch.at = base::Instant(base::Duration(in.get<base::Duration::rep>()));
  const bool has_event = in.get_flag();
  const auto event = in.get<std::uint64_t>();
  if (has_event) mismatch.event = event;
  mismatch.expected = in.get_text();
  mismatch.actual = in.get_text();
  const auto fields = in.get<std::uint64_t>();
  for (std::uint64_t i = 0; i < fields && in.good(); ++i) mismatch.fields.push_back(in.get_text());
  return mismatch;
}

/// What the rule says goes by its place in the table, which both processes share.
void put_violation(const monitor::Violation& violation, OctetsWriter& out) {
  const std::span<const monitor::Rule> rules = monitor::all_rules();
  const auto rule = std::ranges::find(rules, violation.rule, &monitor::Rule::name);
  TCPROVE_CHECK(rule != rules.end(), "only rules of the table complain");
  out.put(static_cast<std::uint64_t>(rule - rules.begin()));
  out.put_text(violation.message);
  out.put(violation.at.time_since_epoch().count());
  out.put(std::uint64_t{violation.event});
}

monitor::Violation get_violation(OctetsReader& in) {
  const std::span<const monitor::Rule> rules = monitor::all_rules();
  const auto index = in.get<std::uint64_t>();
  if (index >= rules.size()) {
    in.refuse();
    return {};
  }
  const monitor::Rule& rule = rules[index];
  monitor::Violation violation{.requirement = std::string(rule.requirement),
                               .level = rule.level,
                               .section = std::string(rule.section),
                               .rule = std::string(rule.name)};
  violation.message = in.get_text();
  violation.at = base::Instant(base::Duration(in.get<base::Duration::rep>()));
  violation.event = in.get<std::uint64_t>();
  return violation;
}

void put_choices(std::span<const engine::Choice> choices, OctetsWriter& out) {
  out.put(std::uint64_t{choices.size()});
  for (const engine::Choice& choice : choices) {
    out.put(choice.step);
    out.put(choice.taken);
  }
}

std::vector<engine::Choice> get_choices(OctetsReader& in) {
  std::vector<engine::Choice> choices;
  const auto count = in.get<std::uint64_t>();
  for (std::uint64_t i = 0; i < count && in.good(); ++i) {
    const auto step = in.get<trace::StepIndex>();
    choices.push_back({.step = step, .taken = in.get<std::uint8_t>()});
  }
  return choices;
}

/// Of most quantities a play tells nothing.
void put_facts(const profile::Facts& facts, OctetsWriter& out) {
  out.put(facts.on_syn);
  out.put(facts.on_syn_ack);
  out.put(facts.on_others);
  const auto seen = std::ranges::count_if(facts.ranges, &profile::Range::seen);
  out.put(static_cast<std::uint8_t>(seen));
  for (std::size_t i = 0; i < facts.ranges.size(); ++i) {
    const profile::Range& range = facts.ranges.at(i);
    if (!range.seen()) continue;
    out.put(static_cast<std::uint8_t>(i));
    out.put(range.least);
    out.put(range.most);
    out.put(range.count);
  }
}

profile::Facts get_facts(OctetsReader& in) {
  profile::Facts facts;
  facts.on_syn = in.get<profile::OptionSet>();
  facts.on_syn_ack = in.get<profile::OptionSet>();
  facts.on_others = in.get<profile::OptionSet>();
  const std::uint8_t seen = in.get_up_to(profile::kQuantityCount);
  for (std::uint8_t i = 0; i < seen && in.good(); ++i) {
    profile::Range& range = facts.ranges.at(in.get_up_to(profile::kQuantityCount - 1));
    range.least = in.get<std::int64_t>();
    range.most = in.get<std::int64_t>();
    range.count = in.get<std::uint64_t>();
  }
  return facts;
}

std::optional<tcp::CellSet> get_cells(OctetsReader& in) {
  tcp::CellSet::Words words{};
  for (std::uint64_t& word : words) word = in.get<std::uint64_t>();
  return tcp::CellSet::from_words(words);
}

}  // namespace

std::vector<std::uint8_t> play_to_octets(const Outcome& outcome,
                                         std::span<const monitor::Violation> violations,
                                         std::chrono::microseconds wall_time,
                                         const trace::Trace* trace, const tcp::CellSet& cells,
                                         const profile::Facts& facts) {
  OctetsWriter out;
  out.put(kMagic);
  out.put(static_cast<std::uint8_t>(outcome.kind));
  out.put_text(outcome.reason);
  out.put(outcome.virtual_time.count());
  out.put(std::int64_t{wall_time.count()});
  out.put(std::uint8_t{outcome.mismatch.has_value()});
  if (outcome.mismatch) put_mismatch(*outcome.mismatch, out);
  out.put(std::uint64_t{violations.size()});
  for (const monitor::Violation& violation : violations) put_violation(violation, out);
  for (const std::uint64_t word : cells.words()) out.put(word);
  put_choices(outcome.choices, out);
  put_facts(facts, out);
  out.put(std::uint8_t{trace != nullptr});
  if (trace != nullptr) out.put_all(trace->to_octets());
  return std::move(out).take();
}

std::optional<Play> play_from_octets(wire::Octets octets) {
  OctetsReader in(octets);
  if (in.get<std::uint64_t>() != kMagic) return std::nullopt;
  Play play;
  Outcome& outcome = play.outcome;
  outcome.kind = static_cast<Outcome::Kind>(
      in.get_up_to(static_cast<std::uint8_t>(Outcome::Kind::Inconclusive)));
  outcome.reason = in.get_text();
  outcome.virtual_time = base::Duration(in.get<base::Duration::rep>());
  play.wall_time = std::chrono::microseconds(in.get<std::int64_t>());
  if (in.get_flag()) outcome.mismatch = get_mismatch(in);
  if (outcome.mismatch.has_value() != (outcome.kind == Outcome::Kind::Failed)) return std::nullopt;
  const auto violations = in.get<std::uint64_t>();
  for (std::uint64_t i = 0; i < violations && in.good(); ++i) {
    play.violations.push_back(get_violation(in));
  }
  const std::optional<tcp::CellSet> cells = get_cells(in);
  if (!cells) return std::nullopt;
  play.cells = *cells;
  outcome.choices = get_choices(in);
  play.facts = get_facts(in);
  if (in.get_flag()) {
    play.trace.emplace();
    if (!play.trace->from_octets(in.get_rest())) return std::nullopt;
  }
  if (!in.good_at_end()) return std::nullopt;
  return play;
}

}  // namespace tcprove::cli
