#include "harness/monitor/violation.hpp"

namespace tcprove::monitor {

std::string_view to_string(Level level) {
  switch (level) {
    case Level::Must:
      return "MUST";
    case Level::Should:
      return "SHOULD";
    case Level::May:
      return "MAY";
  }
  return "MUST";
}

}  // namespace tcprove::monitor
