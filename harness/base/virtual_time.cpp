#include "harness/base/virtual_time.hpp"

#include <array>

namespace tcprove::base {

std::string to_string(Duration d) {
  struct Unit {
    Duration::rep nanoseconds;
    const char* name;
  };
  static constexpr std::array<Unit, 5> kUnits{
      {{60'000'000'000, "min"}, {1'000'000'000, "s"}, {1'000'000, "ms"}, {1'000, "us"}, {1, "ns"}}};
  if (d == Duration::zero()) return "0s";
  constexpr Duration::rep kSecond = 1'000'000'000;
  constexpr Duration::rep kMillisecond = 1'000'000;
  if (d.count() > kSecond && d.count() % kSecond != 0 && d.count() % kMillisecond == 0) {
    std::string fraction = std::to_string(kSecond + d.count() % kSecond).substr(1, 3);
    fraction.erase(fraction.find_last_not_of('0') + 1);
    return std::to_string(d.count() / kSecond) + "." + fraction + "s";
  }
  for (const Unit& unit : kUnits) {
    if (d.count() % unit.nanoseconds == 0) {
      return std::to_string(d.count() / unit.nanoseconds) + unit.name;
    }
  }
  return std::to_string(d.count()) + "ns";
}

}  // namespace tcprove::base
