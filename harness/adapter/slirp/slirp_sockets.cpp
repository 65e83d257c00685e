#include "harness/adapter/slirp/slirp_sockets.hpp"

#include <algorithm>
#include <cerrno>
#include <utility>

#include <sys/socket.h>
#include <unistd.h>

#include "harness/tcp/known_call.hpp"

namespace tcprove::adapter::slirp {
namespace {

using tcp::CallResult;
using tcp::CallStatus;

constexpr std::uint16_t kFirstOwnPort = 49'152;  // RFC 6335 section 6

/// Writes until the application's end is full, letting libslirp read in between.
CallResult send(Stack& stack, int end, wire::Octets octets) {
  std::size_t taken = 0;
  int refusal = 0;
  while (taken < octets.size()) {
    const wire::Octets rest = octets.subspan(taken);
    const ssize_t wrote = ::send(end, rest.data(), rest.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    if (wrote <= 0) {
      refusal = errno;
      break;
    }
    taken += static_cast<std::size_t>(wrote);
    stack.settle();
  }
  if (taken > 0 || octets.empty()) return {.octets = taken};
  const bool is_full = refusal == EAGAIN || refusal == ENOBUFS;
  return {.status = is_full ? CallStatus::WouldBlock : CallStatus::NoConnection};
}

/// Reads what there is, letting libslirp write more in between.
CallResult receive(Stack& stack, int end, std::span<std::uint8_t> buffer) {
  std::size_t taken = 0;
  bool is_over = false;
  while (taken < buffer.size()) {
    const auto rest = buffer.subspan(taken);
    const ssize_t got = recv(end, rest.data(), rest.size(), MSG_DONTWAIT);
    if (got <= 0) {
      is_over = got == 0 || (errno != EAGAIN && errno != EINTR);
      break;
    }
    taken += static_cast<std::size_t>(got);
    stack.settle();
  }
  if (taken > 0 || buffer.empty()) return {.octets = taken};
  return {.status = is_over ? CallStatus::EndOfStream : CallStatus::WouldBlock};
}

}  // namespace

std::optional<AdapterError> Sockets::clear(const ResetOptions& options) {
  sockets_.clear();
  arrivals_.clear();
  ended_.clear();
  opener_end_.reset();
  next_port_ = static_cast<std::uint16_t>(kFirstOwnPort + options.seed % 8'192);
  // A door that a fork has left to two processes would let in one's connections at the other.
  if (!door_.is_open() || process_ != getpid()) {
    door_ = {};
    if (auto mistake = door_.open()) return mistake;
    process_ = getpid();
  }
  while (door_.accept().is_open()) {
  }
  return std::nullopt;
}

CallResult Sockets::call(Stack& stack, const tcp::UserCall& call) {
  using enum tcp::CallKind;
  if (!tcp::is_known(call) || call.urgent) return {.status = CallStatus::Unsupported};
  if (call.kind == Listen) return listen(stack, call.local);
  if (call.kind == Connect) return connect(stack, call.local, call.peer);
  if (call.kind == Set || call.kind == Report || call.kind == Urgent) {
    return {.status = CallStatus::Unsupported};
  }
  Socket* const socket = find(call.handle);
  if (socket == nullptr) return {.status = CallStatus::NoConnection};
  if (socket->is_listener) return call_listener(stack, *socket, call.kind);
  switch (call.kind) {
    case Send:
      if (socket->is_shut) return {.status = CallStatus::Closing};
      return send(stack, socket->end.number(), call.octets);
    case Receive:
      return receive(stack, socket->end.number(), call.buffer);
    case Shutdown:
      if (socket->is_shut) return {.status = CallStatus::Closing};
      if (socket->library_end < 0) return {.status = CallStatus::NoConnection};
      socket->is_shut = true;
      shutdown(socket->end.number(), SHUT_WR);
      return {};
    case Close:
    case Abort:
      release(stack, *socket, call.kind == Abort);
      return {};
    default:
      return {.status = CallStatus::InvalidArgument};
  }
}

CallResult Sockets::call_listener(Stack& stack, Socket& listener, tcp::CallKind kind) {
  switch (kind) {
    case tcp::CallKind::Accept: {
      if (listener.ready.empty()) return {.status = CallStatus::WouldBlock};
      const tcp::Handle handle = listener.ready.front();
      listener.ready.erase(listener.ready.begin());
      return {.handle = handle, .peer = sockets_[handle - 1].peer};
    }
    case tcp::CallKind::Close:
    case tcp::CallKind::Abort:
      listener.is_open = false;
      stack.remove_listener(listener.local.port);
      // Nobody can accept these any more.
      for (const tcp::Handle handle : listener.ready) release(stack, sockets_[handle - 1], true);
      return {};
    default:
      return {.status = CallStatus::InvalidArgument};
  }
}

CallResult Sockets::listen(Stack& stack, const wire::Endpoint& local) {
  if (listener_at(local.port) != nullptr) return {.status = CallStatus::InvalidArgument};
  Socket* const socket = add(local);
  if (socket == nullptr || !stack.add_listener(local.port, door_.path())) {
    return {.status = CallStatus::InsufficientResources};
  }
  socket->is_listener = true;
  return {.handle = socket->handle};
}

CallResult Sockets::connect(Stack& stack, wire::Endpoint local, const wire::Endpoint& peer) {
  // To libslirp the address 0 is whoever has its first DHCP lease; to an OPEN it is nobody.
  const bool is_somebody = peer.port != 0 && wire::ipv4_octets(peer.address) != 0;
  if (peer.address.version != wire::IpVersion::V4 || !is_somebody) {
    return {.status = CallStatus::InvalidArgument};
  }
  if (local.port == 0) local.port = next_port_++;
  const tcp::State before = state(stack, {.stack = local, .peer = peer});
  if (before != tcp::State::Closed) return {.status = CallStatus::InvalidArgument};
  const std::string name = unused_abstract_name();
  if (!stack.add_opener(name, peer)) return {.status = CallStatus::InsufficientResources};
  opener_end_ = -1;
  File end = connect_to(name);
  stack.translation().expect(local.port, peer);
  stack.settle();
  stack.remove_opener(name);
  const int library_end = *std::exchange(opener_end_, std::nullopt);
  const bool opened = stack.translation().has_come() && end.is_open();
  Socket* const socket = opened ? add(local) : nullptr;
  if (socket == nullptr) return {.status = CallStatus::InsufficientResources};
  socket->is_opener = true;
  socket->peer = peer;
  socket->end = std::move(end);
  socket->library_end = library_end;
  return {.handle = socket->handle};
}

void Sockets::release(Stack& stack, Socket& socket, bool abort) {
  socket.is_open = false;
  if (abort && socket.library_end >= 0) reset_in_place(socket.library_end);
  socket.end = File();
  stack.settle();
}

tcp::State Sockets::state(const Stack& stack, const wire::FourTuple& tuple) const {
  if (tuple.peer.port == 0) {
    const bool listens = std::ranges::any_of(sockets_, [&](const Socket& socket) {
      return socket.is_listener && socket.is_open && socket.local.port == tuple.stack.port;
    });
    return listens ? tcp::State::Listen : tcp::State::Closed;
  }
  const auto opener = std::ranges::find_if(sockets_, [&](const Socket& socket) {
    return socket.is_opener && socket.library_end >= 0 && socket.local.port == tuple.stack.port &&
           socket.peer == tuple.peer;
  });
  tcp::State state = tcp::State::Closed;
  stack.find_connection([&](const ConnectionLine& line) {
    const bool is_it = opener != sockets_.end()
                           ? line.descriptor == opener->library_end
                           : line.source == tuple.peer && line.destination == tuple.stack;
    if (is_it) state = line.state;
    return is_it;
  });
  return state;
}

void Sockets::settle(Stack& stack) {
  for (Arrival& arrival : std::exchange(arrivals_, {})) {
    wire::Endpoint peer;
    wire::Endpoint local;
    stack.find_connection([&](const ConnectionLine& line) {
      peer = line.source;
      local = line.destination;
      return line.descriptor == arrival.library_end;
    });
    Socket* const listener = listener_at(local.port);
    Socket* const socket = listener != nullptr ? add(local) : nullptr;
    if (socket == nullptr) continue;
    socket->peer = peer;
    socket->end = std::move(arrival.end);
    socket->library_end = arrival.library_end;
    listener->ready.push_back(socket->handle);
  }
  for (const wire::FourTuple& tuple : ended_) stack.translation().end(tuple.stack.port, tuple.peer);
  ended_.clear();
}

void Sockets::opened(int descriptor) {
  // What the host holds for a user who does not read is little: the window tells of the rest.
  const int least = 0;
  setsockopt(descriptor, SOL_SOCKET, SO_SNDBUF, &least, sizeof least);
  if (opener_end_) {
    opener_end_ = descriptor;
    return;
  }
  if (File end = door_.accept(); end.is_open()) {
    arrivals_.push_back({.library_end = descriptor, .end = std::move(end)});
  }
}

void Sockets::closing(int descriptor) {
  if (descriptor < 0) return;
  for (Socket& socket : sockets_) {
    if (socket.library_end != descriptor) continue;
    socket.library_end = -1;
    if (socket.is_opener) ended_.push_back({.stack = socket.local, .peer = socket.peer});
  }
}

Sockets::Socket* Sockets::add(const wire::Endpoint& local) {
  if (sockets_.size() == kSocketsMax) return nullptr;
  const auto handle = static_cast<tcp::Handle>(sockets_.size() + 1);
  return &sockets_.emplace_back(Socket{.handle = handle, .local = local});
}

Sockets::Socket* Sockets::find(tcp::Handle handle) {
  if (handle == tcp::kNoHandle || handle > sockets_.size()) return nullptr;
  Socket& socket = sockets_[handle - 1];
  return socket.is_open ? &socket : nullptr;
}

Sockets::Socket* Sockets::listener_at(std::uint16_t port) {
  const auto listener = std::ranges::find_if(sockets_, [&](const Socket& socket) {
    return socket.is_listener && socket.is_open && socket.local.port == port;
  });
  return listener == sockets_.end() ? nullptr : &*listener;
}

}  // namespace tcprove::adapter::slirp
