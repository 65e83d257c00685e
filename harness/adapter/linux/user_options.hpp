#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "harness/tcp/user_option.hpp"
#include "harness/wire/address.hpp"

namespace tcprove::adapter::linux {

/// Sets an option of one socket; false where the kernel has no such option.
bool set_user_option(int socket, tcp::UserOption option, std::int64_t value);

/// What the user has set before anything was opened: it holds for all that is opened later.
class UserOptions {
 public:
  /// False where the kernel has no such option.
  bool keep(tcp::UserOption option, std::int64_t value);
  void apply(int socket, wire::IpVersion ip) const;

  /// Unless the user has said otherwise.
  [[nodiscard]] bool wants_reports() const;

 private:
  std::array<std::optional<std::int64_t>, tcp::kUserOptionCount> values_{};
};

}  // namespace tcprove::adapter::linux
