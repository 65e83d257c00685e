#include "harness/testing/played.hpp"
#include "harness/wire/options.hpp"

namespace tcprove::engine {
namespace {

using testing::Played;
using trace::EventKind;
using wire::Flag;
using wire::SeqNum;

constexpr wire::Flags kSynAck = Flag::Syn | Flag::Ack;

/// What stands on the wire after a step `send: …`.
class Sent : public Played {
 protected:
  /// The packet of the last segment that was sent, in octets of IP.
  [[nodiscard]] wire::Octets octets() const {
    wire::Octets octets;
    for (const trace::Event& event : player_.trace().events()) {
      if (event.kind == EventKind::Sent) octets = player_.trace().octets_of(event);
    }
    return octets;
  }

  /// The last segment sent, after the handshake and `steps`.
  wire::Segment established(const std::string& steps) {
    answers_.clear();
    play_established(steps + "\n- expect: nothing for 0s\n");
    EXPECT_EQ(why(), "");
    return last(EventKind::Sent);
  }

  /// The last segment sent with nothing before `steps`.
  wire::Segment alone(const std::string& steps, const std::string& head = "") {
    answers_.clear();
    play(head + "steps:" + steps + "\n- expect: nothing for 0s\n");
    EXPECT_EQ(why(), "");
    return last(EventKind::Sent);
  }

  static std::vector<std::uint8_t> copy(wire::Octets octets) {
    return {octets.begin(), octets.end()};
  }

