#include "harness/engine/user_plane.hpp"

#include <array>
#include <deque>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "harness/plan/stream.hpp"
#include "harness/testing/fake_adapter.hpp"

namespace tcprove::engine {
namespace {

using tcp::CallKind;
using tcp::CallResult;
using tcp::CallStatus;

constexpr wire::SeqNum kPeerIss(0xffff'fff0);
constexpr tcp::Handle kListener = 100;

/// Three connections, of peer ports 40000 … 40002, to one listener; what the stack's users get to
/// hear is what the test says.
class Users : public ::testing::Test {
 protected:
  Users() {
    for (std::uint16_t i = 0; i < 3; ++i) {
      trace_.connections.push_back({.stack = {.port = 7}, .peer = {.port = port(i)}});
      streams_[i].restart(i, kPeerIss);
    }
    users_.restart(3);
    adapter_.on_call = [this](const tcp::UserCall& call) {
      handles_.push_back(call.handle);
      return answer(call);
    };
  }

  static std::uint16_t port(std::uint16_t connection) {
    return static_cast<std::uint16_t>(40000 + connection);
  }

  CallResult answer(const tcp::UserCall& call) {
    switch (call.kind) {
      case CallKind::Listen:
        return {.handle = kListener};
      case CallKind::Accept: {
        if (backlog_.empty()) return {.status = CallStatus::WouldBlock};
        const std::uint16_t opened = backlog_.front();
        backlog_.pop_front();
        return {.handle = ++last_handle_, .peer = {.port = port(opened)}};
      }
      case CallKind::Send:
        return {.octets = taken_.value_or(call.octets.size())};
      case CallKind::Receive: {
        if (readable_.empty()) return {.status = CallStatus::WouldBlock};
        const std::vector<std::uint8_t> octets = std::move(readable_.front());
        readable_.pop_front();
        const std::size_t size = std::min(octets.size(), call.buffer.size());
        std::copy_n(octets.begin(), size, call.buffer.begin());
        return {.octets = claimed_.value_or(size)};
      }
      default:
        return {};
    }
  }

  CallOutcome make(const plan::Call& call, std::uint16_t connection = 0) {
    const std::int64_t octets = call.octets ? call.octets->constant : 0;
    return users_.make(call, octets, {.connection = connection}, streams_.at(connection),
                       kPeerIss + 1, trace_);
  }

  CallOutcome make(CallKind kind, std::uint16_t connection = 0,
                   CallStatus wanted = CallStatus::Ok) {
    return make({.kind = kind, .results = {wanted}}, connection);
  }

  static plan::Call receive(std::int64_t octets) {
    return {.kind = CallKind::Receive,
            .octets = plan::Expr{.constant = octets},
            .results = {CallStatus::Ok}};
  }

  static plan::Call send(std::int64_t octets) {
    return {.kind = CallKind::Send,
            .octets = plan::Expr{.constant = octets},
            .results = {CallStatus::Ok}};
  }

  static std::vector<std::uint8_t> stream(plan::Sender sender, std::uint16_t connection,
                                          std::uint32_t offset, std::size_t size) {
    std::vector<std::uint8_t> octets(size);
    plan::fill_stream(sender, connection, offset, octets);
    return octets;
  }

  testing::FakeAdapter adapter_;
  trace::Trace trace_;
  std::array<PeerStream, 3> streams_;
  UserPlane users_{adapter_};
  std::deque<std::uint16_t> backlog_;  ///< Opened by the peer and not accepted.
  std::deque<std::vector<std::uint8_t>> readable_;
  std::optional<std::size_t> taken_;    ///< What SEND says it took.
  std::optional<std::size_t> claimed_;  ///< What RECEIVE says it wrote.
  tcp::Handle last_handle_ = 0;
  std::vector<tcp::Handle> handles_;  ///< Of all calls made, in order.
};

TEST_F(Users, HaveNothingToAcceptWhereNobodyListens) {
  EXPECT_EQ(make(CallKind::Accept).actual, "no-connection");
  EXPECT_TRUE(adapter_.calls.empty());
  EXPECT_FALSE(users_.listens(7));
}

TEST_F(Users, KeepConnectionsThatCameBeforeTheirsForTheOthers) {
  make(CallKind::Listen);
  EXPECT_TRUE(users_.listens(7));
  backlog_ = {2, 0, 1};
  EXPECT_TRUE(make(CallKind::Accept, 0).held);
  EXPECT_EQ(users_.user(2).handle, 1U);
  EXPECT_EQ(users_.user(0).handle, 2U);
  EXPECT_EQ(users_.user(1).handle, tcp::kNoHandle);
  EXPECT_TRUE(make(send(10), 2).held);
  EXPECT_EQ(handles_.back(), 1U);
  EXPECT_TRUE(make(CallKind::Accept, 1).held);
  EXPECT_EQ(users_.user(1).handle, 3U);
}

TEST_F(Users, AreToldInTheTraceOfTheConnectionThatTheyAccepted) {
  make(CallKind::Listen);
  backlog_ = {2, 3, 0};  // Nobody's is the second.
  EXPECT_TRUE(make(CallKind::Accept, 0).held);
  std::vector<std::uint16_t> connections;
  for (const trace::Event& event : trace_.events()) {
    if (event.call == CallKind::Accept) connections.push_back(event.connection);
  }
  using trace::kNoConnection;
  EXPECT_EQ(connections, (std::vector<std::uint16_t>{2, 2, kNoConnection, kNoConnection, 0, 0}));
}

TEST_F(Users, KeepNoHandleOfAConnectionToAnotherAddress) {
  make(CallKind::Listen);
  backlog_ = {0};
  make(CallKind::Accept);
  const tcp::Handle own = users_.user(0).handle;
  const plan::Call connect{.kind = CallKind::Connect, .to = plan::SpecialAddress::Broadcast};
  EXPECT_TRUE(make(connect).held);
  EXPECT_EQ(users_.user(0).handle, own);
  EXPECT_EQ(trace_.events().back().connection, trace::kNoConnection);
  EXPECT_TRUE(make(CallKind::Close).held);
  EXPECT_EQ(handles_.back(), own);
}

TEST_F(Users, DoNotAcceptFromAListenerAtAnotherAddress) {
  const plan::Call listen{.kind = CallKind::Listen, .from = plan::SpecialAddress::Loopback};
  EXPECT_TRUE(make(listen).held);
  EXPECT_FALSE(users_.listens(7));
  EXPECT_EQ(make(CallKind::Accept).actual, "no-connection");
}

TEST_F(Users, AcceptWhatWasKeptForThem) {
  make(CallKind::Listen);
  backlog_ = {2, 0};
  EXPECT_TRUE(make(CallKind::Accept, 0).held);
  EXPECT_EQ(make(CallKind::Accept, 2).actual, "");
  EXPECT_EQ(users_.user(2).handle, 1U);
  EXPECT_EQ(make(CallKind::Accept, 2).actual, "would-block") << "there is no second one";
}

TEST_F(Users, AcceptWhereACallNeedsIt) {
  make(CallKind::Listen);
  EXPECT_TRUE(make(CallKind::Shutdown).held) << "the adapter answers what it does without a handle";
  EXPECT_EQ(handles_.back(), tcp::kNoHandle);
  backlog_ = {0};
  EXPECT_TRUE(make(CallKind::Shutdown).held);
  EXPECT_EQ(handles_.back(), 1U);
}

TEST_F(Users, CloseTheListenerBeforeThereIsAConnection) {
  make(CallKind::Listen);
  EXPECT_TRUE(make(CallKind::Close).held);
  EXPECT_EQ(handles_.back(), kListener);
  EXPECT_FALSE(users_.listens(7));
}

TEST_F(Users, CloseNoListenerAfterTheirConnection) {
  make(CallKind::Listen);
  backlog_ = {0};
  EXPECT_TRUE(make(CallKind::Close).held);
  EXPECT_EQ(handles_.back(), 1U);
  EXPECT_TRUE(users_.listens(7));
  make(CallKind::Close);
  EXPECT_EQ(handles_.back(), tcp::kNoHandle) << "the second CLOSE means a connection that is gone";
  EXPECT_TRUE(users_.listens(7));
}

TEST_F(Users, UseTheHandleOfTheirActiveOpen) {
  adapter_.on_call = [this](const tcp::UserCall& call) {
    handles_.push_back(call.handle);
    EXPECT_EQ(call.peer.port, call.kind == CallKind::Connect ? 40001 : 0);
    return CallResult{.handle = 55};
  };
  EXPECT_TRUE(make(CallKind::Connect, 1).held);
  EXPECT_TRUE(make(CallKind::Abort, 1).held);
  EXPECT_EQ(handles_.back(), 55U);
  EXPECT_EQ(users_.user(1).handle, tcp::kNoHandle);
}

TEST_F(Users, HoldWhereOneOfTheResultsCame) {
  const plan::Call accept{.kind = CallKind::Accept,
                          .results = {CallStatus::Reset, CallStatus::WouldBlock}};
  EXPECT_EQ(make(accept).actual, "no-connection");
  make(CallKind::Listen);
  EXPECT_TRUE(make(accept).held);
  EXPECT_EQ(make(CallKind::Accept).actual, "would-block");
}

TEST_F(Users, SendTheStreamsOctetsFromWhereTheyStopped) {
  make(CallKind::Listen);
  backlog_ = {1};
  taken_ = 30;
  EXPECT_EQ(make(send(100), 1).actual, "took 30 of 100 octets");
  EXPECT_EQ(trace_.events().back().took, 30U);
  taken_ = std::nullopt;
  EXPECT_TRUE(make(send(50), 1).held);
  EXPECT_EQ(users_.user(1).sent, stream(plan::Sender::Stack, 1, 0, 80));
}

TEST_F(Users, BelieveNoStackThatTookMoreThanItWasGiven) {
  make(CallKind::Listen);
  backlog_ = {0};
  taken_ = 1000;
  make(send(100));
  EXPECT_EQ(users_.user(0).sent.size(), 100U);
}

TEST_F(Users, ReceiveInAsManyCallsAsItTakes) {
  make(CallKind::Listen);
  backlog_ = {0};
  readable_ = {stream(plan::Sender::Peer, 0, 0, 60), stream(plan::Sender::Peer, 0, 60, 100)};
  EXPECT_EQ(make(receive(100)).actual, "");
  EXPECT_EQ(users_.user(0).read, 100U);
  EXPECT_EQ(make(receive(1)).actual, "would-block after 0 of 1 octets");
}

TEST_F(Users, AreContentWithFewerOctetsWhereTheyAskForAtMostSoMany) {
  make(CallKind::Listen);
  backlog_ = {0};
  readable_ = {stream(plan::Sender::Peer, 0, 0, 60)};
  plan::Call call = receive(100);
  call.at_most = true;
  EXPECT_EQ(make(call).actual, "");
  EXPECT_EQ(users_.user(0).read, 60U);
}

TEST_F(Users, SeeWrongOctetsAndSayWhich) {
  make(CallKind::Listen);
  backlog_ = {0};
  const std::vector<std::uint8_t> right = stream(plan::Sender::Peer, 0, 0, 20);
  std::vector<std::uint8_t> wrong = right;
  wrong[13] ^= 0xffU;
  readable_ = {wrong};
  EXPECT_EQ(make(receive(20)).actual,
            fmt::format("octet 13 of the stream is 0x{:02x}, not 0x{:02x}", wrong[13], right[13]));
}

TEST_F(Users, SeeOctetsOfAnotherConnection) {
  make(CallKind::Listen);
  backlog_ = {0};
  readable_ = {stream(plan::Sender::Peer, 1, 0, 20)};
  EXPECT_FALSE(make(receive(20)).held);
}

TEST_F(Users, SeeOctetsWhereNoneMayBe) {
  make(CallKind::Listen);
  backlog_ = {0};
  const plan::Call nothing{.kind = CallKind::Receive, .results = {CallStatus::WouldBlock}};
  EXPECT_TRUE(make(nothing).held);
  readable_ = {{1}};
  EXPECT_EQ(make(nothing).actual, "1 octet(s)");
}

TEST_F(Users, CompareOctetsByValue) {
  make(CallKind::Listen);
  backlog_ = {0};
  readable_ = {{'a', 'b'}, {'c', 'x'}};
  EXPECT_EQ(make({.kind = CallKind::Receive,
                  .data = std::vector<std::uint8_t>{'a', 'b', 'c', 'd'},
                  .results = {CallStatus::Ok}})
                .actual,
            "octet 3 of the stream is 0x78, not 0x64");
}

TEST_F(Users, BelieveNoCountThatDoesNotFit) {
  make(CallKind::Listen);
  backlog_ = {0};
  for (const std::size_t lie : {std::size_t{0}, std::size_t{11}, ~std::size_t{0}}) {
    claimed_ = lie;
    readable_ = {stream(plan::Sender::Peer, 0, 0, 10)};
    EXPECT_EQ(make(receive(10)).actual, fmt::format("a count of {} where 10 fit", lie));
  }
}

TEST_F(Users, LeaveACallAndItsAnswerInTheTrace) {
  make(CallKind::Listen);
  backlog_ = {0};
  readable_ = {stream(plan::Sender::Peer, 0, 0, 10)};
  make(receive(10));
  const auto events = trace_.events();
  ASSERT_EQ(events.size(), 6U) << "listen, accept, receive";
  EXPECT_EQ(events[2].call, CallKind::Accept);
  EXPECT_EQ(events[4].kind, trace::EventKind::Called);
  EXPECT_EQ(events[5].kind, trace::EventKind::Answered);
  EXPECT_EQ(events[5].octets_size, 10U);
}

TEST_F(Users, LeaveInTheTraceHowMuchWasTakenAtMost) {
  make(CallKind::Connect);
  make(send(100));
  EXPECT_EQ(trace_.events().back().took, 100U);
  taken_ = 101;
  make(send(100));
  EXPECT_EQ(trace_.events().back().took, 100U) << "no more than there was";
}

}  // namespace
}  // namespace tcprove::engine
