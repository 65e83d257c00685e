#pragma once

#include <optional>
#include <span>
#include <vector>

#include "harness/adapter/kernel/file_descriptor.hpp"
#include "harness/adapter/linux/user_options.hpp"
#include "harness/tcp/user_call.hpp"

namespace tcprove::adapter::linux {

/// What the user knows of urgent data.
struct Urgency {
  bool announced = false;  ///< By SIGURG; the urgent octet has not come yet.
  bool told = false;       ///< By a report, and it was not all read since.
};

/// A socket as the user holds it.
struct Socket {
  kernel::FileDescriptor file;
  bool is_listener = false;
  bool is_shut = false;  ///< The user has no more to send.
  bool was_accepted = false;
  bool wants_errors = true;  ///< Soft ones, in reports.
  Urgency urgency;
  /// What ended the connection, where a call was told it that does not answer it itself.
  std::optional<tcp::CallStatus> ended;
};

/// The user of the kernel's TCP: each call is a socket's, made without blocking.
class Sockets {
 public:
  tcp::CallResult call(const tcp::UserCall& call);
  /// Closes all without a word on the wire that anybody would hear.
  void clear();

 private:
  tcp::CallResult listen(const wire::Endpoint& local);
  tcp::CallResult connect(const wire::Endpoint& local, const wire::Endpoint& peer);
  tcp::CallResult accept(const Socket& listener);
  tcp::CallResult set(const tcp::UserCall& call);
  tcp::CallResult on_connection(Socket& socket, const tcp::UserCall& call);
  tcp::CallResult add(kernel::FileDescriptor file, bool is_listener, bool was_accepted);
  Socket* find(tcp::Handle handle);

  std::vector<Socket> sockets_;  ///< By handle, from 1 on.
  UserOptions options_;
};

}  // namespace tcprove::adapter::linux
