#include "harness/adapter/lwip/lwip_sockets.hpp"

#include <algorithm>

#include <lwip/ip.h>
#include <lwip/priv/tcp_priv.h>
#include <lwip/tcp.h>

#include "harness/adapter/lwip/lwip_address.hpp"
#include "harness/tcp/known_call.hpp"

namespace tcprove::adapter::lwip {
namespace {

using tcp::CallResult;
using tcp::CallStatus;

// What lwIP calls back, also for a connection whose handle is gone: a socket stays until clear().
// None of these calls lwIP again, which forbids much of that: the user's next call is soon enough.

err_t on_accept(void* socket, tcp_pcb* connection, err_t error) {
  if (error != ERR_OK) return error;  // lwIP itself had no memory for the connection
  Socket& listener = *static_cast<Socket*>(socket);
  return listener.table->announce(listener, *connection) ? ERR_OK : ERR_MEM;
}

err_t on_connected(void* socket, tcp_pcb*, err_t) {
  static_cast<Socket*>(socket)->is_established = true;
  return ERR_OK;
}

err_t on_receive(void* socket, tcp_pcb*, pbuf* buffers, err_t) {
  if (buffers == nullptr) {
    static_cast<Socket*>(socket)->end_of_stream = true;
  } else {
    static_cast<Socket*>(socket)->received.append(buffers);
  }
  return ERR_OK;
}

void on_error(void* socket, err_t error) {
  Socket& gone = *static_cast<Socket*>(socket);
  gone.pcb = nullptr;
  if (error == ERR_CLSD) return;  // LAST-ACK ended as it should; the octets before it stay
  if (error == ERR_RST) {
    gone.failure = gone.is_established ? CallStatus::Reset : CallStatus::Refused;
  } else {
    gone.failure = CallStatus::TimedOut;
  }
  gone.received.clear();  // RFC 9293 section 3.10.7.4: "All segment queues should be flushed."
}

/// The socket's TCB while lwIP has one.
///
/// lwIP tells of the end of every TCB but those in TIME-WAIT, which it frees in silence; as they
/// are those that have had the peer's FIN, these have to be looked for.
tcp_pcb* pcb_of(const Socket& socket) {
  if (!socket.end_of_stream) return socket.pcb;
  for (tcp_pcb* const list : {tcp_active_pcbs, tcp_tw_pcbs}) {
    for (tcp_pcb* pcb = list; pcb != nullptr; pcb = pcb->next) {
      if (pcb->callback_arg == &socket) return pcb;
    }
  }
  return nullptr;
}

/// A TCB that may be bound beside others, as a server's: lwIP would else refuse a port for as long
/// as a connection of it lingers in TIME-WAIT.
tcp_pcb* new_pcb(const ip_addr_t& local) {
  tcp_pcb* const pcb = tcp_new_ip_type(local.type);
  if (pcb != nullptr) ip_set_option(pcb, SOF_REUSEADDR);
  return pcb;
}

/// Gives up a TCB that could not be opened, if there is one.
CallResult refuse(tcp_pcb* unopened, err_t why) {
  if (unopened != nullptr) tcp_close(unopened);
  const bool is_short = why == ERR_MEM || why == ERR_BUF;
  return {.status = is_short ? CallStatus::InsufficientResources : CallStatus::InvalidArgument};
}

CallResult accept(Socket& listener) {
  Socket* const ready = listener.first_ready;
  if (ready == nullptr) return {.status = CallStatus::WouldBlock};
  listener.first_ready = ready->next_ready;
  return {.handle = ready->handle, .peer = ready->peer};
}

/// Queues as much as lwIP has room for. It takes a piece whole or not at all and also counts
/// buffers: where a piece does not fit, half of it may.
std::size_t queue_octets(tcp_pcb* pcb, wire::Octets octets) {
  std::size_t taken = 0;
  std::size_t piece = octets.size();
  while (true) {
    piece = std::min<std::size_t>({piece, octets.size() - taken, tcp_sndbuf(pcb)});
    if (piece == 0) return taken;
    const err_t error =
        tcp_write(pcb, octets.data() + taken, static_cast<u16_t>(piece), TCP_WRITE_FLAG_COPY);
    if (error == ERR_OK) {
      taken += piece;
    } else {
      piece /= 2;
    }
  }
}

CallResult send(Socket& socket, wire::Octets octets) {
  if (socket.is_shut) return {.status = CallStatus::Closing};
  tcp_pcb* const pcb = pcb_of(socket);
  if (pcb == nullptr) return {.status = CallStatus::NoConnection};
  if (octets.empty()) return {};
  const std::size_t taken = queue_octets(pcb, octets);
  tcp_output(pcb);
  if (taken > 0) return {.octets = taken};
  const bool will_drain = tcp_sndqueuelen(pcb) > 0;
  return {.status = will_drain ? CallStatus::WouldBlock : CallStatus::InsufficientResources};
}

CallResult receive(Socket& socket, std::span<std::uint8_t> buffer) {
  if (socket.received.empty()) {
    return {.status = socket.end_of_stream ? CallStatus::EndOfStream : CallStatus::WouldBlock};
  }
  const std::size_t taken = socket.received.take(buffer);
  tcp_pcb* const pcb = pcb_of(socket);
  if (pcb != nullptr) tcp_recved(pcb, static_cast<u16_t>(taken));  // the window opens again
  return {.octets = taken};
}

CallResult shutdown(Socket& socket) {
  if (socket.is_shut) return {.status = CallStatus::Closing};
  tcp_pcb* const pcb = pcb_of(socket);
  if (pcb == nullptr || tcp_shutdown(pcb, 0, 1) != ERR_OK) {
    return {.status = CallStatus::NoConnection};
  }
  socket.is_shut = true;
  return {};
}

void release_connection(Socket& socket, bool abort) {
  socket.is_open = false;
  tcp_pcb* const pcb = pcb_of(socket);
  if (pcb != nullptr) {
    if (abort) {
      tcp_abort(pcb);
    } else {
      tcp_close(pcb);  // lwIP sends a RST where octets are unread
    }
  }
  socket.received.clear();
}

void release_listener(Socket& socket) {
  socket.is_open = false;
  tcp_close(socket.pcb);
  // Nobody can accept these any more; lwIP does the same to those that are still in SYN-RECEIVED.
  for (Socket* ready = socket.first_ready; ready != nullptr; ready = ready->next_ready) {
    release_connection(*ready, true);
  }
}

CallResult call_listener(Socket& listener, tcp::CallKind kind) {
  switch (kind) {
    case tcp::CallKind::Accept:
      return accept(listener);
    case tcp::CallKind::Close:
    case tcp::CallKind::Abort:
      release_listener(listener);
      return {};
    default:
      return {.status = CallStatus::InvalidArgument};
  }
}

CallResult call_connection(Socket& connection, const tcp::UserCall& call) {
  switch (call.kind) {
    case tcp::CallKind::Send:
      return send(connection, call.octets);
    case tcp::CallKind::Receive:
      return receive(connection, call.buffer);
    case tcp::CallKind::Shutdown:
      return shutdown(connection);
    case tcp::CallKind::Close:
      release_connection(connection, false);
      return {};
    case tcp::CallKind::Abort:
      release_connection(connection, true);
      return {};
    default:
      return {.status = CallStatus::InvalidArgument};
  }
}

}  // namespace

CallResult Sockets::call(const tcp::UserCall& call) {
  const bool asks_what_nobody_tells =
      call.kind == tcp::CallKind::Report || call.kind == tcp::CallKind::Urgent;
  if (!tcp::is_known(call) || call.urgent || asks_what_nobody_tells) {
    return {.status = CallStatus::Unsupported};
  }
  if (call.kind == tcp::CallKind::Listen) return listen(call.local);
  if (call.kind == tcp::CallKind::Connect) return connect(call.local, call.peer);
  if (call.kind == tcp::CallKind::Set) return set(call);
  Socket* const socket = find(call.handle);
  if (socket == nullptr) return {.status = CallStatus::NoConnection};
  if (socket->failure != CallStatus::Ok) {
    socket->is_open = false;
    return {.status = socket->failure};
  }
  return socket->is_listener ? call_listener(*socket, call.kind) : call_connection(*socket, call);
}

CallResult Sockets::set(const tcp::UserCall& call) {
  const Socket* const socket = find(call.handle);
  if (call.handle == tcp::kNoHandle || (socket != nullptr && socket->is_listener)) {
    options_.keep(call.option, call.value);
    return {};
  }
  tcp_pcb* const pcb = socket == nullptr ? nullptr : pcb_of(*socket);
  if (pcb == nullptr) return {.status = CallStatus::NoConnection};
  const bool known = set_user_option(*pcb, call.option, call.value);
  return {.status = known ? CallStatus::Ok : CallStatus::Unsupported};
}

CallResult Sockets::listen(const wire::Endpoint& local) {
  const ip_addr_t address = to_lwip(local.address);
  tcp_pcb* const pcb = is_full() ? nullptr : new_pcb(address);
  if (pcb == nullptr) return refuse(nullptr, ERR_MEM);
  err_t error = tcp_bind(pcb, &address, local.port);
  if (error != ERR_OK) return refuse(pcb, error);
  tcp_pcb* const listening =
      tcp_listen_with_backlog_and_err(pcb, TCP_DEFAULT_LISTEN_BACKLOG, &error);
  if (listening == nullptr) return refuse(pcb, error);
  Socket& socket = add(*listening);
  socket.is_listener = true;
  tcp_accept(listening, on_accept);
  return {.handle = socket.handle};
}

CallResult Sockets::connect(const wire::Endpoint& local, const wire::Endpoint& peer) {
  const ip_addr_t local_address = to_lwip(local.address);
  const ip_addr_t peer_address = to_lwip(peer.address);
  tcp_pcb* const pcb = is_full() ? nullptr : new_pcb(peer_address);
  if (pcb == nullptr) return refuse(nullptr, ERR_MEM);
  options_.apply(*pcb);
  if (local.port != 0) {
    const err_t error = tcp_bind(pcb, &local_address, local.port);
    if (error != ERR_OK) return refuse(pcb, error);
  }
  const err_t error = tcp_connect(pcb, &peer_address, peer.port, on_connected);
  if (error != ERR_OK) return refuse(pcb, error);
  Socket& socket = add(*pcb);
  socket.peer = peer;
  return {.handle = socket.handle};
}

bool Sockets::announce(Socket& listener, tcp_pcb& connection) {
  if (is_full()) return false;
  Socket& socket = add(connection);
  socket.peer = to_wire(connection.remote_ip, connection.remote_port);
  socket.is_established = true;
  options_.apply(connection);
  if (listener.first_ready == nullptr) {
    listener.first_ready = &socket;
  } else {
    listener.last_ready->next_ready = &socket;
  }
  listener.last_ready = &socket;
  return true;
}

Socket& Sockets::add(tcp_pcb& pcb) {
  if (used_ == sockets_.size()) sockets_.emplace_back();
  Socket& socket = sockets_[used_++];
  socket = {.table = this, .handle = static_cast<tcp::Handle>(used_), .pcb = &pcb};
  tcp_arg(&pcb, &socket);
  if (pcb.state != LISTEN) {
    tcp_recv(&pcb, on_receive);
    tcp_err(&pcb, on_error);
  }
  return socket;
}

Socket* Sockets::find(tcp::Handle handle) {
  if (handle == tcp::kNoHandle || handle > used_) return nullptr;
  Socket& socket = sockets_[handle - 1];
  return socket.is_open ? &socket : nullptr;
}

}  // namespace tcprove::adapter::lwip
