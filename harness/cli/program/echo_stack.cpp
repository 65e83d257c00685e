// A stack in a process of its own, behind a TUN device: `echo_stack DEVICE ADDR PEER TARGET` runs
// an echo service (RFC 862) on port 7 of a built-in target in virtual time, at the pace of real
// time.

#include <array>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <memory>
#include <vector>

#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "harness/adapter/registry.hpp"

namespace tcprove::cli {
namespace {

using tcp::CallKind;
using tcp::CallStatus;

int open_tun(const char* device) {
  const int file = open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC);
  ifreq named{};
  named.ifr_flags = IFF_TUN | IFF_NO_PI;
  std::strncpy(static_cast<char*>(named.ifr_name), device, IFNAMSIZ - 1);
  return file >= 0 && ioctl(file, TUNSETIFF, &named) == 0 ? file : -1;
}

/// One that sends back what comes, and closes when the peer has.
class Echo {
 public:
  Echo(adapter::Adapter& stack, const wire::Endpoint& at) : stack_(stack) {
    listener_ = stack_.call({.kind = CallKind::Listen, .local = at}).handle;
  }

  void run() {
    for (;;) {
      const auto accepted = stack_.call({.kind = CallKind::Accept, .handle = listener_});
      if (accepted.status != CallStatus::Ok) break;
      connections_.push_back({.handle = accepted.handle});
    }
    std::erase_if(connections_, [this](Connection& connection) { return !serve(connection); });
  }

 private:
  struct Connection {
    tcp::Handle handle = tcp::kNoHandle;
    std::vector<std::uint8_t> owed{};  ///< To the peer.
  };

  /// Answers whether the connection goes on.
  bool serve(Connection& connection) {
    auto& [handle, owed] = connection;
    std::array<std::uint8_t, 4096> buffer;
    for (;;) {
      const auto sent = stack_.call({.kind = CallKind::Send, .handle = handle, .octets = owed});
      if (sent.status == CallStatus::Ok) {
        owed.erase(owed.begin(), owed.begin() + static_cast<std::ptrdiff_t>(sent.octets));
      }
      if (!owed.empty())
        return sent.status == CallStatus::Ok || sent.status == CallStatus::WouldBlock;
      const auto got = stack_.call({.kind = CallKind::Receive, .handle = handle, .buffer = buffer});
      if (got.status == CallStatus::WouldBlock) return true;
      if (got.status != CallStatus::Ok) {
        stack_.call({.kind = CallKind::Close, .handle = handle});
        return false;
      }
      owed.assign(buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(got.octets));
    }
  }

  adapter::Adapter& stack_;
  tcp::Handle listener_;
  std::vector<Connection> connections_;
};

void emit(adapter::Adapter& stack, int tun) {
  adapter::Outbox& outbox = stack.outbox();
  for (std::size_t i = 0; i < outbox.size(); ++i) {
    const wire::Octets packet = outbox.packet(i);
    if (write(tun, packet.data(), packet.size()) < 0) std::perror("echo_stack");
  }
  outbox.clear();
}

int serve(const char* device, const char* stack_text, const char* peer_text, const char* target) {
  const auto address = wire::parse_address(stack_text);
  const auto peer = wire::parse_address(peer_text);
  auto made = adapter::make_adapter(target);
  const int tun = open_tun(device);
  if (!address || !peer || !made.ok() || tun < 0) return 1;
  adapter::Adapter& stack = *made.value();
  if (stack.reset({.ip = address->version, .stack = *address, .peer = *peer})) return 1;
  Echo echo(stack, {.address = *address, .port = 7});
  std::array<std::uint8_t, 1U << 16U> packet;
  auto then = std::chrono::steady_clock::now();
  for (;;) {
    const base::Duration next = stack.next_deadline().value_or(std::chrono::seconds(1));
    pollfd polled{.fd = tun, .events = POLLIN, .revents = 0};
    const auto ms = std::chrono::ceil<std::chrono::milliseconds>(next);
    poll(&polled, 1, static_cast<int>(std::min<std::int64_t>(ms.count(), 1000)));
    const auto now = std::chrono::steady_clock::now();
    stack.advance(now - std::exchange(then, now));
    for (ssize_t size; (size = read(tun, packet.data(), packet.size())) > 0;) {
      stack.deliver(wire::Octets(packet).first(static_cast<std::size_t>(size)));
      stack.settle();
    }
    echo.run();
    stack.settle();
    emit(stack, tun);
  }
}

}  // namespace
}  // namespace tcprove::cli

int main(int argc, char** argv) {
  return argc == 5 ? tcprove::cli::serve(argv[1], argv[2], argv[3], argv[4]) : 2;
}
