#pragma once

#include <span>
#include <string>
#include <string_view>

namespace tcprove::base {

/// The candidate that `word` was probably meant to be, or empty where none is near
/// (letters inserted, deleted, replaced or swapped with a neighbour, case ignored; at most a third
/// of the word's length and at least one).
std::string nearest(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace tcprove::base
