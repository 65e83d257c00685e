#pragma once

#include <cstdint>
#include <set>

#include "harness/plan/plan.hpp"

namespace tcprove::campaign {

/// Two things that a plan says, the one after the other.
using WordPair = std::uint32_t;

/// What a plan says that is not said by the answers it draws: which kinds of stimuli follow each
/// other, and which of the rarer ones (options, marks, settings, ICMP errors) come in one plan at
/// all. What follows of a rare stimulus often shows only after another.
std::set<WordPair> word_pairs_of(const plan::Plan& plan);

}  // namespace tcprove::campaign
