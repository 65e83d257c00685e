#include "harness/adapter/tun/echoes.hpp"

#include <array>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "harness/wire/flags.hpp"

namespace tcprove::adapter::tun {
namespace {

using tcp::CallStatus;
using wire::Flag;
using wire::SeqNum;

class Echoed : public testing::Test {
 protected:
  /// The stack's numbers wrap around early.
  static constexpr SeqNum kIss{0xffff'fffc};

  static constexpr SeqNum kIrs{0xffff'fff0};

  void emit(wire::Flags ctl, wire::SeqLen seq, std::string_view octets,
            std::uint16_t peer_port = 2000, wire::SeqLen ack = 1) {
    wire::Packet packet;
    packet.segment.source_port = 7;
    packet.segment.destination_port = peer_port;
    packet.segment.ctl = ctl;
    packet.segment.seq = kIss + seq;
    packet.segment.ack = kIrs + ack;
    packet.segment.payload = {reinterpret_cast<const std::uint8_t*>(octets.data()), octets.size()};
    echoes.note_emission(packet);
  }

  std::string receive(tcp::Handle handle, std::size_t most = 100) {
    std::vector<std::uint8_t> buffer(most);
    const tcp::CallResult result = echoes.receive(handle, buffer);
    if (result.status != CallStatus::Ok) return std::string(tcp::to_string(result.status));
    return {buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(result.octets)};
  }

  Echoes echoes;
};

TEST_F(Echoed, IsWhatCameBackInOrderAndOnce) {
  emit(Flag::Syn | Flag::Ack, 0, "");
  emit(Flag::Ack, 1, "");
  EXPECT_EQ(echoes.accept().status, CallStatus::Unsupported);
  emit(Flag::Ack, 1, "abc");
  emit(Flag::Ack, 9, "beyond a gap");
  emit(Flag::Ack, 1, "abc");
  emit(Flag::Ack, 2, "bcde");
  const tcp::CallResult accepted = echoes.accept();
  EXPECT_EQ(accepted.status, CallStatus::Ok);
  EXPECT_EQ(accepted.peer.port, 2000);
  EXPECT_EQ(receive(accepted.handle, 2), "ab");
  EXPECT_EQ(receive(accepted.handle), "cde");
  EXPECT_EQ(receive(accepted.handle), "unsupported");
  emit(Flag::Fin | Flag::Ack, 6, "", 2000, 9);
  EXPECT_EQ(receive(accepted.handle), "unsupported");  // It closes before all has come back.
  emit(Flag::Fin | Flag::Ack, 6, "", 2000, 7);
  EXPECT_EQ(receive(accepted.handle), "end-of-stream");
  EXPECT_EQ(echoes.accept().status, CallStatus::Unsupported);
}

TEST_F(Echoed, IsKeptByConnection) {
  emit(Flag::Syn | Flag::Ack, 0, "", 2000);
  emit(Flag::Syn | Flag::Ack, 0, "", 2001);
  emit(Flag::Ack, 1, "second", 2001);
  const tcp::Handle second = echoes.accept().handle;
  emit(Flag::Ack, 1, "first", 2000);
  const tcp::Handle first = echoes.accept().handle;
  EXPECT_EQ(receive(first), "first");
  EXPECT_EQ(receive(second), "second");
  EXPECT_EQ(receive(99), "no-connection");
  EXPECT_EQ(receive(1), "no-connection");
}

TEST_F(Echoed, BeginsAnewWithAnotherSyn) {
  emit(Flag::Syn | Flag::Ack, 0, "");
  emit(Flag::Ack, 1, "old");
  emit(Flag::Syn | Flag::Ack, 100, "");
  emit(Flag::Ack, 101, "new");
  EXPECT_EQ(receive(echoes.accept().handle), "new");
}

}  // namespace
}  // namespace tcprove::adapter::tun
