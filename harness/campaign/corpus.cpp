#include "harness/campaign/corpus.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "harness/plan/dice.hpp"
#include "harness/plan/mutate.hpp"
#include "harness/plan/plan_octets.hpp"

namespace tcprove::campaign {

bool Corpus::add(OctetVector octets, const tcp::AnsweredCells& answered) {
  return take({.octets = std::move(octets), .answered = answered});
}

bool Corpus::add_seed(OctetVector octets, const tcp::AnsweredCells& answered) {
  const plan::Plan plan = plan::plan_of(octets);
  // What was compiled is the plainest that stands for its plan; what grew from it hardly is.
  const bool written = plan::octets_of(plan) == octets;
  std::set<WordPair> words = written ? word_pairs_of(plan) : std::set<WordPair>();
  return take({.octets = std::move(octets), .answered = answered, .words = std::move(words)});
}

bool Corpus::take(Entry entry) {
  if (covered_.has_all(entry.answered) && std::ranges::includes(words_, entry.words)) return false;
  covered_.add_all(entry.answered);
  words_.insert(entry.words.begin(), entry.words.end());
  entries_.push_back(std::move(entry));
  return true;
}

void Corpus::minimize() {
  std::vector<Entry> all = std::exchange(entries_, {});
  std::ranges::sort(all, [](const Entry& a, const Entry& b) {
    return std::forward_as_tuple(a.octets.size(), a.octets) <
           std::forward_as_tuple(b.octets.size(), b.octets);
  });
  covered_ = {};
  words_ = {};
  for (Entry& entry : all) take(std::move(entry));
}

OctetVector next_plan(const Corpus& corpus, std::uint64_t seed, std::uint64_t execution) {
  constexpr std::size_t kStepsMax = 32;
  constexpr std::size_t kNewOneIn = 8;
  constexpr std::size_t kCrossedOneIn = 6;
  plan::Dice dice(seed ^ plan::Dice(execution).roll());
  const auto& entries = corpus.entries();
  if (entries.empty() || dice.one_in(kNewOneIn)) {
    return plan::plan_octets_at_random(dice.roll(), kStepsMax);
  }
  // What was found late stands where fewer have looked.
  const auto pick = [&]() -> wire::Octets {
    return entries[std::max(dice.below(entries.size()), dice.below(entries.size()))].octets;
  };
  if (dice.one_in(kCrossedOneIn)) {
    const wire::Octets one = pick();
    const OctetVector crossed = plan::cross(one, pick(), dice.roll(), kStepsMax);
    return dice.one_in(2) ? crossed : plan::mutate(crossed, dice.roll(), kStepsMax);
  }
  return plan::mutate(pick(), dice.roll(), kStepsMax);
}

}  // namespace tcprove::campaign
