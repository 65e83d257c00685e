#include "harness/wire/tshark_fixture.hpp"

namespace tcprove::wire {
namespace {

const OctetVector kCookie{1, 2, 3, 4, 5, 6, 7, 8};
const OctetVector kThreeOctets{0xde, 0xad, 0xbe};
const MaximumSegmentSize kMss{1460};
const Timestamps kStamps{.tsval = 0xfffffffe, .tsecr = 17};
const NoOperation kNop;

Sack sack_of(std::uint8_t count) {
  Sack sack{.count = count};
  for (std::uint32_t i = 0; i < count; ++i) {
    sack.blocks[i] = {SeqNum(0xffffff00 + 1000 * i), SeqNum(0xffffff00 + 1000 * i + 500)};
  }
  return sack;
}

}  // namespace

std::vector<Sample> samples() {
  const OctetVector data(1000, 0x61);
  const OctetVector zeros(999, 0x00);
  return {
      {.comment = "SYN",
       .ctl = Flag::Syn,
       .options = {kMss, SackPermitted{}, kStamps, kNop, WindowScale{7}}},
      {.comment = "SYN,ACK", .ctl = Flag::Syn | Flag::Ack, .options = {kMss, EndOfList{}}},
      {.comment = "ACK"},
      {.comment = "one octet", .ctl = Flag::Psh | Flag::Ack, .payload = {0xff}},
      {.comment = "much data; \"quoted\", naïve", .payload = data},
      {.comment = "an odd number of zeros", .payload = zeros},
      {.comment = "FIN with data", .ctl = Flag::Fin | Flag::Ack, .payload = {1, 2, 3}},
      {.comment = "RST", .ctl = Flag::Rst},
      {.comment = "RST,ACK", .ctl = Flag::Rst | Flag::Ack},
      {.comment = "urgent", .ctl = Flag::Urg | Flag::Ack, .payload = {1, 2, 3, 4, 5, 6}},
      {.comment = "ECN set-up", .ctl = Flag::Syn | Flag::Ece | Flag::Cwr, .options = {kMss}},
      {.comment = "no flags", .ctl = Flags()},
      {.comment = "all flags", .ctl = Flags::from_octet(0xff)},
      {.comment = "one SACK block", .options = {kNop, kNop, sack_of(1)}},
      {.comment = "three SACK blocks and a stamp", .options = {kStamps, sack_of(3)}},
      {.comment = "four SACK blocks", .options = {sack_of(4), kNop, kNop}},
      {.comment = "fast open, request", .ctl = Flag::Syn, .options = {kMss, FastOpen{}}},
      {.comment = "fast open, cookie",
       .ctl = Flag::Syn,
       .options = {FastOpen{kCookie}},
       .payload = {7}},
      {.comment = "an unknown option",
       .options = {UnknownOption{.kind = 200, .data = kThreeOctets}}},
      {.comment = "MSS of a wrong length",
       .ctl = Flag::Syn,
       .options = {UnknownOption{.kind = 2, .data = kThreeOctets}}},
      {.comment = "reserved bits", .edit = [](Packet& p) { p.segment.reserved = 5; }},
      {.comment = "checksum=bad", .payload = {1}, .lies = {.checksum_bad = true}},
      {.comment = "checksum=0x1234", .lies = {.checksum = 0x1234}},
      {.comment = "data as options", .payload = {1, 1, 1, 1, 2}, .lies = {.data_offset = 6}},
      {.comment = "numbers at the wrap",
       .edit =
           [](Packet& p) {
             p.segment.seq = SeqNum(0xffffffff);
             p.segment.ack = SeqNum(0);
             p.segment.wnd = 0;
           }},
      {.comment = "largest values",
       .edit =
           [](Packet& p) {
             p.hop_limit = 255;
             p.traffic_class = 0xff;
             p.segment.wnd = 0xffff;
             p.segment.up = 0xffff;
             p.segment.source_port = 65535;
           }},
  };
}

}  // namespace tcprove::wire