  static std::vector<std::uint8_t> stream(wire::SeqLen offset, std::size_t size) {
    std::vector<std::uint8_t> octets(size);
    plan::fill_stream(plan::Sender::Peer, 0, offset, octets);
    return octets;
  }
};

TEST_F(Sent, GetsSensibleDefaults) {
  const wire::Segment ack = established("\n- send: ACK");
  EXPECT_EQ(ack.source_port, 40000);
  EXPECT_EQ(ack.destination_port, 7);
  EXPECT_EQ(ack.seq, kPeerIss + 1);
  EXPECT_EQ(ack.ack, kStackIss + 1);
  EXPECT_EQ(ack.wnd, 65535);
  EXPECT_EQ(ack.up, 0);
  EXPECT_EQ(ack.reserved, 0);
  EXPECT_EQ(ack.data_offset, 5);
  EXPECT_TRUE(ack.payload.empty());
  EXPECT_TRUE(wire::decode(octets()).flaws.none());
  EXPECT_EQ(established("\n- send: RST").ack, SeqNum(0));
}

TEST_F(Sent, HasThePeersSettingsOnItsSyn) {
  const std::string head = "iss: {peer: 4294967295}\npeer: {wnd: 99, options: \"<mss 536,nop>\"}\n";
  const wire::Segment syn = alone("\n- send: SYN", head);
  EXPECT_EQ(syn.seq, SeqNum(0xffff'ffff));
  EXPECT_EQ(syn.ack, SeqNum(0));
  EXPECT_EQ(syn.wnd, 99);
  EXPECT_EQ(copy(syn.options), (std::vector<std::uint8_t>{2, 4, 2, 24, 1, 0, 0, 0}));
  EXPECT_EQ(alone("\n- send: SYN\n- send: ACK len=10", head).seq, SeqNum(0));
  EXPECT_EQ(alone("\n- send: SYN").options.size(), 4U) << "MSS by default";
  EXPECT_TRUE(alone("\n- send: SYN options=<>").options.empty());
}

TEST_F(Sent, SaysEachFieldThatIsNamed) {
  const wire::Segment s = established(
      "\n- send: FIN,PSH,URG,ACK,ECE,CWR seq=101 ack=201 wnd=300 up=40 len=50 reserved=5");
  EXPECT_EQ(s.ctl, wire::Flags::from_octet(0xf9));
  EXPECT_EQ(s.seq, kPeerIss + 101);
  EXPECT_EQ(s.ack, kStackIss + 201);
  EXPECT_EQ(s.wnd, 300);
  EXPECT_EQ(s.up, 40);
  EXPECT_EQ(s.reserved, 5);
  EXPECT_EQ(copy(s.payload), stream(100, 50));
  EXPECT_EQ(established("\n- send: none ack=7").ack, kStackIss + 7);
}

TEST_F(Sent, CarriesTheStreamsOctetsAfterASynToo) {
  EXPECT_EQ(copy(alone("\n- send: SYN len=9").payload), stream(0, 9));
  EXPECT_EQ(copy(alone("\n- send: SYN len=9\n- send: ACK len=9").payload), stream(9, 9));
}

TEST_F(Sent, CarriesOctetsByValueAndRepeatsThem) {
  const wire::Segment named = established("\n- send: ACK data=\"a\\n\\xff\"");
  EXPECT_EQ(copy(named.payload), (std::vector<std::uint8_t>{'a', '\n', 0xff}));
  const wire::Segment again =
      established("\n- send: ACK seq=3 data=\"xyz\"\n- send: ACK seq=1 len=6");
  std::vector<std::uint8_t> right = stream(0, 6);
  right[2] = 'x', right[3] = 'y', right[4] = 'z';
  EXPECT_EQ(copy(again.payload), right);
}

TEST_F(Sent, SaysEachOption) {
  const wire::Segment syn = alone(
      "\n- send: SYN options=<mss 1460,nop,wscale 7,sack-ok,ts 256 1,fast-open 0a0b,kind 254 "
      "00ff>");
  EXPECT_EQ(copy(syn.options),
            (std::vector<std::uint8_t>{2, 4, 5, 0xb4, 1, 3, 3,  7, 4,  2,  8,   10, 0, 0,
                                       1, 0, 0, 0,    0, 1, 34, 4, 10, 11, 254, 4,  0, 255}));
}

TEST_F(Sent, EchoesNothingWhereTheStackSentNoTimestamp) {
  EXPECT_EQ(copy(alone("\n- send: SYN options=<ts 256 echo>").options),
            (std::vector<std::uint8_t>{8, 10, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0}));
}

TEST_F(Sent, NamesTheStacksNumbersInSackBlocks) {
  const wire::Segment ack = established("\n- send: ACK options=<sack 1:101 201:SND.NXT+300>");
  wire::OptionReader reader(ack.options);
  const auto option = reader.next();
  ASSERT_TRUE(option && std::holds_alternative<wire::Sack>(*option));
  const auto& sack = std::get<wire::Sack>(*option);
  ASSERT_EQ(sack.count, 2);
  EXPECT_EQ(sack.blocks[0].left, kStackIss + 1);
  EXPECT_EQ(sack.blocks[0].right, kStackIss + 101);
  EXPECT_EQ(sack.blocks[1].right, kStackIss + 301);
}

TEST_F(Sent, LiesWhereToldAndNowhereElse) {
  using wire::Flaw;
  const auto flaws = [this](const std::string& lie) {
    established("\n- send: ACK len=20 " + lie);
    return wire::decode(octets()).flaws;
  };
  const auto only = [](Flaw flaw) {
    wire::Flaws one;
    one.add(flaw);
    return one;
  };
  EXPECT_EQ(flaws("checksum=bad"), only(Flaw::TcpChecksum));
  EXPECT_EQ(flaws("checksum=0x1234"), only(Flaw::TcpChecksum));
  EXPECT_EQ(last(EventKind::Sent).checksum, 0x1234);
  EXPECT_EQ(flaws("offset=4"), only(Flaw::DataOffsetLies));
  EXPECT_TRUE(flaws("truncate=12").has(Flaw::TcpHeaderShort));
  EXPECT_EQ(octets().size(), wire::kIpv4HeaderOctets + 12);
  EXPECT_TRUE(flaws("ip-length=20").has(Flaw::IpLengthLies));
  alone("\n- send: SYN options=<kind 254 00ff length 9>");
  EXPECT_EQ(wire::decode(octets()).flaws, only(Flaw::OptionsMalformed));
}

TEST_F(Sent, FollowsAllThatWasSentUnderLossReorderingAndDuplication) {
  EXPECT_EQ(established("\n- lose: ACK len=100\n- send: ACK").seq, kPeerIss + 101);
  EXPECT_EQ(established("\n- duplicate: ACK len=100\n- send: ACK").seq, kPeerIss + 101);
  EXPECT_EQ(count(EventKind::Sent), 5U);
  EXPECT_EQ(established("\n- reorder: {sent: [ACK len=10, ACK len=20, ACK len=30], arrive: [3, 1]}"
                        "\n- send: ACK")
                .seq,
            kPeerIss + 61);
  EXPECT_EQ(count(EventKind::Lost), 1U);
  EXPECT_EQ(last(EventKind::Lost).payload.size(), 20U);
}

TEST_F(Sent, ArrivesInTheOrderTold) {
  std::vector<std::size_t> arrived;
  stack_.on_segment = [&](const wire::Packet& packet) {
    arrived.push_back(packet.segment.payload.size());
  };
  alone("\n- reorder: {sent: [ACK len=10, ACK len=20, ACK len=30], arrive: [3, 1, 3]}");
  EXPECT_EQ(arrived, (std::vector<std::size_t>{30, 10, 30}));
}

TEST_F(Sent, ReckonsWithSymbolsAtTheMomentOfTheStep) {
  answer_handshake();
  answer({{.ack = 101, .len = 30}});
  play(R"(
given: ESTABLISHED
steps:
- call: send 30
- send: ACK len=100 wnd=500
- expect: ACK len=30
- send: ACK seq=RCV.NXT+RCV.WND-1 ack=SND.NXT-1 wnd=SND.WND/2 up=2*SND.UNA+IRS+ISS
- expect: nothing for 0s
)");
  EXPECT_EQ(why(), "");
  const wire::Segment sent = last(EventKind::Sent);
  EXPECT_EQ(sent.seq, kPeerIss + 101 + 1000 - 1);
  EXPECT_EQ(sent.ack, kStackIss + 30);
  EXPECT_EQ(sent.wnd, 250);
  EXPECT_EQ(sent.up, 2);
}

TEST_F(Sent, TakesAbsoluteNumbersAsTheyAre) {
  const std::string head = "numbers: absolute\niss: {stack: 0xfffffff0, peer: 1000000}\n";
  const wire::Segment s = alone("\n- send: ACK seq=5 ack=4294967295 len=3", head);
  EXPECT_EQ(s.seq, SeqNum(5));
  EXPECT_EQ(s.ack, SeqNum(0xffff'ffff));
  EXPECT_EQ(alone("\n- send: ACK seq=PEER.NXT+1 ack=ISS+1", head).seq, kPeerIss + 1);
  EXPECT_EQ(last(EventKind::Sent).ack, kStackIss + 1);
  answer({{.ctl = kSynAck, .seq = 0}});
  play(head + "steps:\n- send: SYN seq=1000000\n- expect: SYN,ACK seq=0xfffffff0 ack=1000001\n");
  EXPECT_EQ(why(), "");
}

TEST_F(Sent, CrossesIpv6AsIpv4) {
  const wire::Segment s = alone("\n- send: ACK seq=1 len=10", "ip: 6\n");
  EXPECT_EQ(s.seq, kPeerIss + 1);
  const wire::Packet packet = wire::decode(octets());
  EXPECT_EQ(packet.source, *wire::parse_address("2001:db8::2"));
  EXPECT_TRUE(packet.flaws.none());
}

}  // namespace
}  // namespace tcprove::engine
