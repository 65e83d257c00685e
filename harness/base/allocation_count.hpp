#pragma once

#include <cstddef>

namespace tcprove::base {

/// How many times this program has called operator new so far, in all threads.
///
/// For tests only: a program that links it has its operator new replaced by one that counts.
std::size_t allocation_count();

}  // namespace tcprove::base
