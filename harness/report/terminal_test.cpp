#include "harness/report/terminal.hpp"

#include <sstream>

#include <gtest/gtest.h>

#include "harness/report/samples.hpp"
#include "harness/testing/golden.hpp"

namespace tcprove::report {
namespace {

TEST(Terminal, TellsARunAsApproved) {
  std::ostringstream out;
  write_header(out, samples::run(), {});
  write_summary(out, samples::run(), {});
  testing::expect_golden("harness/report/golden/terminal.txt", out.str());
}

}  // namespace
}  // namespace tcprove::report
