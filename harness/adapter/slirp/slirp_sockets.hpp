#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "harness/adapter/slirp/slirp_door.hpp"
#include "harness/adapter/slirp/slirp_stack.hpp"
#include "harness/tcp/state.hpp"
#include "harness/tcp/user_call.hpp"

namespace tcprove::adapter::slirp {

/// The application behind libslirp: each user call is one on a socket of this process.
///
/// libslirp is a proxy: what it tells its application is what a host's socket can say. A connection
/// that was reset, refused or timed out ends as one that was closed.
class Sockets final : public HostSockets {
 public:
  /// Forgets all, and has an application wait again. Errors: the world's.
  std::optional<AdapterError> clear(const ResetOptions& options);

  tcp::CallResult call(Stack& stack, const tcp::UserCall& call);

  [[nodiscard]] tcp::State state(const Stack& stack, const wire::FourTuple& tuple) const;

  /// Has libslirp been connected to whom it should be since; to be called when it has settled.
  void settle(Stack& stack);

  void opened(int descriptor) override;
  void closing(int descriptor) override;

  /// Handles given out between two clear(); an OPEN past it answers InsufficientResources.
  static constexpr std::size_t kSocketsMax = 65'535;

 private:
  struct Socket {
    tcp::Handle handle = tcp::kNoHandle;
    bool is_open = true;  ///< The handle is still its user's.
    bool is_listener = false;
    bool is_opener = false;  ///< An active OPEN made it.
    wire::Endpoint local{};
    wire::Endpoint peer{};             ///< A connection's.
    File end{};                        ///< The application's end.
    int library_end = -1;              ///< libslirp's, while it has the connection.
    bool is_shut = false;              ///< Its user will send no more.
    std::vector<tcp::Handle> ready{};  ///< A listener's: what waits for an accept, oldest first.
  };

  /// What libslirp has connected to the application and nobody has looked at yet.
  struct Arrival {
    int library_end = -1;
    File end;
  };

  tcp::CallResult listen(Stack& stack, const wire::Endpoint& local);
  tcp::CallResult connect(Stack& stack, wire::Endpoint local, const wire::Endpoint& peer);
  tcp::CallResult call_listener(Stack& stack, Socket& listener, tcp::CallKind kind);
  void release(Stack& stack, Socket& socket, bool abort);

  Socket* add(const wire::Endpoint& local);
  Socket* find(tcp::Handle handle);
  Socket* listener_at(std::uint16_t port);

  Door door_;
  std::int64_t process_ = 0;  ///< Whose door it is.
  std::deque<Socket> sockets_;
  std::vector<Arrival> arrivals_;
  std::optional<int> opener_end_;  ///< libslirp's end of the connection that connect() makes.
  std::vector<wire::FourTuple> ended_;
  std::uint16_t next_port_ = 0;
};

}  // namespace tcprove::adapter::slirp
