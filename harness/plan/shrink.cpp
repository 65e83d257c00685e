#include "harness/plan/shrink.hpp"

#include <algorithm>

#include "harness/plan/plan_octets.hpp"

namespace tcprove::plan {
namespace {

using OctetVector = std::vector<std::uint8_t>;

class Shrinker {
 public:
  Shrinker(wire::Octets octets, const std::function<bool(wire::Octets)>& fails)
      : best_(in_this_version(octets)), fails_(fails) {}

  OctetVector shrink() {
    write_out_opening();
    bool better = true;
    while (better && trials_ < kTrialsMax) {
      better = leave_out_steps();
      better = lower_octets() || better;
    }
    return best_;
  }

 private:
  bool take_if_fails(OctetVector trial) {
    if (trial == best_ || ++trials_ > kTrialsMax || !fails_(trial)) return false;
    best_ = std::move(trial);
    return true;
  }

  /// As steps of its own the opening can shrink too.
  void write_out_opening() {
    if (auto plain = octets_of(plan_of(best_))) take_if_fails(*std::move(plain));
  }

  /// Longer runs first: most of a long plan has nothing to do with its failure.
  bool leave_out_steps() {
    bool better = false;
    const std::size_t steps = best_.size() / kStepOctets;
    for (std::size_t run = std::max<std::size_t>(steps / 2, 1); run > 0; run /= 2) {
      for (std::size_t at = kHeaderOctets; at < best_.size();) {
        const std::size_t end = std::min(at + run * kStepOctets, best_.size());
        OctetVector trial(best_.begin(), best_.begin() + static_cast<std::ptrdiff_t>(at));
        trial.insert(trial.end(), best_.begin() + static_cast<std::ptrdiff_t>(end), best_.end());
        if (take_if_fails(std::move(trial))) {
          better = true;
        } else {
          at = end;
        }
      }
    }
    return better;
  }

  bool lower_octets() {
    bool better = false;
    for (std::size_t at = 1; at < best_.size(); ++at) {
      for (std::uint8_t plainer = 0; plainer < std::min(best_[at], kPlainOctets); ++plainer) {
        OctetVector trial = best_;
        trial[at] = plainer;
        if (!take_if_fails(std::move(trial))) continue;
        better = true;
        break;
      }
    }
    return better;
  }

  /// The first values of a table are the plainest; among the others none is plainer.
  static constexpr std::uint8_t kPlainOctets = 12;

  OctetVector best_;
  const std::function<bool(wire::Octets)>& fails_;
  int trials_ = 0;
};

}  // namespace

OctetVector shrink(wire::Octets octets, const std::function<bool(wire::Octets)>& fails) {
  return Shrinker(octets, fails).shrink();
}

}  // namespace tcprove::plan
