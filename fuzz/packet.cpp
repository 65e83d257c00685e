// Any octets decode without reading past them; what decodes without a flaw encodes to the same
// octets.

#include "harness/wire/packet.hpp"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "harness/base/check.hpp"
#include "harness/wire/options.hpp"
#include "harness/wire/segment_words.hpp"

using namespace tcprove;

namespace {

/// Encoding writes neither IP options nor extension headers, nor what stands outside of `Packet`.
bool has_canonical_ip_header(const std::vector<std::uint8_t>& octets, const wire::Packet& packet) {
  if (packet.source.version == wire::IpVersion::V6) {
    const bool flow_label = (octets[1] & 0x0fU) != 0 || octets[2] != 0 || octets[3] != 0;
    return octets[6] == 6 && !flow_label;
  }
  const bool unused_fields =
      octets[4] != 0 || octets[5] != 0 || octets[6] != 0x40 || octets[7] != 0;
  return octets[0] == 0x45 && !unused_fields;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // A copy of its own, so that the sanitizer sees one octet too far.
  const std::vector<std::uint8_t> octets(data, data + size);
  const wire::Packet packet = wire::decode(octets);
  (void)wire::to_string(packet.segment, {});
  if (!packet.flaws.none() || !has_canonical_ip_header(octets, packet)) return 0;

  std::vector<std::uint8_t> again;
  wire::encode(packet, {}, again);
  const wire::Packet second = wire::decode(again);
  TCPROVE_CHECK(second.flaws.none(), "what was flawless is flawless when encoded again");
  TCPROVE_CHECK(
      second.segment.seq == packet.segment.seq && second.segment.ack == packet.segment.ack,
      "numbers survive");
  TCPROVE_CHECK(second.segment.ctl == packet.segment.ctl, "control bits survive");
  TCPROVE_CHECK(std::ranges::equal(second.segment.options, packet.segment.options),
                "options survive");
  TCPROVE_CHECK(std::ranges::equal(second.segment.payload, packet.segment.payload),
                "the payload survives");
  return 0;
}
