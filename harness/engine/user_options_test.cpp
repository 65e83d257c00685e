#include <algorithm>

#include "harness/testing/played.hpp"

namespace tcprove::engine {
namespace {

using tcp::CallKind;
using tcp::CallStatus;
using testing::Played;
using Kind = Outcome::Kind;

/// Plays with a stack that keeps what it is told to set and tells `reports_`.
class UserOptions : public Played {
 protected:
  UserOptions() {
    stack_.on_call = [this](const tcp::UserCall& call) -> tcp::CallResult {
      switch (call.kind) {
        case CallKind::Set:
          settings_.push_back(call);
          return {};
        case CallKind::Report: {
          if (reports_.empty()) return {.status = CallStatus::WouldBlock};
          const tcp::Report first = reports_.front();
          reports_.erase(reports_.begin());
          return {.report = first};
        }
        case CallKind::Urgent:
          return {.status = urgent_ ? CallStatus::Ok : CallStatus::WouldBlock};
        case CallKind::Send:
          urgent_ = call.urgent;
          return {.octets = call.octets.size()};
        default:
          opened_.push_back(call);
          return {.handle = 5, .peer = {.address = {}, .port = 40000}};
      }
    };
  }

  std::vector<tcp::UserCall> settings_;
  std::vector<tcp::UserCall> opened_;
  std::vector<tcp::Report> reports_;
  bool urgent_ = false;
};

TEST_F(UserOptions, AreSetOnTheConnection) {
  play_steps(
      "\n- call: connect\n- call: set user-timeout 2*msl - 1s\n- call: set no-delay off\n"
      "- expect: nothing for 1ms\n");
  EXPECT_EQ(why(), "");
  ASSERT_EQ(settings_.size(), 2U);
  EXPECT_EQ(settings_[0].handle, 5U);
  EXPECT_EQ(settings_[0].option, tcp::UserOption::UserTimeout);
  EXPECT_EQ(settings_[0].value,
            (2 * stack_.profile_data.msl - base::Duration(std::chrono::seconds(1))).count());
  EXPECT_EQ(settings_[1].option, tcp::UserOption::NoDelay);
  EXPECT_EQ(settings_[1].value, 0);
}

TEST_F(UserOptions, AreSetForConnectionsToComeBeforeOneIsOpened) {
  play_steps("\n- call: set ttl 7\n- call: connect\n- expect: nothing for 1ms\n");
  EXPECT_EQ(why(), "");
  ASSERT_EQ(settings_.size(), 1U);
  EXPECT_EQ(settings_[0].handle, tcp::kNoHandle);
  EXPECT_EQ(settings_[0].value, 7);
}

TEST_F(UserOptions, PassOverReportsThatAreNotAskedFor) {
  reports_ = {tcp::Report::IcmpError, tcp::Report::UrgentData};
  play_steps("\n- call: connect\n- report: urgent-data\n- report: nothing\n");
  EXPECT_EQ(why(), "");
}

TEST_F(UserOptions, TellWhichReportsCameInPlaceOfTheOneAskedFor) {
  reports_ = {tcp::Report::IcmpError, tcp::Report::IcmpError};
  play_steps("\n- call: connect\n- report: urgent-data\n");
  ASSERT_EQ(outcome_.kind, Kind::Failed);
  EXPECT_EQ(outcome_.mismatch->expected, "report: urgent-data");
  EXPECT_EQ(outcome_.mismatch->actual, "report: icmp-error, icmp-error");
}

TEST_F(UserOptions, FailWhereAReportComesAndNoneShould) {
  reports_ = {tcp::Report::IcmpError};
  play_steps("\n- call: connect\n- report: nothing\n");
  ASSERT_EQ(outcome_.kind, Kind::Failed);
  EXPECT_EQ(outcome_.mismatch->actual, "report: icmp-error");
}

TEST_F(UserOptions, AskWhetherUrgentDataIsLeft) {
  play_steps(
      "\n- call: connect\n- urgent: none\n- call: send 5 urgent\n- urgent: pending\n"
      "- call: send 5\n- urgent: none\n");
  EXPECT_EQ(why(), "");
  play_steps("\n- call: connect\n- urgent: pending\n");
  EXPECT_EQ(outcome_.kind, Kind::Failed);
}

TEST_F(UserOptions, OpenToTheAddressesThatAreNamed) {
  play_steps("\n- call: connect from=unspecified to=multicast\n- expect: nothing for 1ms\n");
  EXPECT_EQ(why(), "");
  ASSERT_EQ(opened_.size(), 1U);
  EXPECT_EQ(opened_[0].local.address, *wire::parse_address("0.0.0.0"));
  EXPECT_EQ(opened_[0].peer.address, *wire::parse_address("233.252.0.1"));
  EXPECT_EQ(opened_[0].peer.port, 40000);
}

TEST_F(UserOptions, StandInTheTraceAsTheyWereSet) {
  play_steps("\n- call: set dscp 46\n- expect: nothing for 1ms\n");
  const auto called = std::ranges::find_if(player_.trace().events(), [](const auto& event) {
    return event.kind == trace::EventKind::Called && event.call == CallKind::Set;
  });
  ASSERT_NE(called, player_.trace().events().end());
  EXPECT_EQ(called->option, tcp::UserOption::Dscp);
  EXPECT_EQ(called->value, 46);
}

/// Packets whose IP header is the point.
using IpFields = Played;

TEST_F(IpFields, AreSentAsTheyAreNamed) {
  std::vector<wire::Packet> came;
  stack_.on_segment = [&](const wire::Packet& packet) { came.push_back(packet); };
  play_steps(
      "\n- send: ACK ttl=7 dscp=46 ecn=ce ip-options=<kind 30 0400>\n"
      "- send: SYN from=multicast to=subnet-broadcast\n- send: ICMP net-unreachable\n"
      "- expect: nothing for 1ms\n");
  EXPECT_EQ(why(), "");
  ASSERT_EQ(came.size(), 3U);
  EXPECT_EQ(came[0].hop_limit, 7);
  EXPECT_EQ(came[0].traffic_class, 46 << 2 | 3);
  EXPECT_EQ(came[1].source, *wire::parse_address("233.252.0.1"));
  EXPECT_EQ(came[1].destination, *wire::parse_address("192.0.2.255"));
  EXPECT_TRUE(came[2].flaws.has(wire::Flaw::NotTcp));
}

TEST_F(IpFields, OfAStrayDoNotMoveTheConnection) {
  play_steps("\n- send: SYN from=multicast\n- expect: ACK ack=PEER.NXT\n");
  EXPECT_EQ(player_.trace().events().front().connection, trace::kNoConnection);
}

TEST_F(IpFields, AreComparedWhereTheyAreNamed) {
  stack_.on_segment = [&](const wire::Packet&) { stack_.emit({.ctl = wire::Flag::Rst}); };
  play_steps("\n- send: ACK\n- expect: RST ttl=64 dscp=0 ecn=none\n");
  EXPECT_EQ(why(), "");
  play_steps("\n- send: ACK\n- expect: RST ttl=65 ecn=ect0\n");
  ASSERT_EQ(outcome_.kind, Kind::Failed);
  EXPECT_EQ(outcome_.mismatch->fields, (std::vector<std::string>{"ttl", "ecn"}));
  EXPECT_NE(outcome_.mismatch->actual.find("ttl=64 ecn=none"), std::string::npos)
      << outcome_.mismatch->actual;
}

}  // namespace
}  // namespace tcprove::engine
