#include "harness/campaign/campaign.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "harness/campaign/batch.hpp"
#include "harness/campaign/corpus_folder.hpp"
#include "harness/campaign/finding_files.hpp"
#include "harness/campaign/replay.hpp"

namespace tcprove::campaign {
namespace {

class Campaign {
 public:
  Campaign(const Settings& settings, const Events& events)
      : settings_(settings), events_(events), files_(settings.out, settings.target) {
    outcome_.result.target = settings.target;
    outcome_.result.target_version = settings.target_version;
    outcome_.result.seed = settings.seed;
  }

  Outcome run() {
    play_seeds();
    std::uint64_t left = settings_.runs.value_or(UINT64_MAX);
    while (left > 0 && goes_on()) left -= play_round(std::min(left, round_size()));
    save_corpus();
    conclude();
    return std::move(outcome_);
  }

 private:
  struct Finding {
    Shown shown;
    OctetVector octets;
    std::string known_reason;
    bool replays = true;
    bool shortened = true;
    std::uint64_t execution = 0;
  };

  [[nodiscard]] bool has_virtual_time() const {
    return settings_.offered.has(tcp::Capability::VirtualTime);
  }

  /// Where time is real each execution takes as long as its plan says.
  [[nodiscard]] std::uint64_t round_size() const {
    return has_virtual_time() ? 16 * kJob : 2 * settings_.workers;
  }

  [[nodiscard]] bool goes_on() const {
    const bool enough = settings_.first_finding_ends && anything_new_;
    return outcome_.error.empty() && !enough && !events_.out_of_time() && !events_.interrupted();
  }

  void play_seeds() {
    std::vector<OctetVector> seeds = read_plans(settings_.corpus);
    held_.insert(seeds.begin(), seeds.end());
    std::ranges::move(read_plans(settings_.out, ".plan"), std::back_inserter(seeds));
    const auto seed = [&](std::uint64_t execution) { return seeds[execution]; };
    seeding_ = true;
    play(seeds.size(), seed);
    seeding_ = false;
    for (OctetVector& octets : seeds) corpus_.add_seed(std::move(octets), {});
    corpus_.minimize();
    save_corpus();
  }

  std::uint64_t play_round(std::uint64_t count) {
    const std::uint64_t first = executions_;
    // Merging changes the corpus that the plans were made from.
    const Corpus before = corpus_;
    play(count,
         [&](std::uint64_t execution) { return next_plan(before, settings_.seed, execution); });
    if (outcome_.result.answered.count() != saved_answers_) save_corpus();
    return std::max<std::uint64_t>(executions_ - first, 1);
  }

  void play(std::uint64_t count, const std::function<OctetVector(std::uint64_t)>& plan) {
    const BatchSettings settings{.target = settings_.target,
                                 .workers = settings_.workers,
                                 .executions_per_job = has_virtual_time() ? kJob : 1,
                                 .job_time = std::chrono::seconds(has_virtual_time() ? 10 : 600)};
    const auto stops = [this] { return events_.out_of_time() || events_.interrupted(); };
    const std::uint64_t first = executions_;
    const auto plan_from_first = [&](std::uint64_t i) { return plan(i); };
    const BatchResult batch = play_batch(settings,
                                         {.first = first,
                                          .count = count,
                                          .plan = plan_from_first,
                                          .covered = corpus_.covered(),
                                          .seen = seen_},
                                         stops);
    if (!batch.error.empty()) outcome_.error = batch.error;
    executions_ += count;
    outcome_.result.executions += batch.executions;
    std::vector<FindingKind> fresh;
    for (const Observation& observation : batch.telling) {
      const OctetVector octets = plan(observation.execution);
      seeding_ ? corpus_.add_seed(octets, observation.answered)
               : corpus_.add(octets, observation.answered);
      for (const Shown& shown : observation.shown) {
        if (seen_.insert(shown.kind).second) fresh.push_back(take(shown, octets, observation));
      }
    }
    outcome_.result.answered = corpus_.covered();
    make_short(fresh);
    events_.round(outcome_.result);
  }

