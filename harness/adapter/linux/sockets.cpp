#include "harness/adapter/linux/sockets.hpp"

#include <cerrno>
#include <utility>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include "harness/adapter/kernel/socket_address.hpp"
#include "harness/adapter/linux/connection_calls.hpp"
#include "harness/tcp/known_call.hpp"

namespace tcprove::adapter::linux {
namespace {

using tcp::CallKind;
using tcp::CallResult;
using tcp::CallStatus;

constexpr int kBacklog = 128;

CallResult refused(int error) {
  const bool is_short = error == ENOMEM || error == ENOBUFS || error == EMFILE;
  return {.status = is_short ? CallStatus::InsufficientResources : CallStatus::InvalidArgument};
}

void switch_on(int socket, int level, int option) {
  const int on = 1;
  setsockopt(socket, level, option, &on, sizeof on);
}

/// One that may be bound beside others, as a server's: else a port would be taken for as long as a
/// connection of it lingers in TIME-WAIT. Urgent octets stay where they stand in the stream.
kernel::FileDescriptor open_socket(wire::IpVersion ip) {
  kernel::FileDescriptor file(
      socket(kernel::family_of(ip), SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  switch_on(file.get(), SOL_SOCKET, SO_REUSEADDR);
  switch_on(file.get(), SOL_SOCKET, SO_OOBINLINE);
  if (ip == wire::IpVersion::V6) switch_on(file.get(), IPPROTO_IPV6, IPV6_V6ONLY);
  return file;
}

}  // namespace

void Sockets::clear() {
  sockets_.clear();
  options_ = {};
}

Socket* Sockets::find(tcp::Handle handle) {
  if (handle == tcp::kNoHandle || handle > sockets_.size()) return nullptr;
  Socket& socket = sockets_[handle - 1];
  return socket.file.is_open() ? &socket : nullptr;
}

CallResult Sockets::add(kernel::FileDescriptor file, bool is_listener, bool was_accepted) {
  ask_for_urgent_signal(file.get());
  sockets_.push_back({.file = std::move(file),
                      .is_listener = is_listener,
                      .was_accepted = was_accepted,
                      .wants_errors = options_.wants_reports()});
  return {.handle = static_cast<tcp::Handle>(sockets_.size())};
}

CallResult Sockets::call(const tcp::UserCall& call) {
  if (!tcp::is_known(call)) return {.status = CallStatus::Unsupported};
  if (call.kind == CallKind::Listen) return listen(call.local);
  if (call.kind == CallKind::Connect) return connect(call.local, call.peer);
  if (call.kind == CallKind::Set) return set(call);
  Socket* const socket = find(call.handle);
  if (socket == nullptr) return {.status = CallStatus::NoConnection};
  if (!socket->is_listener) return on_connection(*socket, call);
  switch (call.kind) {
    case CallKind::Accept:
      return accept(*socket);
    case CallKind::Close:
    case CallKind::Abort:
      socket->file = kernel::FileDescriptor();
      return {};
    case CallKind::Report:
      return {.status = CallStatus::WouldBlock};
    default:
      return {.status = CallStatus::InvalidArgument};
  }
}

CallResult Sockets::listen(const wire::Endpoint& local) {
  kernel::FileDescriptor file = open_socket(local.address.version);
  const kernel::SocketAddress address = kernel::to_kernel(local);
  options_.apply(file.get(), local.address.version);
  if (!file.is_open() || bind(file.get(), address.get(), address.size) != 0 ||
      ::listen(file.get(), kBacklog) != 0) {
    return refused(errno);
  }
  return add(std::move(file), true, false);
}

CallResult Sockets::connect(const wire::Endpoint& local, const wire::Endpoint& peer) {
  kernel::FileDescriptor file = open_socket(local.address.version);
  const kernel::SocketAddress from = kernel::to_kernel(local);
  const kernel::SocketAddress to = kernel::to_kernel(peer);
  options_.apply(file.get(), local.address.version);
  if (!file.is_open() || bind(file.get(), from.get(), from.size) != 0) return refused(errno);
  if (::connect(file.get(), to.get(), to.size) != 0 && errno != EINPROGRESS) return refused(errno);
  return add(std::move(file), false, false);
}

CallResult Sockets::accept(const Socket& listener) {
  kernel::SocketAddress peer;
  kernel::FileDescriptor file(
      accept4(listener.file.get(), peer.get(), &peer.size, SOCK_NONBLOCK | SOCK_CLOEXEC));
  if (!file.is_open()) {
    return errno == EAGAIN ? CallResult{.status = CallStatus::WouldBlock} : refused(errno);
  }
  switch_on(file.get(), SOL_SOCKET, SO_OOBINLINE);
  CallResult result = add(std::move(file), false, true);
  result.peer = kernel::to_wire(peer);
  return result;
}

CallResult Sockets::set(const tcp::UserCall& call) {
  Socket* const socket = find(call.handle);
  if (socket == nullptr && call.handle != tcp::kNoHandle) {
    return {.status = CallStatus::NoConnection};
  }
  const bool known = socket == nullptr || socket->is_listener
                         ? options_.keep(call.option, call.value)
                         : set_user_option(socket->file.get(), call.option, call.value);
  if (!known) return {.status = CallStatus::Unsupported};
  if (socket != nullptr && call.option == tcp::UserOption::ErrorReports) {
    socket->wants_errors = call.value != 0;
  }
  if (socket == nullptr || socket->is_listener) {
    for (const Socket& one : sockets_) {
      if (one.is_listener && one.file.is_open()) {
        set_user_option(one.file.get(), call.option, call.value);
      }
    }
  }
  return {};
}

CallResult Sockets::on_connection(Socket& socket, const tcp::UserCall& call) {
  note_urgent_signal(socket);
  switch (call.kind) {
    case CallKind::Close:
    case CallKind::Abort:
      return release(socket, call.kind == CallKind::Abort);
    case CallKind::Send:
      return send(socket, call.octets, call.urgent);
    case CallKind::Receive:
      return receive(socket, call.buffer);
    case CallKind::Shutdown:
      return shut(socket);
    case CallKind::Report:
      return report(socket);
    case CallKind::Urgent:
      return {.status = urgent_is_pending(socket) ? CallStatus::Ok : CallStatus::WouldBlock};
    default:
      return {.status = CallStatus::InvalidArgument};
  }
}

}  // namespace tcprove::adapter::linux
