#pragma once

#include <memory>
#include <optional>

#include "harness/adapter/adapter.hpp"
#include "harness/adapter/outbox.hpp"

struct netif;

namespace tcprove::adapter::lwip {

/// lwIP booted on one network interface without a link layer: IP packets go in and come out, the
/// clock moves when it is told to.
///
/// Lifetime: one at a time in a process (CHECK).
class Stack {
 public:
  Stack();
  ~Stack();
  Stack(const Stack&) = delete;
  Stack& operator=(const Stack&) = delete;

  /// A pristine lwIP with the address `options.stack`, at instant zero.
  ///
  /// Lifetime: keeps `outbox` until the next boot; packets get there stamped with their instant.
  void boot(const ResetOptions& options, Outbox& outbox);

  /// Any octets may come. What lwIP cannot hold, for its length or for want of memory, is lost.
  void input(wire::Octets packet);

  /// Fires the timers due up to `now() + d`, each at its own instant. Requires: `d` ≥ 0.
  void advance(base::Duration d);

  /// How long until the next timer; nothing where none is set.
  [[nodiscard]] std::optional<base::Duration> next_deadline() const;

 private:
  std::unique_ptr<netif> netif_;
};

}  // namespace tcprove::adapter::lwip
