#include "harness/engine/play_time.hpp"

#include <algorithm>
#include <variant>

#include "harness/engine/player.hpp"

namespace tcprove::engine {
namespace {

using base::Duration;

/// The times that a profile gives; what the wire will tell counts as nothing.
class KnownTimes : public plan::SymbolValues {
 public:
  explicit KnownTimes(const adapter::StackProfile& profile) : profile_(profile) {}
  [[nodiscard]] std::int64_t value(plan::Symbol symbol) const override {
    switch (symbol) {
      case plan::Symbol::Msl:
        return profile_.msl.count();
      case plan::Symbol::Rto:
        return profile_.initial_rto.count();
      case plan::Symbol::DelayedAck:
        return profile_.delayed_ack_max.count();
      default:
        return 0;
    }
  }

 private:
  const adapter::StackProfile& profile_;
};

class Stopwatch {
 public:
  explicit Stopwatch(const plan::SymbolValues& times) : times_(times) {}

  PlayTime operator()(const plan::Wait& wait) const { return both(wait.duration); }
  PlayTime operator()(const plan::ExpectNothing& nothing) const { return both(nothing.duration); }
  PlayTime operator()(const plan::Expect& expect) const {
    if (!expect.within) return {.least = {}, .most = kPatience};
    return {.least = duration(expect.within->from), .most = duration(expect.within->to)};
  }
  PlayTime operator()(const plan::OneOf& one_of) const {
    PlayTime time{.least = Duration::max(), .most = {}};
    for (const auto& each : one_of.alternatives) {
      const PlayTime its = std::visit(*this, each);
      time.least = std::min(time.least, its.least);
      time.most = std::max(time.most, its.most);
    }
    return time;
  }
  PlayTime operator()(const auto&) const { return {}; }

 private:
  [[nodiscard]] Duration duration(const plan::Expr& expr) const {
    return std::max(Duration(expr.evaluate(times_)), Duration::zero());
  }
  [[nodiscard]] PlayTime both(const plan::Expr& expr) const {
    return {.least = duration(expr), .most = duration(expr)};
  }

  const plan::SymbolValues& times_;
};

}  // namespace

PlayTime time_of(const plan::Plan& plan, const adapter::StackProfile& profile) {
  const KnownTimes times(profile);
  const Stopwatch stopwatch(times);
  PlayTime sum;
  for (const plan::Step& step : plan.steps) {
    const PlayTime its = std::visit(stopwatch, step.action);
    sum.least += its.least;
    sum.most += its.most;
  }
  return sum;
}

}  // namespace tcprove::engine
