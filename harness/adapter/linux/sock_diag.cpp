#include "harness/adapter/linux/sock_diag.hpp"

#include <array>
#include <cerrno>
#include <cstring>

#include <fmt/format.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "harness/adapter/kernel/socket_address.hpp"

namespace tcprove::adapter::linux {
namespace {

using tcp::State;

/// By the kernel's number, whose 3 is a SYN-RECEIVED that came of SYN-SENT and 12 one of LISTEN.
constexpr std::array kStates{
    State::Closed,   State::Established, State::SynSent,    State::SynReceived, State::FinWait1,
    State::FinWait2, State::TimeWait,    State::Closed,     State::CloseWait,   State::LastAck,
    State::Listen,   State::Closing,     State::SynReceived};

struct Question {
  nlmsghdr head{};
  inet_diag_req_v2 body{};
};

Question question_about(const wire::FourTuple& tuple) {
  Question question;
  question.head = {.nlmsg_len = sizeof question,
                   .nlmsg_type = SOCK_DIAG_BY_FAMILY,
                   .nlmsg_flags = NLM_F_REQUEST};
  inet_diag_req_v2& body = question.body;
  body.sdiag_family = static_cast<__u8>(kernel::family_of(tuple.stack.address.version));
  body.sdiag_protocol = IPPROTO_TCP;
  body.idiag_states = UINT32_MAX;
  body.id.idiag_sport = htons(tuple.stack.port);
  body.id.idiag_dport = htons(tuple.peer.port);
  std::memcpy(&body.id.idiag_src, tuple.stack.address.octets.data(), sizeof body.id.idiag_src);
  std::memcpy(&body.id.idiag_dst, tuple.peer.address.octets.data(), sizeof body.id.idiag_dst);
  for (__u32& half : body.id.idiag_cookie) half = INET_DIAG_NOCOOKIE;
  return question;
}

}  // namespace

std::optional<AdapterError> SockDiag::open() {
  socket_ = kernel::FileDescriptor(socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG));
  if (socket_.is_open()) return std::nullopt;
  return AdapterError{fmt::format("no sock_diag: {}", std::strerror(errno))};
}

std::optional<State> SockDiag::state(const wire::FourTuple& tuple) const {
  const Question question = question_about(tuple);
  if (send(socket_.get(), &question, sizeof question, 0) < 0) return std::nullopt;
  alignas(nlmsghdr) std::array<char, 4096> answer;
  const ssize_t size = recv(socket_.get(), answer.data(), answer.size(), 0);
  nlmsghdr head{};
  if (size < static_cast<ssize_t>(sizeof head)) return std::nullopt;
  std::memcpy(&head, answer.data(), sizeof head);
  if (head.nlmsg_type == NLMSG_ERROR) {
    nlmsgerr error{};
    std::memcpy(&error, answer.data() + NLMSG_HDRLEN, sizeof error);
    if (error.error == -ENOENT) return State::Closed;
    return std::nullopt;
  }
  inet_diag_msg told{};
  std::memcpy(&told, answer.data() + NLMSG_HDRLEN, sizeof told);
  if (told.idiag_state >= kStates.size()) return std::nullopt;
  const State state = kStates.at(told.idiag_state);
  // A connection that is gone is looked for among the listeners.
  return state == State::Listen && tuple.peer.port != 0 ? State::Closed : state;
}

}  // namespace tcprove::adapter::linux
