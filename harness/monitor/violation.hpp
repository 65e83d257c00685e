#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "harness/base/virtual_time.hpp"
#include "harness/trace/event.hpp"

namespace tcprove::monitor {

/// How binding a requirement is (RFC 2119); its violation fails, warns or is noted.
enum class Level : std::uint8_t { Must, Should, May };

/// `MUST`, `SHOULD`, `MAY`.
std::string_view to_string(Level level);

/// Says that no event of the trace shows a violation.
inline constexpr std::size_t kNoEvent = static_cast<std::size_t>(-1);

/// Stands for a rule's name where a scenario's own step noticed.
inline constexpr std::string_view kScenarioItself = "scenario";

/// A requirement not met, with the event that shows it.
struct Violation {
  std::string requirement;  ///< Catalogue id: `MUST-13`.
  Level level = Level::Must;
  std::string section;  ///< Of the RFC that the id belongs to.
  std::string rule;     ///< Who noticed: a monitor's rule, or kScenarioItself.
  std::string message;
  base::Instant at;
  std::string file;              ///< Of the step under way: the scenario's, or a fragment's.
  int line = 0;                  ///< In `file`; 0 where there is no step.
  std::size_t event = kNoEvent;  ///< Index into Trace::events(); kNoEvent where something is
                                 ///< missing and `at` is when it was due.
};

}  // namespace tcprove::monitor
