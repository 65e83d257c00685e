#include "harness/plan/mutate.hpp"

#include <algorithm>

#include "harness/plan/dice.hpp"
#include "harness/plan/plan_octets.hpp"
#include "harness/plan/record_layout.hpp"

namespace tcprove::plan {
namespace {

using OctetVector = std::vector<std::uint8_t>;

/// A table's first values are the plainest and most likely: nearly all of a live connection.
constexpr std::uint8_t kPlainOctets = 16;

/// The octets of a plan cut to whole records.
class Records {
 public:
  Records(wire::Octets octets, std::uint64_t seed, std::size_t steps_max)
      : dice_(seed), steps_max_(std::min(steps_max, kStepsMax)) {
    octets_ = in_this_version(octets);
    trim();
  }

  void change() {
    switch (dice_.below(10)) {
      case 0:
        change_header();
        return;
      case 1:
        return insert(fresh());
      case 2:
        return insert(copy_of_one());
      case 3:
        return leave_one_out();
      case 4:
        return swap_two();
      case 5:
        return replace_one();
      default:
        return change_octets_of_one();
    }
  }

  Dice& dice() { return dice_; }
  OctetVector take() && {
    trim();
    return std::move(octets_);
  }

 private:
  [[nodiscard]] std::size_t steps() const { return (octets_.size() - kHeaderOctets) / kStepOctets; }
  [[nodiscard]] OctetVector::iterator at(std::size_t step) {
    return octets_.begin() + static_cast<std::ptrdiff_t>(kHeaderOctets + step * kStepOctets);
  }
  void trim() {
    octets_.resize(std::min(octets_.size(), kHeaderOctets + steps_max_ * kStepOctets));
  }

  std::uint8_t telling_octet() {
    const std::uint8_t octet = dice_.octet();
    return dice_.one_in(2) ? octet : static_cast<std::uint8_t>(octet % kPlainOctets);
  }

  OctetVector fresh() {
    OctetVector record(kStepOctets);
    for (std::uint8_t& octet : record) octet = dice_.octet();
    return record;
  }
  OctetVector copy_of_one() {
    if (steps() == 0) return fresh();
    const auto from = at(dice_.below(steps()));
    return {from, from + kStepOctets};
  }

  /// What stands by value is changed less often: most plans have none.
  void change_header() {
    const std::size_t places = dice_.one_in(8) ? kHeaderOctets : kHeaderByValueAt;
    octets_[1 + dice_.below(places - 1)] = telling_octet();
  }

  void insert(const OctetVector& record) {
    octets_.insert(at(dice_.below(steps() + 1)), record.begin(), record.end());
    trim();
  }
  void leave_one_out() {
    if (steps() == 0) return;
    const auto from = at(dice_.below(steps()));
    octets_.erase(from, from + kStepOctets);
  }
  void swap_two() {
    if (steps() < 2) return;
    const std::size_t first = dice_.below(steps());
    const std::size_t second = dice_.below(steps());
    if (first != second) std::swap_ranges(at(first), at(first) + kStepOctets, at(second));
  }
  void replace_one() {
    if (steps() == 0) return insert(fresh());
    std::ranges::copy(fresh(), at(dice_.below(steps())));
  }
  void change_octets_of_one() {
    if (steps() == 0) return insert(fresh());
    const auto record = at(dice_.below(steps()));
    for (std::size_t times = 1 + dice_.below(3); times > 0; --times) {
      std::uint8_t& octet = record[static_cast<std::ptrdiff_t>(place_in(*record))];
      octet = dice_.one_in(4) ? static_cast<std::uint8_t>(octet + (dice_.one_in(2) ? 1 : 255))
                              : telling_octet();
    }
  }

  /// One that tells something of a record with this verb; what most segments do without is changed
  /// less often.
  std::size_t place_in(std::uint8_t verb) {
    if (verb >= record::kWaitFrom) return dice_.below(record::kBeyondAmounts);
    return dice_.below(dice_.one_in(3) ? kStepOctets : record::kEcnAt);
  }

  Dice dice_;
  std::size_t steps_max_;
  OctetVector octets_;
};

}  // namespace

OctetVector plan_octets_at_random(std::uint64_t seed, std::size_t steps_max) {
  Dice dice(seed);
  OctetVector octets(kHeaderOctets + dice.below(steps_max + 1) * kStepOctets);
  for (std::uint8_t& octet : octets) octet = dice.octet();
  octets.front() = kFormatVersion;
  return octets;
}

OctetVector mutate(wire::Octets octets, std::uint64_t seed, std::size_t steps_max) {
  constexpr std::size_t kChangesMax = 4;
  Records records(octets, seed, steps_max);
  for (std::size_t times = 1 + records.dice().below(kChangesMax); times > 0; --times) {
    records.change();
  }
  return std::move(records).take();
}

OctetVector cross(wire::Octets one, wire::Octets other, std::uint64_t seed, std::size_t steps_max) {
  OctetVector child = Records(one, 0, steps_max).take();
  const OctetVector donor = Records(other, 0, steps_max).take();
  Dice dice(seed);
  const auto boundary = [&dice](const OctetVector& octets) {
    const std::size_t steps = (octets.size() - kHeaderOctets) / kStepOctets;
    return static_cast<std::ptrdiff_t>(kHeaderOctets + dice.below(steps + 1) * kStepOctets);
  };
  child.erase(child.begin() + boundary(child), child.end());
  const auto from = boundary(donor);
  child.insert(child.end(), donor.begin() + from, donor.end());
  return Records(child, 0, steps_max).take();
}

}  // namespace tcprove::plan
