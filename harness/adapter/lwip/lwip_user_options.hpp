#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "harness/tcp/user_option.hpp"

struct tcp_pcb;

namespace tcprove::adapter::lwip {

/// Sets `option` on a connection by lwIP's raw API. Errors: false where lwIP has no such thing.
bool set_user_option(tcp_pcb& pcb, tcp::UserOption option, std::int64_t value);

/// What is to be set on connections that are not opened yet, for lwIP keeps it nowhere: a
/// connection does not have its listener's TTL and type of service.
class UserOptions {
 public:
  void clear() { values_ = {}; }
  void keep(tcp::UserOption option, std::int64_t value) {
    values_.at(static_cast<std::size_t>(option)) = value;
  }
  void apply(tcp_pcb& pcb) const;

 private:
  std::array<std::optional<std::int64_t>, tcp::kUserOptionCount> values_{};
};

}  // namespace tcprove::adapter::lwip
