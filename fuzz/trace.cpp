// Any octets are either a trace, which then writes the same octets again, or refused.

#include "harness/trace/trace.hpp"

#include <algorithm>
#include <cstdint>

#include "harness/base/check.hpp"

using namespace tcprove;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  trace::Trace trace;
  const wire::Octets octets(data, size);
  if (!trace.from_octets(octets)) {
    TCPROVE_CHECK(trace.events().empty(), "what was refused leaves nothing behind");
    return 0;
  }
  for (const trace::Event& event : trace.events()) (void)trace.octets_of(event);
  TCPROVE_CHECK(std::ranges::equal(trace.to_octets(), octets), "a trace reads back as written");
  return 0;
}
