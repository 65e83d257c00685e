#pragma once

#include <cstddef>
#include <deque>

#include "harness/adapter/lwip/lwip_receive_queue.hpp"
#include "harness/adapter/lwip/lwip_user_options.hpp"
#include "harness/tcp/user_call.hpp"
#include "harness/wire/segment.hpp"

struct tcp_pcb;

namespace tcprove::adapter::lwip {

class Sockets;

/// A listener or a connection as its user sees it; lwIP's callbacks carry its address.
struct Socket {
  Sockets* table = nullptr;
  tcp::Handle handle = tcp::kNoHandle;
  tcp_pcb* pcb = nullptr;  ///< Null when lwIP has told that it is gone.
  bool is_open = true;     ///< The handle is still its user's.
  bool is_listener = false;

  // A connection's.
  wire::Endpoint peer{};
  bool is_established = false;                    ///< Is or has been.
  bool is_shut = false;                           ///< Its user will send no more.
  bool end_of_stream = false;                     ///< The peer's FIN has come.
  tcp::CallStatus failure = tcp::CallStatus::Ok;  ///< To be told to its user once.
  ReceiveQueue received{};
  Socket* next_ready = nullptr;

  // A listener's: the connections that wait for an accept, oldest first.
  Socket* first_ready = nullptr;
  Socket* last_ready = nullptr;
};

/// The user's calls, non-blocking and by handle, made on lwIP's raw API.
class Sockets {
 public:
  /// Forgets all of them; lwIP must have done so before.
  void clear() {
    used_ = 0;
    options_.clear();
  }

  tcp::CallResult call(const tcp::UserCall& call);

  /// Makes a connection that lwIP announces ready for accept. Errors: false past kSocketsMax.
  bool announce(Socket& listener, tcp_pcb& connection);

  /// Handles given out between two clear(); an OPEN past it answers InsufficientResources.
  static constexpr std::size_t kSocketsMax = 65'535;

 private:
  tcp::CallResult set(const tcp::UserCall& call);
  tcp::CallResult listen(const wire::Endpoint& local);
  tcp::CallResult connect(const wire::Endpoint& local, const wire::Endpoint& peer);

  [[nodiscard]] bool is_full() const { return used_ == kSocketsMax; }
  Socket& add(tcp_pcb& pcb);
  Socket* find(tcp::Handle handle);

  std::deque<Socket> sockets_;  // stable addresses; slots are reused after clear()
  std::size_t used_ = 0;
  UserOptions options_;  ///< Of the connections that are opened from now on.
};

}  // namespace tcprove::adapter::lwip
