#include "harness/report/profile.hpp"

#include <sstream>

#include <gtest/gtest.h>

#include "harness/report/profile_json.hpp"

namespace tcprove::report {
namespace {

using namespace std::chrono_literals;
using profile::Quantity;

Profile sample() {
  Profile profile;
  profile::Facts& facts = profile.facts;
  const auto add = [&facts](Quantity quantity, base::Duration d) {
    facts[quantity].add(d.count());
  };
  facts[Quantity::MssV4].add(1460);
  facts[Quantity::Window].add(5000);
  facts[Quantity::Window].add(5840);
  add(Quantity::SynTimeout, 3s);
  facts[Quantity::SynBackOff].add(1500);
  facts[Quantity::SynBackOff].add(2000);
  add(Quantity::AckDelay, 0s);
  add(Quantity::AckDelay, 200ms);
  add(Quantity::TimeWaitAtLeast, 119s);
  add(Quantity::TimeWaitAtMost, 2min);
  facts.on_syn = 0b10001;
  profile.choices["state-event/CLOSED/abort"] = {{"RST", 2}, {"nothing", 4}};
  return profile;
}

std::string line_of(const Profile& profile) {
  std::ostringstream out;
  write_profile_line(out, profile, {});
  return out.str();
}

TEST(ProfileText, HasOneLineOfWhatIsMostAskedFor) {
  EXPECT_EQ(line_of(sample()),
            "profile: MSS 1460 · window 5840 · first RTO 3s · ACKs up to 200ms late · MSL up to "
            "1min · choices in 1 scenarios (--profile tells all)\n");
  EXPECT_EQ(line_of({}), "") << "nothing was measured";
}

TEST(ProfileText, TellsEachSubjectThatWasMeasured) {
  std::ostringstream out;
  write_profile(out, sample(), {});
  EXPECT_EQ(out.str(),
            "profile: what the stack chose, as this run measured it\n"
            "  options on SYN                  mss, timestamps\n"
            "  MSS option                      1460 over IPv4\n"
            "  window                          then up to 5840\n"
            "  SYN again                       after 3s, then times 1.5 to 2\n"
            "  ACKs of data                    after 0s to 200ms\n"
            "  TIME-WAIT                       119s to 2min, so the MSL is up to 1min\n"
            "  what it did where several answers are right, and how often\n"
            "    state-event/CLOSED/abort: RST (2), nothing (4)\n");
}

TEST(ProfileText, SaysWhereTimeWaitIsNotAlwaysTheSame) {
  Profile profile = sample();
  profile.facts[Quantity::TimeWaitAtLeast].add(base::Duration(10min).count());
  std::ostringstream out;
  write_profile(out, profile, {});
  EXPECT_NE(out.str().find("not always the same: under 2min, over 10min"), std::string::npos)
      << out.str();
}

TEST(ProfileJson, HasNumbersWithTheirUnits) {
  const nlohmann::ordered_json json = to_json(sample());
  EXPECT_EQ(json["options"]["syn"], (nlohmann::ordered_json{"mss", "timestamps"}));
  EXPECT_EQ(json["measured"]["syn_timeout_ms"]["least"], 3000);
  EXPECT_EQ(json["measured"]["syn_back_off"]["least"], 1.5);
  EXPECT_EQ(json["measured"]["ack_delay_ms"]["seen"], 2);
  EXPECT_EQ(json["measured"]["window"]["most"], 5840);
  EXPECT_FALSE(json["measured"].contains("mss_v6"));
  ASSERT_EQ(json["choices"].size(), 2U);
  EXPECT_EQ(json["choices"][0]["scenario"], "state-event/CLOSED/abort");
  EXPECT_EQ(json["choices"][0]["choice"], "RST");
  EXPECT_EQ(json["choices"][0]["seen"], 2);
}

}  // namespace
}  // namespace tcprove::report
