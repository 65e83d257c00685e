#include "harness/profile/facts.hpp"

#include <algorithm>

namespace tcprove::profile {
namespace {

/// By Quantity.
constexpr std::array<QuantityName, kQuantityCount> kNames{{
    {"mss_v4", Unit::Octets},
    {"mss_v6", Unit::Octets},
    {"default_mss_v4", Unit::Octets},
    {"default_mss_v6", Unit::Octets},
    {"window_shift", Unit::Count},
    {"syn_window", Unit::Octets},
    {"window", Unit::Octets},
    {"hop_limit", Unit::Count},
    {"initial_window", Unit::Octets},
    {"syn_timeout", Unit::Nanoseconds},
    {"syn_ack_timeout", Unit::Nanoseconds},
    {"data_timeout", Unit::Nanoseconds},
    {"syn_back_off", Unit::Thousandths},
    {"data_back_off", Unit::Thousandths},
    {"longest_timeout", Unit::Nanoseconds},
    {"syn_retransmissions", Unit::Count},
    {"syn_given_up_after", Unit::Nanoseconds},
    {"data_retransmissions", Unit::Count},
    {"data_given_up_after", Unit::Nanoseconds},
    {"fast_retransmit_acks", Unit::Count},
    {"ack_delay", Unit::Nanoseconds},
    {"probe_timeout", Unit::Nanoseconds},
    {"probe_back_off", Unit::Thousandths},
    {"keep_alive_idle", Unit::Nanoseconds},
    {"keep_alive_interval", Unit::Nanoseconds},
    {"time_wait_at_least", Unit::Nanoseconds},
    {"time_wait_at_most", Unit::Nanoseconds},
    {"iss_at_reset", Unit::Count},
    {"iss_per_second", Unit::Count},
}};

}  // namespace

QuantityName name_of(Quantity quantity) { return kNames.at(static_cast<std::size_t>(quantity)); }

void Range::add(std::int64_t value) { add_all({.least = value, .most = value, .count = 1}); }

void Range::add_all(const Range& others) {
  if (!others.seen()) return;
  least = seen() ? std::min(least, others.least) : others.least;
  most = seen() ? std::max(most, others.most) : others.most;
  count += others.count;
}

void Facts::add_all(const Facts& others) {
  for (std::size_t i = 0; i < kQuantityCount; ++i) ranges.at(i).add_all(others.ranges.at(i));
  on_syn |= others.on_syn;
  on_syn_ack |= others.on_syn_ack;
  on_others |= others.on_others;
}

}  // namespace tcprove::profile
