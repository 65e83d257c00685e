#pragma once

#include <functional>
#include <string>

namespace tcprove::fuzz {

/// Runs `play`, in which a stack may fail an assertion of its own: where the process is about to
/// abort and `is_known(what was printed)`, the play is given up and the answer is false.
///
/// An abort that is not known is one. So a stack with a known death can be fuzzed for others: as in
/// all frames between destructors run, the stack can be reset and used again.
bool survives(const std::function<void()>& play,
              const std::function<bool(const std::string&)>& is_known);

}  // namespace tcprove::fuzz
