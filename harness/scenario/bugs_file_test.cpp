#include "harness/scenario/bugs_file.hpp"

#include <array>

#include <gtest/gtest.h>

#include "harness/scenario/temporary_specs_fixture.hpp"

namespace tcprove::scenario {
namespace {

std::string mistakes_in(const std::string& text, std::span<const std::string_view> faults = {}) {
  const TemporarySpecs specs;
  const auto read = load_bugs(specs.write("catalogue/bugs.yaml", text), faults);
  if (read.ok()) return "";
  std::string messages;
  for (const base::Diagnostic& diagnostic : read.error()) {
    messages += std::to_string(diagnostic.place.line) + ": " + diagnostic.message + "\n";
  }
  return messages;
}

std::string unmatched(const std::string& text, const std::vector<std::string>& ids) {
  const TemporarySpecs specs;
  const auto read = load_bugs(specs.write("catalogue/bugs.yaml", text));
  if (!read.ok()) return base::to_string(read.error());
  std::string messages;
  for (const base::Diagnostic& diagnostic : read.value().unmatched(ids)) {
    messages += std::to_string(diagnostic.place.line) + ": " + diagnostic.message + "\n";
  }
  return messages;
}

TEST(BugsFile, SaysWhatBrokeAndWhatPlaysIt) {
  const TemporarySpecs specs;
  const auto read = load_bugs(specs.write("catalogue/bugs.yaml",
                                          "- id: no-closing\n"
                                          "  stack: picoTCP\n"
                                          "  reference: issue 1\n"
                                          "  broke: CLOSING is left out.\n"
                                          "  fault: no-closing-state\n"
                                          "  scenario: [regressions/a, textbook/b]\n"
                                          "- id: leak\n"
                                          "  stack: lwIP\n"
                                          "  reference: bug 2\n"
                                          "  broke: A buffer is lost.\n"
                                          "  not-playable: Only its allocator shows it.\n"));
  ASSERT_TRUE(read.ok()) << base::to_string(read.error());
  ASSERT_EQ(read.value().bugs.size(), 2U);
  const Bug& bug = read.value().bugs[0];
  EXPECT_EQ(bug.id, "no-closing");
  EXPECT_EQ(bug.stack, "picoTCP");
  EXPECT_EQ(bug.reference, "issue 1");
  EXPECT_EQ(bug.broke, "CLOSING is left out.");
  EXPECT_EQ(bug.fault, "no-closing-state");
  ASSERT_EQ(bug.scenarios.size(), 2U);
  EXPECT_EQ(bug.scenarios[1].first, "textbook/b");
  EXPECT_EQ(bug.scenarios[1].second.line, 6);
  EXPECT_EQ(read.value().bugs[1].not_playable, "Only its allocator shows it.");
}

TEST(BugsFile, WantsAScenarioOrAReasonAndNotBoth) {
  const std::string bug = "- {id: a, stack: s, reference: r, broke: b";
  const std::string either =
      "1: a bug needs either a scenario or a reason why it is not-playable\n";
  EXPECT_EQ(mistakes_in(bug + ", scenario: x}\n"), "");
  EXPECT_EQ(mistakes_in(bug + ", not-playable: x}\n"), "");
  EXPECT_EQ(mistakes_in(bug + "}\n"), either);
  EXPECT_EQ(mistakes_in(bug + ", scenario: x, not-playable: y}\n"), either);
  EXPECT_NE(mistakes_in(bug + ", scenario: []}\n"), "");
  EXPECT_NE(mistakes_in(bug + ", scenario: [x, x]}\n"), "");
  EXPECT_NE(mistakes_in(bug + ", not-playable: ''}\n"), "");
}

TEST(BugsFile, IsReadStrictly) {
  EXPECT_EQ(mistakes_in("[]\n"), "");
  for (const char* text :
       {"a: b\n", "- text\n", "- {stack: s, reference: r, broke: b, scenario: x}\n",
        "- {id: a, reference: r, broke: b, scenario: x}\n",
        "- {id: a, stack: s, broke: b, scenario: x}\n",
        "- {id: a, stack: s, reference: r, scenario: x}\n",
        "- {id: a, stack: s, reference: r, broke: b, scenario: x, why: y}\n"}) {
    EXPECT_NE(mistakes_in(text), "") << text;
  }
}

TEST(BugsFile, HoldsABugOnce) {
  const std::string bug = "- {id: a, stack: s, reference: r, broke: b, scenario: x}\n";
  EXPECT_EQ(mistakes_in(bug + bug), "2: the bug \"a\" is given twice\n");
}

TEST(BugsFile, NamesFaultsOfTheReferenceStack) {
  const std::array<std::string_view, 2> faults{"no-persist", "no-time-wait"};
  const std::string bug = "- {id: a, stack: s, reference: r, broke: b, scenario: x, fault: ";
  EXPECT_EQ(mistakes_in(bug + "no-persist}\n", faults), "");
  EXPECT_EQ(mistakes_in(bug + "no-persits}\n", faults),
            "1: the reference stack has no fault \"no-persits\"\n");
  EXPECT_EQ(mistakes_in(bug + "no-persits}\n"), "");
}

TEST(BugsFile, NamesScenariosThatThereAre) {
  const std::string bug =
      "- {id: a, stack: s, reference: r, broke: b, scenario: [textbook/x, regressions/y]}\n";
  EXPECT_EQ(unmatched(bug, {"regressions/y", "textbook/x", "textbook/z"}), "");
  EXPECT_EQ(unmatched(bug, {"regressions/y"}), "1: there is no scenario \"textbook/x\"\n");
}

TEST(BugsFile, LeavesNoRegressionWithoutABug) {
  const std::string bug =
      "- {id: a, stack: s, reference: r, broke: b, scenario: [regressions/y]}\n";
  EXPECT_EQ(unmatched(bug, {"regressions/x", "regressions/y"}), "0: no bug names regressions/x\n");
}

}  // namespace
}  // namespace tcprove::scenario
