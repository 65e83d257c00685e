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
    action.sa_flags = static_cast<int>(SA_RESETHAND);  // The second one does what it always did.
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
    return true;
  }();
  return handled && g_signalled != 0;
}

}  // namespace tcprove::cli
