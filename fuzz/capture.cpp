// Whatever octets a capture file holds, its reader stays inside them and ends, and what it finds
// can be judged.

#include <algorithm>
#include <cstdint>
#include <vector>

#include "harness/base/check.hpp"
#include "harness/trial/captured.hpp"
#include "harness/trial/judge.hpp"
#include "harness/wire/capture_reader.hpp"

using namespace tcprove;

namespace {

bool lies_within(wire::Octets part, wire::Octets whole) {
  return part.empty() ||
         (part.data() >= whole.data() && part.data() + part.size() <= whole.data() + whole.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // A copy of its own, so that the sanitizer sees one octet too far.
  const std::vector<std::uint8_t> file(data, data + size);
  wire::CaptureReader reader(file);
  std::size_t frames = 0;
  while (const auto frame = reader.next()) {
    TCPROVE_CHECK(lies_within(frame->octets, file), "a frame lies in the file");
    const auto packet = wire::ip_packet_in(frame->link, frame->octets);
    TCPROVE_CHECK(!packet || lies_within(*packet, frame->octets), "a packet lies in its frame");
    TCPROVE_CHECK(++frames <= file.size(), "every frame takes octets");
  }

  trial::Captured captured = trial::read_capture(file, std::nullopt);
  TCPROVE_CHECK(captured.frames == frames, "all frames are counted");
  if (captured.connections.empty() && !captured.sources.empty()) {
    // Most captures tell no direction.
    const wire::Endpoint& source = captured.sources.front();
    captured =
        trial::read_capture(file, trial::StackSide{.address = source.address, .port = source.port});
  }
  trial::Judge judge(trial::capture_facts());
  for (const trial::CapturedConnection& connection : captured.connections) {
    TCPROVE_CHECK(std::ranges::is_sorted(connection.trace.events(), {}, &trace::Event::at),
                  "a trace goes forward");
    (void)judge.judge(connection.trace, std::nullopt);
  }
  return 0;
}
