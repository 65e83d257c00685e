#include "harness/adapter/reference/reference_adapter.hpp"

#include <array>

#include <gtest/gtest.h>

#include "harness/wire/packet.hpp"

namespace tcprove::adapter {
namespace {

using tcp::CallKind;
using tcp::CallStatus;

class Reference : public testing::TestWithParam<wire::IpVersion> {
 protected:
  void SetUp() override {
    const bool v4 = GetParam() == wire::IpVersion::V4;
    options_.ip = GetParam();
    options_.stack = *wire::parse_address(v4 ? "192.0.2.1" : "2001:db8::1");
    options_.peer = *wire::parse_address(v4 ? "192.0.2.2" : "2001:db8::2");
    ASSERT_FALSE(adapter_->reset(options_));
  }

  tcp::CallResult connect(wire::Endpoint local, wire::Endpoint peer) {
    return adapter_->call({.kind = CallKind::Connect, .local = local, .peer = peer});
  }

  wire::Packet emitted(std::size_t i) { return wire::decode(adapter_->outbox().packet(i)); }

  ResetOptions options_;
  std::unique_ptr<Adapter> adapter_ = make_reference();
};

TEST_P(Reference, ChoosesAPortAndASequenceNumberFromTheSeed) {
  connect({}, {.address = options_.peer, .port = 80});
  const wire::Segment first = emitted(0).segment;
  EXPECT_GE(first.source_port, 49152);
  const wire::SeqNum seq = first.seq;
  const std::uint16_t port = first.source_port;

  ASSERT_FALSE(adapter_->reset(options_));
  connect({}, {.address = options_.peer, .port = 80});
  EXPECT_EQ(emitted(0).segment.seq, seq);
  EXPECT_EQ(emitted(0).segment.source_port, port);

  options_.seed = 2;
  ASSERT_FALSE(adapter_->reset(options_));
  connect({}, {.address = options_.peer, .port = 80});
  EXPECT_NE(emitted(0).segment.seq, seq);
}

TEST_P(Reference, OpensWithThePlannedSequenceNumber) {
  adapter_->set_iss(wire::SeqNum(0xffff'ffff));
  connect({.address = options_.stack, .port = 9}, {.address = options_.peer, .port = 80});
  EXPECT_EQ(emitted(0).segment.seq, wire::SeqNum(0xffff'ffff));
  EXPECT_EQ(emitted(0).segment.source_port, 9);
  EXPECT_TRUE(emitted(0).flaws.none());
}

/// RFC 9293 section 3.4.1: the number climbs once in 4 microseconds.
TEST_P(Reference, TakesItsSequenceNumbersFromTheClockThatItIsGiven) {
  connect({.address = options_.stack, .port = 9}, {.address = options_.peer, .port = 80});
  const wire::SeqNum at_zero = emitted(0).segment.seq;
  options_.clock = std::chrono::seconds(1);
  ASSERT_FALSE(adapter_->reset(options_));
  connect({.address = options_.stack, .port = 9}, {.address = options_.peer, .port = 80});
  EXPECT_EQ(emitted(0).segment.seq, at_zero + 250'000);
  EXPECT_EQ(adapter_->outbox().at(0), base::Instant()) << "instants are counted from the reset";
}

TEST_P(Reference, RefusesWhatNoConnectionCanHave) {
  const wire::Endpoint peer{.address = options_.peer, .port = 80};
  EXPECT_EQ(connect({}, {.address = options_.peer}).status, CallStatus::InvalidArgument);
  EXPECT_EQ(connect({}, {.address = options_.stack, .port = 80}).status,
            CallStatus::InvalidArgument);
  EXPECT_EQ(connect(peer, peer).status, CallStatus::InvalidArgument);
  for (const char* address :
       {"224.0.0.1", "255.255.255.255", "0.0.0.0", "127.0.0.1", "ff02::1", "::", "::1"}) {
    EXPECT_EQ(connect({}, {.address = *wire::parse_address(address), .port = 80}).status,
              CallStatus::InvalidArgument)
        << address;
  }
  EXPECT_TRUE(adapter_->outbox().empty());
}

TEST_P(Reference, KeepsTwoRecordsOfOneNameApart) {
  const wire::Endpoint local{.address = options_.stack, .port = 7};
  const wire::Endpoint peer{.address = options_.peer, .port = 80};
  EXPECT_EQ(connect(local, peer).status, CallStatus::Ok);
  EXPECT_EQ(connect(local, peer).status, CallStatus::InvalidArgument);
  const tcp::UserCall listen{.kind = CallKind::Listen, .local = local};
  EXPECT_EQ(adapter_->call(listen).status, CallStatus::Ok);
  EXPECT_EQ(adapter_->call(listen).status, CallStatus::InvalidArgument);
  EXPECT_EQ(adapter_->state({.stack = local, .peer = peer}), tcp::State::SynSent);
  EXPECT_EQ(adapter_->state({.stack = local, .peer = {}}), tcp::State::Listen);
}

TEST_P(Reference, DropsWhatCannotHaveBeenSentToIt) {
  adapter_->call({.kind = CallKind::Listen, .local = {.address = options_.stack, .port = 7}});
  wire::Packet syn;
  syn.destination = options_.stack;
  syn.segment.destination_port = 7;
  syn.segment.ctl = wire::Flag::Syn;
  const bool v4 = GetParam() == wire::IpVersion::V4;
  const std::array<const char*, 3> sources =
      v4 ? std::array{"0.0.0.0", "224.0.0.1", "127.0.0.1"} : std::array{"::", "ff02::1", "::1"};
  std::vector<std::uint8_t> octets;
  for (const char* source : sources) {
    syn.source = *wire::parse_address(source);
    wire::encode(syn, {}, octets);
    adapter_->deliver(octets);
  }
  syn.source = options_.stack;
  wire::encode(syn, {}, octets);
  adapter_->deliver(octets);
  syn.source = options_.peer;
  wire::Lies lies;
  lies.data_offset = 4;
  wire::encode(syn, lies, octets);
  adapter_->deliver(octets);
  adapter_->deliver({});
  EXPECT_TRUE(adapter_->outbox().empty());
  wire::encode(syn, {}, octets);
  adapter_->deliver(octets);
  EXPECT_EQ(adapter_->outbox().size(), 1U);
}

TEST_P(Reference, FiresEachTimerAtItsOwnInstant) {
  EXPECT_FALSE(adapter_->next_deadline());
  connect({}, {.address = options_.peer, .port = 80});
  adapter_->outbox().clear();
  EXPECT_EQ(adapter_->next_deadline(), std::chrono::seconds(1));
  adapter_->advance(std::chrono::seconds(5));
  ASSERT_EQ(adapter_->outbox().size(), 2U);
  EXPECT_EQ(adapter_->outbox().at(0).time_since_epoch(), std::chrono::seconds(1));
  EXPECT_EQ(adapter_->outbox().at(1).time_since_epoch(), std::chrono::seconds(3));
  EXPECT_EQ(adapter_->next_deadline(), std::chrono::seconds(2));
}

INSTANTIATE_TEST_SUITE_P(Ip, Reference, testing::Values(wire::IpVersion::V4, wire::IpVersion::V6),
                         [](const auto& version) {
                           return version.param == wire::IpVersion::V4 ? "V4" : "V6";
                         });

}  // namespace
}  // namespace tcprove::adapter
