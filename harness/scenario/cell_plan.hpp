#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "harness/scenario/scenario.hpp"
#include "harness/scenario/state_event_table.hpp"
#include "harness/scenario/stimuli.hpp"

namespace tcprove::scenario {

/// One way of trying a cell. Lifetime: the Stimuli's that it points into.
struct Trial {
  const WayIn* way = nullptr;
  const Stimulus* stimulus = nullptr;
  const NamedValue* edge = nullptr;  ///< Null where there is none.
  const NamedValue* ack = nullptr;   ///< Null where ${ack} is not used.
  std::optional<bool> rfc5961;       ///< Where the row depends on it: is it implemented?
  bool wraps = false;                ///< The numbers of both sides pass 2^32 at their first octet.
  std::string unreachable;           ///< Why it cannot be tried; then the rest does not matter.

  /// `way=passive,edge=left-1,iss=wrap`.
  [[nodiscard]] std::string name() const;
};

/// Every trial of a row.
std::vector<Trial> trials_of(const StateEventRow& row, const Stimuli& stimuli);

/// The plans of a cell; the choice's first variable is the trial.
class CellPlans : public PlanSource {
 public:
  CellPlans(std::shared_ptr<const StateEventTable> table, std::shared_ptr<const Stimuli> stimuli,
            tcp::Cell cell);

  [[nodiscard]] const std::vector<Trial>& trials() const { return trials_; }
  [[nodiscard]] plan::Plan plan(const Choice& choice) const override;

 private:
  std::shared_ptr<const StateEventTable> table_;
  std::shared_ptr<const Stimuli> stimuli_;
  const StateEventRow& row_;
  std::vector<Trial> trials_;
};

}  // namespace tcprove::scenario
