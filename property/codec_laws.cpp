#include <algorithm>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "harness/wire/checksum.hpp"
#include "property/arbitrary_wire.hpp"

namespace tcprove::wire {
namespace {

OctetVector encoded(const Packet& packet, const Lies& lies = {}) {
  OctetVector octets;
  encode(packet, lies, octets);
  return octets;
}

OctetVector vector_of(Octets octets) { return {octets.begin(), octets.end()}; }

/// Puts arbitrary octets in a few arbitrary places at or after `begin`.
void damage(OctetVector& octets, std::size_t begin) {
  for (int times = *rc::gen::inRange(1, 6); times > 0; --times) {
    octets[*rc::gen::inRange(begin, octets.size())] = *rc::gen::arbitrary<std::uint8_t>();
  }
}

void assert_within(Octets part, const OctetVector& whole) {
  if (part.empty()) return;
  RC_ASSERT(part.data() >= whole.data());
  RC_ASSERT(part.data() + part.size() <= whole.data() + whole.size());
}

RC_GTEST_PROP(CodecLaws, DecodeReadsBackWhatEncodeWrote, (const WellFormed& sent)) {
  const Packet packet = sent.packet();
  const OctetVector octets = sent.encoded();
  const Packet read = decode(octets);
  RC_ASSERT(!read.flaws.has(Flaw::TcpChecksum));
  RC_ASSERT(read.flaws.none());
  RC_ASSERT(read.source == packet.source);
  RC_ASSERT(read.destination == packet.destination);
  RC_ASSERT(read.hop_limit == packet.hop_limit);
  RC_ASSERT(read.traffic_class == packet.traffic_class);
  RC_ASSERT(read.protocol == packet.protocol);
  RC_ASSERT(read.segment.source_port == packet.segment.source_port);
  RC_ASSERT(read.segment.destination_port == packet.segment.destination_port);
  RC_ASSERT(read.segment.seq == packet.segment.seq);
  RC_ASSERT(read.segment.ack == packet.segment.ack);
  RC_ASSERT(read.segment.data_offset == 5 + sent.options.size() / 4);
  RC_ASSERT(read.segment.reserved == packet.segment.reserved);
  RC_ASSERT(read.segment.ctl == packet.segment.ctl);
  RC_ASSERT(read.segment.wnd == packet.segment.wnd);
  RC_ASSERT(read.segment.up == packet.segment.up);
  RC_ASSERT(vector_of(read.segment.options) == sent.options);
  RC_ASSERT(vector_of(read.segment.payload) == sent.payload);
  RC_ASSERT(encoded(read) == octets);
}

RC_GTEST_PROP(CodecLaws, OneFlippedBitOfTheSegmentIsAlwaysNoticed, (const WellFormed& sent)) {
  OctetVector octets = sent.encoded();
  const std::size_t at = *rc::gen::inRange(sent.tcp_begin(), octets.size());
  octets[at] ^= static_cast<std::uint8_t>(1U << *rc::gen::inRange(0U, 8U));
  RC_ASSERT(decode(octets).flaws.has(Flaw::TcpChecksum));
}

RC_GTEST_PROP(CodecLaws, OneFlippedBitOfAnIpv4HeaderIsAlwaysNoticed, (WellFormed sent)) {
  sent.head.source = *rc::Arbitrary<IpAddress>::of(IpVersion::V4);
  sent.head.destination = *rc::Arbitrary<IpAddress>::of(IpVersion::V4);
  OctetVector octets = sent.encoded();
  const std::size_t at = *rc::gen::inRange<std::size_t>(0, kIpv4HeaderOctets);
  octets[at] ^= static_cast<std::uint8_t>(1U << *rc::gen::inRange(0U, 8U));
  RC_ASSERT(!decode(octets).flaws.none());
}

RC_GTEST_PROP(CodecLaws, AnyOctetsAreReadWithinTheirBounds, (OctetVector octets)) {
  // Half of them look like IP at first sight, and all are exactly as long as they are, so that a
  // sanitizer sees the first octet read past the end.
  if (!octets.empty() && *rc::gen::arbitrary<bool>()) {
    octets[0] = *rc::gen::element<std::uint8_t>(0x45, 0x4f, 0x60);
  }
  octets.shrink_to_fit();
  const Packet packet = decode(octets);
  assert_within(packet.segment.options, octets);
  assert_within(packet.segment.payload, octets);
  RC_ASSERT(packet.segment.options.empty() || packet.has_segment());
}

RC_GTEST_PROP(CodecLaws, ADamagedOrCutPacketIsReadWithinItsBounds, (const WellFormed& sent)) {
  OctetVector octets = sent.encoded();
  damage(octets, 0);
  octets.resize(*rc::gen::inRange<std::size_t>(0, octets.size() + 1));
  octets.shrink_to_fit();
  const Packet packet = decode(octets);
  assert_within(packet.segment.options, octets);
  assert_within(packet.segment.payload, octets);
  if (packet.has_segment()) {
    const Segment& segment = packet.segment;
    RC_ASSERT(kTcpHeaderOctets + segment.options.size() + segment.payload.size() <= octets.size());
  }
}

RC_GTEST_PROP(CodecLaws, AFlawlessPacketIsReencodedToTheSameOctets, (const WellFormed& sent)) {
  OctetVector octets = sent.encoded();
  const std::size_t begin = sent.tcp_begin();
  damage(octets, begin);
  store16(&octets[begin + 16], 0);
  store16(&octets[begin + 16],
          tcp_checksum(sent.head.source, sent.head.destination, Octets(octets).subspan(begin)));
  const Packet packet = decode(octets);
  RC_PRE(packet.flaws.none());
  RC_ASSERT(encoded(packet) == octets);
}

RC_GTEST_PROP(CodecLaws, EveryLieIsToldAndNoOther, (const WellFormed& sent)) {
  Lies lies;
  lies.data_offset = *rc::gen::inRange<std::uint8_t>(0, 16);
  lies.checksum = *rc::gen::arbitrary<std::uint16_t>();
  lies.ip_length = *rc::gen::arbitrary<std::uint16_t>();
  lies.truncate_tcp = *rc::gen::inRange<std::size_t>(20, 100);
  OctetVector good = sent.encoded();
  const OctetVector bad = encoded(sent.packet(), lies);

  const std::size_t begin = sent.tcp_begin();
  store16(&good[begin == kIpv4HeaderOctets ? 2 : 4], *lies.ip_length);
  good[begin + 12] =
      static_cast<std::uint8_t>((*lies.data_offset << 4) | (good[begin + 12] & 0x0f));
  store16(&good[begin + 16], *lies.checksum);
  good.resize(std::min(good.size(), begin + *lies.truncate_tcp));
  if (begin == kIpv4HeaderOctets) std::copy_n(&bad[10], 2, &good[10]);
  RC_ASSERT(bad == good);
  RC_ASSERT(!decode(bad).flaws.has(Flaw::IpChecksum));
}

RC_GTEST_PROP(OptionLaws, WhatIsReadIsAppendedAsItStood, ()) {
  const OctetVector octets = *rc::options_octets();
  OptionReader reader(octets);
  OctetVector again;
  while (const std::optional<Option> option = reader.next()) append(*option, again);
  RC_ASSERT(!reader.malformed());
  again.resize(octets.size());
  RC_ASSERT(again == octets);
}

RC_GTEST_PROP(OptionLaws, WhatIsAppendedIsReadAsItWas,
              (std::uint16_t mss, std::uint8_t shift, std::uint32_t tsval, std::uint32_t tsecr)) {
  OctetVector octets;
  append(Timestamps{.tsval = tsval, .tsecr = tsecr}, octets);
  append(MaximumSegmentSize{mss}, octets);
  append(WindowScale{shift}, octets);
  append(SackPermitted{}, octets);
  RC_ASSERT(find_option<Timestamps>(octets)->tsval == tsval);
  RC_ASSERT(find_option<Timestamps>(octets)->tsecr == tsecr);
  RC_ASSERT(find_option<MaximumSegmentSize>(octets)->octets == mss);
  RC_ASSERT(find_option<WindowScale>(octets)->shift == shift);
  RC_ASSERT(find_option<SackPermitted>(octets).has_value());
}

RC_GTEST_PROP(OptionLaws, SackBlocksAreReadAsTheyWere, (SeqNum first)) {
  Sack sack{.count = *rc::gen::inRange<std::uint8_t>(1, 5)};
  for (std::size_t i = 0; i < sack.count; ++i) {
    sack.blocks[i] = {.left = first + *rc::gen::arbitrary<SeqLen>(),
                      .right = *rc::gen::arbitrary<SeqNum>()};
  }
  OctetVector octets;
  append(sack, octets);
  const std::optional<Sack> read = find_option<Sack>(octets);
  RC_ASSERT(read.has_value());
  RC_ASSERT(read->count == sack.count);
  RC_ASSERT(read->blocks == sack.blocks);
}

RC_GTEST_PROP(OptionLaws, AnyOctetsEndTheWalk, (const OctetVector& octets)) {
  OptionReader reader(octets);
  std::size_t count = 0;
  while (reader.next()) ++count;
  RC_ASSERT(count <= octets.size());
  RC_ASSERT(!reader.next());
}

RC_GTEST_PROP(AddressLaws, AnAddressIsReadBackFromItsText, (const IpAddress& address)) {
  RC_ASSERT(parse_address(to_string(address)) == address);
}

}  // namespace
}  // namespace tcprove::wire
