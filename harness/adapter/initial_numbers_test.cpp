// What the initial sequence numbers of a stack tell over many openings: RFC 9293 MUST-8 and SHLD-1,
// RFC 6528. The monitor compares a few; what takes a thousand stands here.

#include <algorithm>
#include <array>
#include <map>
#include <vector>

#include <gtest/gtest.h>

#include "harness/adapter/registry.hpp"
#include "harness/wire/packet.hpp"

namespace tcprove::adapter {
namespace {

using wire::Flag;
using wire::SeqLen;
using wire::SeqNum;

constexpr SeqLen kHalfCircle = 0x8000'0000U;

/// A stack that listens, and a peer that opens connections and resets them at once.
class Openings {
 public:
  explicit Openings(std::string_view target)
      : adapter_(std::move(make_adapter(target).value())),
        stack_({.address = *wire::parse_address("192.0.2.1"), .port = 7}),
        peer_(*wire::parse_address("192.0.2.2")) {
    adapter_->reset({.seed = 1, .ip = wire::IpVersion::V4, .stack = stack_.address, .peer = peer_});
    adapter_->call({.kind = tcp::CallKind::Listen, .local = stack_});
  }

  /// The ISS of a connection from `port`; nothing where the SYN draws no SYN,ACK.
  std::optional<SeqNum> open(std::uint16_t port) {
    adapter_->outbox().clear();
    deliver(port, {.seq = SeqNum(1000), .ctl = Flag::Syn});
    if (adapter_->outbox().empty()) return std::nullopt;
    const wire::Packet answer = wire::decode(adapter_->outbox().packet(0));
    if (answer.segment.ctl != (Flag::Syn | Flag::Ack)) return std::nullopt;
    const SeqNum iss = answer.segment.seq;
    deliver(port, {.seq = SeqNum(1001), .ctl = Flag::Rst});
    return iss;
  }

  void wait(base::Duration d) { adapter_->advance(d); }

 private:
  void deliver(std::uint16_t port, wire::Segment segment) {
    segment.source_port = port;
    segment.destination_port = stack_.port;
    segment.wnd = 65535;
    wire::Packet packet;
    packet.source = peer_;
    packet.destination = stack_.address;
    packet.segment = segment;
    wire::encode(packet, {}, octets_);
    adapter_->deliver(octets_);
    adapter_->settle();
  }

  std::unique_ptr<Adapter> adapter_;
  wire::Endpoint stack_;
  wire::IpAddress peer_;
  std::vector<std::uint8_t> octets_;
};

/// MUST-8: of one four-tuple, opened once a second, each lies ahead of the one before.
bool grow_with_time(std::string_view target) {
  Openings openings(target);
  std::optional<SeqNum> last = openings.open(40000);
  for (int i = 0; i < 20; ++i) {
    openings.wait(std::chrono::seconds(1));
    const std::optional<SeqNum> next = openings.open(40000);
    const SeqLen ahead = last && next ? wire::distance(*last, *next) : 0;
    if (ahead == 0 || ahead >= kHalfCircle) return false;
    last = next;
  }
  return true;
}

/// SHLD-1: of a thousand four-tuples, opened at once, the numbers are all over the circle, and what
/// lies between one and the next foretells nothing of the one after.
bool are_unpredictable(std::string_view target) {
  constexpr std::uint16_t kOpenings = 1000;
  constexpr int kParts = 16;
  Openings openings(target);
  std::array<int, kParts> parts{};
  std::map<SeqLen, int> steps;
  std::optional<SeqNum> last;
  for (std::uint16_t i = 0; i < kOpenings; ++i) {
    const std::optional<SeqNum> iss = openings.open(static_cast<std::uint16_t>(20000 + i));
    if (!iss) return false;
    ++parts.at(iss->raw() >> 28U);
    if (last && ++steps[wire::distance(*last, *iss)] > 1) return false;
    last = iss;
  }
  // 62.5 are expected in each part; a fair draw misses these bounds once in a million.
  return std::ranges::all_of(parts, [](int n) { return n > 20 && n < 120; });
}

TEST(InitialNumbers, GrowWithTimeOnEveryStack) {
  for (const Target& target : targets()) EXPECT_TRUE(grow_with_time(target.name)) << target.name;
}

TEST(InitialNumbers, OfTheReferenceAreUnpredictable) {
  EXPECT_TRUE(are_unpredictable("reference"));
}

TEST(InitialNumbers, OfAMistakenStackAreSeenThrough) {
  EXPECT_FALSE(grow_with_time("reference:fault=iss-constant"));
  EXPECT_FALSE(grow_with_time("reference:fault=iss-runs-backwards"));
  EXPECT_FALSE(are_unpredictable("reference:fault=iss-constant"));
  EXPECT_FALSE(are_unpredictable("reference:fault=iss-counter"));
}

}  // namespace
}  // namespace tcprove::adapter
