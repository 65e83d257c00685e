#include "harness/scenario/uncaught_file.hpp"

#include <gtest/gtest.h>

#include "harness/scenario/temporary_specs_fixture.hpp"

namespace tcprove::scenario {
namespace {

std::string mistakes_in(const std::string& text) {
  const TemporarySpecs specs;
  const auto read = load_uncaught_faults(specs.write("expected/uncaught-faults.yaml", text));
  if (read.ok()) return "";
  std::string messages;
  for (const base::Diagnostic& diagnostic : read.error()) {
    messages += std::to_string(diagnostic.place.line) + ": " + diagnostic.message + "\n";
  }
  return messages;
}

TEST(UncaughtFile, SaysWhyNothingCatchesAFault) {
  const TemporarySpecs specs;
  const auto read = load_uncaught_faults(
      specs.write("expected/uncaught-faults.yaml",
                  "- target: fault=all,lwip\n  fault: no-paws\n  reason: Not offered.\n"));
  ASSERT_TRUE(read.ok()) << base::to_string(read.error());
  ASSERT_EQ(read.value().faults.size(), 1U);
  const UncaughtFault& fault = read.value().faults[0];
  EXPECT_EQ(fault.target, "fault=all,lwip");
  EXPECT_EQ(fault.fault, "no-paws");
  EXPECT_EQ(fault.reason, "Not offered.");
  EXPECT_EQ(fault.place.line, 2);
}

TEST(UncaughtFile, MayBeEmptyButIsAList) {
  EXPECT_EQ(mistakes_in("[]\n"), "");
  EXPECT_NE(mistakes_in("a: b\n"), "");
}

TEST(UncaughtFile, WantsAllThreeKeysAndNoOther) {
  EXPECT_EQ(mistakes_in("- {target: t, fault: f, reason: r}\n"), "");
  for (const char* text : {"- {fault: f, reason: r}\n", "- {target: t, reason: r}\n",
                           "- {target: t, fault: f}\n", "- {target: t, fault: f, reason: ''}\n",
                           "- {target: t, fault: f, reason: r, why: w}\n", "- text\n"}) {
    EXPECT_NE(mistakes_in(text), "") << text;
  }
}

TEST(UncaughtFile, ListsAFaultOnce) {
  EXPECT_EQ(mistakes_in("- {target: t, fault: f, reason: r}\n- {target: t, fault: f, reason: s}\n"),
            "2: f is listed twice for t\n");
  EXPECT_EQ(mistakes_in("- {target: t, fault: f, reason: r}\n- {target: u, fault: f, reason: s}\n"),
            "");
}

}  // namespace
}  // namespace tcprove::scenario