  /// Writes a new kind of finding down at once, before anything else is done with it.
  FindingKind take(const Shown& shown, const OctetVector& octets, const Observation& observation) {
    Finding finding{.shown = shown, .octets = octets, .execution = observation.execution + 1};
    const scenario::Deviation* const known =
        shown.kind.is_violation() ? settings_.known.find_rule(shown.kind.rule)
                                  : settings_.known.find_death(shown.violation.message);
    if (known != nullptr) finding.known_reason = known->reason;
    if (known == nullptr) {
      anything_new_ = true;
      if (!files_.is_finished(shown.kind)) note(files_.write_found(shown, octets));
    }
    findings_.emplace(shown.kind, std::move(finding));
    return shown.kind;
  }

  void make_short(const std::vector<FindingKind>& kinds) {
    std::vector<Culprit> culprits;
    for (const FindingKind& kind : kinds) {
      const Finding& finding = findings_.at(kind);
      if (!finding.known_reason.empty()) continue;
      culprits.push_back({.kind = kind, .octets = finding.octets});
    }
    std::erase_if(culprits, [this](const Culprit& c) {
      if (!files_.is_finished(c.kind)) return false;
      events_.found(told(c.kind));
      return true;
    });
    if (culprits.empty()) return;
    minimize({.target = settings_.target, .offered = settings_.offered}, settings_.workers,
             culprits, events_.interrupted);
    for (const Culprit& culprit : culprits) {
      if (events_.interrupted()) return;
      Finding& finding = findings_.at(culprit.kind);
      write_what_replays(finding, culprit.octets);
      events_.found(told(culprit.kind));
    }
  }

  /// What was made short is played once more, as its scenario; where that shows nothing, the
  /// finding stays as it was found.
  void write_what_replays(Finding& finding, const OctetVector& shortened) {
    note(files_.write_short(finding.shown, shortened, finding.replays));
    finding.shortened = finding.replays;
    if (finding.replays) {
      finding.octets = shortened;
    } else if (shortened != finding.octets) {
      note(files_.write_short(finding.shown, finding.octets, finding.replays));
    }
  }

  [[nodiscard]] report::CampaignFinding told(const FindingKind& kind) const {
    const Finding& finding = findings_.at(kind);
    const bool known = !finding.known_reason.empty();
    return {.name = stem_of(kind),
            .requirement = kind.requirement,
            .rule = kind.rule,
            .state = kind.state,
            .section = finding.shown.violation.section,
            .level = finding.shown.violation.level,
            .message = finding.shown.violation.message,
            .file = known ? "" : files_.scenario_of(kind).string(),
            .known_reason = finding.known_reason,
            .replays = finding.replays,
            .shortened = finding.shortened,
            .execution = finding.execution};
  }

  void save_corpus() {
    saved_answers_ = corpus_.covered().count();
    if (settings_.corpus.empty()) return;
    note(write_corpus(settings_.corpus, corpus_, held_));
  }

  void conclude() {
    for (const auto& [kind, finding] : findings_) {
      outcome_.result.findings.push_back(told(kind));
    }
    std::ranges::sort(outcome_.result.findings, {}, &report::CampaignFinding::name);
  }

  void note(const std::string& failure) {
    if (outcome_.error.empty()) outcome_.error = failure;
  }

  static constexpr std::uint64_t kJob = 64;

  const Settings& settings_;
  const Events& events_;
  FindingFiles files_;
  bool anything_new_ = false;
  bool seeding_ = false;  ///< What is played comes from the corpus.
  Corpus corpus_;
  std::set<OctetVector> held_;  ///< In the corpus folder.
  std::size_t saved_answers_ = 0;
  std::uint64_t executions_ = 0;
  std::set<FindingKind> seen_;
  std::map<FindingKind, Finding> findings_;
  Outcome outcome_;
};

}  // namespace

Outcome run_campaign(const Settings& settings, const Events& events) {
  return Campaign(settings, events).run();
}

}  // namespace tcprove::campaign
