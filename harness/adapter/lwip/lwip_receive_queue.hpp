#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

struct pbuf;

namespace tcprove::adapter::lwip {

/// Octets that lwIP delivered and no RECEIVE has taken yet, in the buffers that they came in.
///
/// Lifetime: the buffers lie in lwIP's heap; clear() before they are forgotten is not needed after
/// restore_library().
class ReceiveQueue {
 public:
  [[nodiscard]] bool empty() const { return first_ == nullptr; }

  /// Takes over lwIP's reference to `buffers`, a chain.
  void append(pbuf* buffers);

  /// Moves octets to `to`; answers how many.
  std::size_t take(std::span<std::uint8_t> to);

  /// Frees what is left.
  void clear();

 private:
  void drop_first();

  pbuf* first_ = nullptr;
  pbuf* last_ = nullptr;
};

}  // namespace tcprove::adapter::lwip
