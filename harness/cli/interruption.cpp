#include "harness/cli/interruption.hpp"

#include <csignal>

namespace tcprove::cli {
namespace {

volatile std::sig_atomic_t g_signalled = 0;

}  // namespace

bool interrupted() {
  static const bool handled = [] {
    struct sigaction action {};
    action.sa_handler = [](int) { g_signalled = 1; };
    // The second one does what it always did. A write to a slow reader goes on, for else what is
    // known so far would be cut where the signal came.
    action.sa_flags = static_cast<int>(SA_RESETHAND | SA_RESTART);
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
    return true;
  }();
  return handled && g_signalled != 0;
}

}  // namespace tcprove::cli
