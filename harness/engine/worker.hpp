#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>

#include <sys/types.h>

#include "harness/engine/workers.hpp"

namespace tcprove::engine {

inline constexpr std::size_t kNoJob = SIZE_MAX;

/// What parent and workers share: the next job, and which one each worker is at.
struct Board {
  static constexpr std::size_t kWorkersMax = 256;
  pid_t parent = -1;
  std::atomic<std::size_t> next{0};
  std::array<std::atomic<std::size_t>, kWorkersMax> job_of{};
  std::array<std::atomic<std::int64_t>, kWorkersMax> begun_of{};  ///< SteadyClock ticks.
};
static_assert(std::atomic<std::size_t>::is_always_lock_free);

enum class FrameKind : std::uint64_t { Result, LastWords };

/// Before each message of a worker's.
struct FrameHead {
  FrameKind kind = FrameKind::Result;
  std::uint64_t job = 0;
  std::uint64_t size = 0;
};

/// A worker's ends of what it shares with its parent.
struct Ends {
  int results = -1;  ///< A pipe for frames.
  int output = -1;   ///< A file in memory for what the stack prints.
};

/// What a forked process does until all jobs are taken or it is worn out.
[[noreturn]] void be_worker(Board& board, std::size_t slot, std::size_t count, const Ends& ends,
                            const WorkerLimits& limits,
                            const std::function<std::unique_ptr<JobRunner>()>& make_runner);

}  // namespace tcprove::engine
