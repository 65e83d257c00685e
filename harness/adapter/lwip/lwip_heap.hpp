#pragma once

#include <cstddef>

namespace tcprove::adapter::lwip {

/// All that lwIP may hold at a time: a full receive window in each of some 180 connections.
/// Past it lwIP is told that memory is short, as on the devices that it is made for.
inline constexpr std::size_t kHeapOctets = 16U << 20U;

/// Forgets every allocation of lwIP's at once, whatever their number. The same requests then get
/// the same addresses again.
void clear_heap();

/// Aborts unless lwIP's mem_malloc() and mem_free() are ours.
void check_heap();

}  // namespace tcprove::adapter::lwip
