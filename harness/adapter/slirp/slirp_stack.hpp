#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <poll.h>

#include "harness/adapter/adapter.hpp"
#include "harness/adapter/slirp/slirp_connections.hpp"
#include "harness/adapter/slirp/slirp_translation.hpp"

struct Slirp;

namespace tcprove::adapter::slirp {

/// Whom the stack tells about the sockets by which libslirp reaches its application.
class HostSockets {
 public:
  virtual ~HostSockets() = default;
  /// libslirp has connected, or been connected to, by `descriptor`.
  virtual void opened(int descriptor) = 0;
  /// libslirp has forgotten the connection and is about to close the descriptor.
  virtual void closing(int descriptor) = 0;
};

/// libslirp between its wire, whose frames become IP packets here, and the sockets of this process.
class Stack {
 public:
  /// Lifetime: keeps `host` and `outbox`.
  Stack(HostSockets& host, Outbox& outbox) : host_(host), outbox_(outbox) {}
  ~Stack();
  Stack(const Stack&) = delete;
  Stack& operator=(const Stack&) = delete;

  /// A pristine library that takes connections at `options.stack`. Requires: IPv4.
  void boot(const ResetOptions& options);

  /// Any octets may come.
  void input(wire::Octets packet);
  /// Has the library look at its sockets and its clock until there is nothing to be done.
  void settle();
  /// Fires the timers due up to `d` from now, each at its own instant.
  void advance(base::Duration d);
  /// How long until the library's next tick; nothing where it has no connection.
  [[nodiscard]] std::optional<base::Duration> next_deadline() const;

  /// Who opens to `port` is connected to the AF_UNIX socket at `path`, until remove_listener().
  bool add_listener(std::uint16_t port, const std::string& path);
  void remove_listener(std::uint16_t port);
  /// Who connects to the abstract name opens to `peer`, until remove_opener().
  bool add_opener(const std::string& name, const wire::Endpoint& peer);
  void remove_opener(const std::string& name);

  /// Calls `visit` with each connection until it answers true; says whether it did.
  template <class Visit>
  bool find_connection(const Visit& visit) const {
    const std::string text = connection_info();
    std::string_view rest = text;
    while (const auto line = next_connection(rest)) {
      if (visit(*line)) return true;
    }
    return false;
  }

  Translation& translation() { return translation_; }

  /// Rounds of settle(); a library that is never done costs no more.
  static constexpr int kRoundsMax = 10'000;
  /// Rounds in which each socket is as it was and nothing is emitted. Of a socket of AF_UNIX that
  /// its application has closed the library asks for ever to write what it then does not write.
  static constexpr int kIdleRoundsMax = 64;

 private:
  friend struct Callbacks;

  /// One look at sockets and clock. Answers whether anything came of it.
  bool pump();
  void emit(wire::Octets frame);
  [[nodiscard]] bool is_on_link(std::uint32_t address) const;
  void introduce(std::uint32_t address);
  [[nodiscard]] std::string connection_info() const;
  [[nodiscard]] std::uint32_t clock_ms() const;

  HostSockets& host_;
  Outbox& outbox_;
  Slirp* library_ = nullptr;
  Translation translation_;
  std::uint32_t address_ = 0;  ///< Where it takes connections, in host order.
  base::Duration boot_{};      ///< What the library's clock showed at the boot.
  base::Duration now_{};       ///< Since then.
  std::vector<pollfd> polled_;
  std::vector<pollfd> polled_before_;
  std::vector<std::uint8_t> frame_;
  std::vector<std::uint32_t> wanted_;  ///< Addresses that the library asks the link for.
  bool emitted_ = false;

  // The library's own account of its ticks, which it does not show; in milliseconds that wrap.
  bool ticks_ = false;  ///< It has a connection, so that the slow timer runs.
  std::uint32_t last_slow_tick_ = 0;
  std::optional<std::uint32_t> fast_tick_since_;
};

}  // namespace tcprove::adapter::slirp
