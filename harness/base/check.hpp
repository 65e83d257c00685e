#pragma once

namespace tcprove::base {

/// Prints where and what, then aborts; the target of CHECK, never called by hand.
[[noreturn]] void check_failed(const char* file, int line, const char* condition, const char* why);

}  // namespace tcprove::base

/// An assertion on our own code that stays on in every build, so that libFuzzer finds what it
/// guards.
///
/// Never for what a stack, a file or a user may get wrong: those are data, not bugs of ours.
#define TCPROVE_CHECK(condition, why) \
  (static_cast<bool>(condition)       \
       ? void(0)                      \
       : ::tcprove::base::check_failed(__FILE__, __LINE__, #condition, why))
