#include "harness/adapter/linux/urgent.hpp"

#include <csignal>
#include <ctime>

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

namespace tcprove::adapter::linux {
namespace {

sigset_t urgent_signal() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGURG);
  return set;
}

/// poll() tells only once the urgent octet itself has come.
bool urgent_octet_is_here(const Socket& socket) {
  pollfd polled{.fd = socket.file.get(), .events = POLLPRI, .revents = 0};
  return poll(&polled, 1, 0) > 0 && (polled.revents & POLLPRI) != 0;
}

}  // namespace

void ask_for_urgent_signal(int socket) {
  const sigset_t set = urgent_signal();
  sigprocmask(SIG_BLOCK, &set, nullptr);
  fcntl(socket, F_SETOWN, getpid());
}

void note_urgent_signal(Socket& socket) {
  const sigset_t set = urgent_signal();
  const timespec at_once{};
  if (sigtimedwait(&set, nullptr, &at_once) == SIGURG) {
    socket.urgency = {.announced = true, .told = false};
  }
}

bool urgent_is_pending(Socket& socket) {
  const bool here = urgent_octet_is_here(socket);
  if (here) socket.urgency.announced = false;
  return here || socket.urgency.announced;
}

}  // namespace tcprove::adapter::linux
