#include "harness/report/ladder.hpp"

#include <sstream>

#include <gtest/gtest.h>

#include "harness/report/ladder_marks.hpp"
#include "harness/report/ladder_text.hpp"
#include "harness/report/samples.hpp"
#include "harness/testing/golden.hpp"

namespace tcprove::report {
namespace {

std::string drawn(const ScenarioResult& result, const TextStyle& style, bool absolute = false) {
  std::ostringstream out;
  out << result.id.substr(0, result.id.find('[')) << '\n';
  write_ladder(out, around_violations(ladder_rows(result, absolute), 16), style);
  out << '\n';
  return out.str();
}

std::string all_drawn(const TextStyle& style) {
  return drawn(samples::fin_with_wrong_seq(), style) +
         drawn(samples::lost_and_never_sent_again(), style) +
         drawn(samples::syn_with_options(), style) + drawn(samples::reset_in_window(), style) +
         drawn(samples::two_connections(), style) + drawn(samples::bad_checksum_acked(), style) +
         drawn(samples::crashed_in_a_call(), style) + drawn(samples::long_trace(), style);
}

TEST(Ladder, DrawsAsApproved) {
  testing::expect_golden("harness/report/golden/ladder.txt", all_drawn({}));
}

}  // namespace
}  // namespace tcprove::report
