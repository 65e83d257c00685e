#pragma once

#include <cstdint>
#include <set>
#include <vector>

#include "harness/campaign/plan_words.hpp"
#include "harness/tcp/answered_cells.hpp"
#include "harness/wire/segment.hpp"

namespace tcprove::campaign {

using OctetVector = std::vector<std::uint8_t>;

/// Plans as octets, each of which shows an answer of the stack's that none before it shows, or, of
/// those that somebody wrote, says what none before it says.
class Corpus {
 public:
  struct Entry {
    OctetVector octets;
    tcp::AnsweredCells answered;
    std::set<WordPair> words{};  ///< Of a seed.
  };

  /// Takes the plan where it shows something new; answers whether it does.
  bool add(OctetVector octets, const tcp::AnsweredCells& answered);

  /// Takes a plan that was written and not generated also for what it says.
  bool add_seed(OctetVector octets, const tcp::AnsweredCells& answered);

  /// Leaves out the plans that show nothing beside what shorter ones show.
  void minimize();

  [[nodiscard]] const std::vector<Entry>& entries() const { return entries_; }
  [[nodiscard]] const tcp::AnsweredCells& covered() const { return covered_; }

 private:
  bool take(Entry entry);

  std::vector<Entry> entries_;
  std::set<WordPair> words_;
  tcp::AnsweredCells covered_;
};

/// The plan that execution `execution` of a campaign plays: one of the corpus changed, two of it
/// crossed, or a new one. A function of its arguments alone.
OctetVector next_plan(const Corpus& corpus, std::uint64_t seed, std::uint64_t execution);

}  // namespace tcprove::campaign
