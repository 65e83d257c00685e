#include "harness/report/capture.hpp"

#include <sstream>

#include <gtest/gtest.h>

#include "harness/report/samples_fixture.hpp"
#include "harness/testing/golden.hpp"
#include "harness/testing/trace_builder.hpp"

namespace tcprove::report {
namespace {

std::string captured(const ScenarioResult& result) {
  std::ostringstream out;
  write_capture(out, result);
  return out.str();
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(Capture, IsWrittenAsApproved) {
  testing::expect_golden("harness/report/golden/capture.pcapng",
                         captured(samples::lost_and_never_sent_again()));
}

TEST(Capture, CommentsAPacketWithItsStepAndWhatCameOfIt) {
  const std::string octets = captured(samples::lost_and_never_sent_again());
  EXPECT_TRUE(contains(octets, "rfc6298/rto/lost-data-is-sent-again[len=100,ip=4]: fail"));
  EXPECT_TRUE(contains(octets, "step: expect: SYN,ACK seq=0 ack=1\nstate: SYN-RECEIVED"));
  EXPECT_TRUE(contains(octets, "call: send 100, ok 100\nstep: call: send 100\nlost on its way"));
  EXPECT_TRUE(contains(octets, "violated: RFC6298-5: unacknowledged data"));
}

TEST(Capture, NamesABrokenPacketAndTheViolationAtItsOwn) {
  const std::string octets = captured(samples::bad_checksum_acked());
  EXPECT_TRUE(contains(octets, "TCP checksum wrong"));
  EXPECT_TRUE(contains(octets, "violated: MUST-3: a segment with a wrong checksum"));
}

TEST(Capture, TellsAtTheLastPacketWhatNeverCame) {
  using testing::TraceBuilder;
  ScenarioResult result;
  TraceBuilder t;
  t.established();
  result.trace = t.called(tcp::CallKind::Receive)
                     .answered(tcp::CallKind::Receive, tcp::CallStatus::WouldBlock)
                     .waited(std::chrono::seconds(3))
                     .build();
  result.violations = {{.requirement = "MUST-40",
                        .message = "no ACK came",
                        .at = base::Instant(std::chrono::seconds(3))}};
  EXPECT_TRUE(
      contains(captured(result),
               "state: ESTABLISHED\ncall: receive, would-block\nviolated: MUST-40: no ACK"));
}

TEST(Capture, OfNoPacketsIsStillACapture) {
  EXPECT_TRUE(contains(captured(samples::unsupported()), "simultaneous-open[ip=4]: unsupported"));
}

}  // namespace
}  // namespace tcprove::report
