#pragma once

#include <cstddef>
#include <cstdint>

#include "harness/plan/octet_tables.hpp"
#include "harness/plan/record_layout.hpp"
#include "harness/plan/step_octets.hpp"

namespace tcprove::plan {

inline NumberOctets number_at(const StepOctets& octets, std::size_t at) {
  return {.choice = octets.at(at), .low = octets.at(at + 1), .high = octets.at(at + 2)};
}

inline void put_number_octets(NumberOctets number, std::size_t at, StepOctets& octets) {
  octets.at(at) = number.choice;
  octets.at(at + 1) = number.low;
  octets.at(at + 2) = number.high;
}

/// The number of what is no segment, which has room for a longer one.
inline NumberOctets amount_at(const StepOctets& octets) {
  NumberOctets number = number_at(octets, record::kAmountAt);
  number.more = octets.at(record::kAmountMoreAt);
  return number;
}

inline void put_amount_octets(NumberOctets number, StepOctets& octets) {
  put_number_octets(number, record::kAmountAt, octets);
  octets.at(record::kAmountMoreAt) = number.more;
}

/// False where no octets stand for `expr`.
inline bool put_amount(NumberField field, const std::optional<Expr>& expr, StepOctets& octets) {
  const std::optional<NumberOctets> found = octets_of(field, expr);
  if (found) put_amount_octets(*found, octets);
  return found.has_value();
}

/// False where no octets stand for `expr`, or only those of an amount.
inline bool put_number(NumberField field, const std::optional<Expr>& expr, std::size_t at,
                       StepOctets& octets) {
  const std::optional<NumberOctets> found = octets_of(field, expr);
  if (!found || found->more != 0) return false;
  put_number_octets(*found, at, octets);
  return true;
}

/// Sets `octets[at]` to the first octet for which `fits` holds.
template <class Fits>
bool put_octet(std::size_t at, StepOctets& octets, const Fits& fits) {
  for (unsigned octet = 0; octet <= 0xff; ++octet) {
    octets.at(at) = static_cast<std::uint8_t>(octet);
    if (fits(octets.at(at))) return true;
  }
  return false;
}

}  // namespace tcprove::plan
