#include "harness/scenario/unproven_file.hpp"

#include <gtest/gtest.h>

#include "harness/scenario/catalogue.hpp"
#include "harness/scenario/temporary_specs_fixture.hpp"

namespace tcprove::scenario {
namespace {

using Kind = Unproven::Kind;

Catalogue catalogue() {
  return Catalogue({{.id = "MUST-13", .level = "MUST"}, {.id = "MAY-5", .level = "MAY"}});
}

base::Result<UnprovenList> read(const std::string& text) {
  const TemporarySpecs specs;
  return load_unproven(specs.write("expected/unproven.yaml", text), catalogue());
}

std::string mistakes_in(const std::string& text) {
  const auto list = read(text);
  if (list.ok()) return "";
  std::string messages;
  for (const base::Diagnostic& diagnostic : list.error()) {
    messages += std::to_string(diagnostic.place.line) + ": " + diagnostic.message + "\n";
  }
  return messages;
}

TEST(UnprovenFile, SaysWhatIsNotProvenAndWhy) {
  const auto list = read(
      "- {scenario: 'a/b[ip=4]', passes: silence, reason: r}\n"
      "- {scenario: a, passes: faults, reason: s}\n"
      "- {requirement: MAY-5, reason: t}\n");
  ASSERT_TRUE(list.ok()) << base::to_string(list.error());
  const std::vector<Unproven>& entries = list.value().entries;
  ASSERT_EQ(entries.size(), 3U);
  EXPECT_EQ(entries[0].kind, Kind::Silence);
  EXPECT_EQ(entries[0].name, "a/b[ip=4]");
  EXPECT_EQ(entries[0].reason, "r");
  EXPECT_EQ(entries[0].place.line, 1);
  EXPECT_EQ(entries[1].kind, Kind::Faults);
  EXPECT_EQ(entries[2].kind, Kind::Requirement);
  EXPECT_EQ(entries[2].name, "MAY-5");
}

TEST(UnprovenFile, MayBeEmptyButIsAList) {
  EXPECT_EQ(mistakes_in("[]\n"), "");
  EXPECT_NE(mistakes_in("a: b\n"), "");
}

TEST(UnprovenFile, WantsItsKeysAndNoOther) {
  for (const char* text :
       {"- {scenario: a, reason: r}\n", "- {scenario: a, passes: silence}\n",
        "- {scenario: a, passes: everything, reason: r}\n", "- {passes: faults, reason: r}\n",
        "- {requirement: MAY-5, passes: faults, reason: r}\n", "- {requirement: MAY-5}\n",
        "- {requirement: MAY-5, scenario: a, reason: r}\n", "- text\n",
        "- {requirement: '', reason: r}\n", "- {scenario: a, passes: faults, reason: ''}\n"}) {
    EXPECT_NE(mistakes_in(text), "") << text;
  }
}

TEST(UnprovenFile, NamesRequirementsOfTheCatalogue) {
  EXPECT_EQ(mistakes_in("- {requirement: MUST-14, reason: r}\n"),
            "1: no requirement \"MUST-14\"\n");
}

TEST(UnprovenFile, ListsNothingTwice) {
  EXPECT_EQ(mistakes_in("- {scenario: a, passes: faults, reason: r}\n"
                        "- {scenario: a, passes: faults, reason: s}\n"),
            "2: \"a\" is listed twice\n");
  EXPECT_EQ(mistakes_in("- {scenario: a, passes: faults, reason: r}\n"
                        "- {scenario: a, passes: silence, reason: s}\n"),
            "");
}

TEST(UnprovenFile, SpeaksOfScenariosThatThereAre) {
  const auto list = read(
      "- {scenario: a/c, passes: faults, reason: r}\n"
      "- {scenario: a/b, passes: faults, reason: r}\n"
      "- {requirement: MAY-5, reason: r}\n");
  ASSERT_TRUE(list.ok());
  const std::vector<std::string> ids{"a/b[ip=4]", "a/b[ip=6]"};
  const base::Diagnostics unmatched = list.value().unmatched(ids);
  ASSERT_EQ(unmatched.size(), 1U);
  EXPECT_EQ(unmatched[0].place.line, 1);
  EXPECT_EQ(unmatched[0].message, "no scenario matches \"a/c\"");
}

}  // namespace
}  // namespace tcprove::scenario
