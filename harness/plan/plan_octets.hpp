#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "harness/plan/plan.hpp"
#include "harness/wire/segment.hpp"

namespace tcprove::plan {

// Plans of stimuli as octets, for whoever generates them: RapidCheck, libFuzzer, a corpus.
//
// A header of kHeaderOctets and a record of kStepOctets for each step, so that cutting, copying and
// swapping records is cutting, copying and swapping steps. Sequence numbers are named relative to
// the live connection, so that a record means the same wherever it comes to stand.

/// The first octet. Octets of versions 1 and 2 are read as what they stood for then, so that old
/// corpora stay usable; any other version is read as this one.
inline constexpr std::uint8_t kFormatVersion = 3;

inline constexpr std::size_t kHeaderOctets = 32;
inline constexpr std::size_t kStepOctets = 32;

/// Records beyond this many are not read.
inline constexpr std::size_t kStepsMax = 256;
/// The most connections of one plan.
inline constexpr std::size_t kConnectionsMax = 4;
/// The most segments that one step sends together, so that they can overtake each other.
inline constexpr std::size_t kSegmentsTogetherMax = 8;

/// The same plan in this version's octets, whole records of them.
std::vector<std::uint8_t> in_this_version(wire::Octets octets);

/// The plan that `octets` stand for; any octets may come, missing ones are 0.
///
/// Its steps are stimuli alone, and a user call takes any answer: what must be seen is for the
/// monitor to say.
Plan plan_of(wire::Octets octets);

/// Octets that plan_of() makes the same plan of; nothing where the plan has what they cannot say
/// (expectations, payload by value, numbers that are far-fetched).
std::optional<std::vector<std::uint8_t>> octets_of(const Plan& plan);

}  // namespace tcprove::plan
