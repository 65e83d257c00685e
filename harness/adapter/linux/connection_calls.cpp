#include "harness/adapter/linux/connection_calls.hpp"

#include <cerrno>
#include <utility>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

namespace tcprove::adapter::linux {
namespace {

using tcp::CallResult;
using tcp::CallStatus;

/// The kernel's number of the socket's state, after which it has none.
constexpr int kClosed = 7;

tcp_info info_of(const Socket& socket) {
  tcp_info info{};
  socklen_t size = sizeof info;
  const int told = getsockopt(socket.file.get(), IPPROTO_TCP, TCP_INFO, &info, &size);
  if (told != 0) info.tcpi_state = kClosed;
  return info;
}

bool is_closed(const Socket& socket) { return info_of(socket).tcpi_state == kClosed; }

/// A round trip was measured, the first one of them that of the SYN.
bool was_opened(const Socket& socket) {
  return socket.was_accepted || info_of(socket).tcpi_rtt > 0;
}

/// Takes what the kernel keeps for its user: an error that ended the connection, else a soft one.
int take_error(const Socket& socket) {
  int error = 0;
  socklen_t size = sizeof error;
  getsockopt(socket.file.get(), SOL_SOCKET, SO_ERROR, &error, &size);
  return error;
}

/// What an ICMP error brings about, as the kernel names it.
bool is_from_icmp(int error) {
  return error == EHOSTUNREACH || error == ENETUNREACH || error == ENOPROTOOPT ||
         error == EHOSTDOWN || error == ENONET || error == EPROTO || error == EOPNOTSUPP ||
         error == EACCES || error == EMSGSIZE;
}

/// The connection is gone because of `error`: the handle goes as well.
CallStatus ended_by(const Socket& socket, int error) {
  if (error == ECONNRESET || error == EPIPE) return CallStatus::Reset;  // EPIPE: in CLOSE-WAIT.
  if (error == ECONNREFUSED) return CallStatus::Refused;
  if (error == ETIMEDOUT) return CallStatus::TimedOut;
  // What ICMP said last is how the kernel tells of a time-out; a connection that is not open yet
  // it gives up at once.
  if (is_from_icmp(error)) return was_opened(socket) ? CallStatus::TimedOut : CallStatus::Refused;
  return CallStatus::NoConnection;
}

/// Answers for a call that the kernel refused with `error`.
CallResult refused(Socket& socket, int error) {
  if (error == EAGAIN) return {.status = CallStatus::WouldBlock};
  if (error == ENOBUFS || error == ENOMEM) return {.status = CallStatus::InsufficientResources};
  // A soft error that the user has asked to be told of ends nothing.
  if (is_from_icmp(error) && !is_closed(socket)) return {.status = CallStatus::WouldBlock};
  if (error == EPIPE && socket.is_shut) return {.status = CallStatus::Closing};
  const CallStatus status = ended_by(socket, error);
  socket.file = kernel::FileDescriptor();
  return {.status = status};
}

/// What an earlier call was told of the connection's end; the handle is gone then.
std::optional<CallResult> end_of(Socket& socket) {
  if (!socket.ended) return std::nullopt;
  socket.file = kernel::FileDescriptor();
  return CallResult{.status = *socket.ended};
}

}  // namespace

CallResult send(Socket& socket, std::span<const std::uint8_t> octets, bool urgent) {
  if (const auto end = end_of(socket)) return *end;
  if (socket.is_shut) return {.status = CallStatus::Closing};
  const ssize_t took = ::send(socket.file.get(), octets.data(), octets.size(),
                              MSG_DONTWAIT | MSG_NOSIGNAL | (urgent ? MSG_OOB : 0));
  if (took < 0) return refused(socket, errno);
  return {.octets = static_cast<std::size_t>(took)};
}

CallResult receive(Socket& socket, std::span<std::uint8_t> buffer) {
  if (const auto end = end_of(socket)) return *end;
  const ssize_t got = recv(socket.file.get(), buffer.data(), buffer.size(), MSG_DONTWAIT);
  if (got < 0) return refused(socket, errno);
  if (got == 0) return {.status = CallStatus::EndOfStream};
  if (!urgent_is_pending(socket)) socket.urgency.told = false;
  return {.octets = static_cast<std::size_t>(got)};
}

CallResult shut(Socket& socket) {
  if (const auto end = end_of(socket)) return *end;
  if (socket.is_shut) return {.status = CallStatus::Closing};
  if (shutdown(socket.file.get(), SHUT_WR) != 0) {
    // The kernel keeps the reason for a call that moves octets.
    const int error = take_error(socket);
    return refused(socket, error == 0 ? ENOTCONN : error);
  }
  socket.is_shut = true;
  return {};
}

CallResult release(Socket& socket, bool abort) {
  if (const auto end = end_of(socket)) return *end;
  const int error = is_closed(socket) ? take_error(socket) : 0;
  if (abort) {
    const linger at_once{.l_onoff = 1, .l_linger = 0};
    setsockopt(socket.file.get(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  }
  if (error != 0) return refused(socket, error);
  socket.file = kernel::FileDescriptor();
  return {};
}

CallResult report(Socket& socket) {
  if (socket.ended) return {.status = *socket.ended};
  if (urgent_is_pending(socket) && !std::exchange(socket.urgency.told, true)) {
    return {.report = tcp::Report::UrgentData};
  }
  if (!socket.wants_errors) return {.status = CallStatus::WouldBlock};
  const int error = take_error(socket);
  if (error == 0) return {.status = CallStatus::WouldBlock};
  if (is_from_icmp(error) && !is_closed(socket)) {
    return {.report = tcp::Report::IcmpError};
  }
  socket.ended = ended_by(socket, error);
  return {.status = CallStatus::WouldBlock};
}

}  // namespace tcprove::adapter::linux
