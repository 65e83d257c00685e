#include "harness/scenario/catalogue.hpp"

#include <algorithm>
#include <string>

#include <gtest/gtest.h>

#include "harness/scenario/temporary_specs_fixture.hpp"

namespace tcprove::scenario {
namespace {

TEST(Catalogue, OfTheProjectHasEveryNumberedRequirement) {
  const auto catalogue =
      load_catalogue(std::filesystem::path(TCPROVE_SOURCE_DIR) / "specs/catalogue");
  ASSERT_TRUE(catalogue.ok()) << base::to_string(catalogue.error());
  const auto has = [&](const std::string& label, int last) {
    for (int i = 1; i <= last; ++i) {
      EXPECT_NE(catalogue.value().find(label + std::to_string(i)), nullptr) << label << i;
    }
  };
  has("MUST-", 69);
  has("SHLD-", 31);
  has("MAY-", 18);
  has("REC-", 1);
  const Requirement* unlabelled = catalogue.value().find("3.10.7.4-unacceptable-draws-ack");
  ASSERT_NE(unlabelled, nullptr);
  EXPECT_EQ(unlabelled->section, "3.10.7.4");
  EXPECT_EQ(unlabelled->slug, "unacceptable-draws-ack");
  EXPECT_EQ(catalogue.value().find("MUST-70"), nullptr);
  EXPECT_EQ(catalogue.value().nearest("3.10.7.4-unaceptable-draws-ack"),
            "3.10.7.4-unacceptable-draws-ack");
}

TEST(Catalogue, SpeaksTheProjectsWords) {
  const auto catalogue =
      load_catalogue(std::filesystem::path(TCPROVE_SOURCE_DIR) / "specs/catalogue");
  ASSERT_TRUE(catalogue.ok());
  for (const Requirement& requirement : catalogue.value().all()) {
    const std::string all = requirement.slug + " " + requirement.text + " " + requirement.stimulus +
                            " " + requirement.expected;
    for (const char* word : {"tester", "client", "remote", "DUT", "SUT"}) {
      EXPECT_EQ(all.find(word), std::string::npos) << requirement.id << " says " << word;
    }
  }
}

class StrictCatalogue : public testing::Test {
 protected:
  /// The messages for a catalogue whose unlabelled requirements are `text`.
  [[nodiscard]] std::string mistakes(const std::string& text) const {
    specs_.write("catalogue/rfc9293.yaml", "[]\n");
    specs_.write("catalogue/companions.yaml", "[]\n");
    specs_.write("catalogue/unlabelled.yaml", text);
    const auto catalogue = load_catalogue(specs_.root() / "catalogue");
    std::string all;
    if (!catalogue) {
      for (const base::Diagnostic& d : catalogue.error()) all += d.message + "\n";
    }
    return all;
  }

  TemporarySpecs specs_;
};

TEST_F(StrictCatalogue, AcceptsSectionAndSlug) {
  EXPECT_EQ(mistakes("- {id: 3.4-x, level: MUST, section: '3.4', text: y}\n"), "");
}

TEST_F(StrictCatalogue, RefusesAnIdThatIsNotItsSectionAndASlug) {
  EXPECT_EQ(mistakes("- {id: 3.5-x, level: MUST, section: '3.4', text: y}\n"),
            "this id is its section and a slug: 3.4-…\n");
}

TEST_F(StrictCatalogue, RefusesAnIdGivenTwice) {
  EXPECT_EQ(mistakes("- {id: 3.4-x, level: MUST, section: '3.4', text: y}\n"
                     "- {id: 3.4-x, level: MAY, section: '3.4', text: z}\n"),
            "the id \"3.4-x\" is given twice\n");
}

TEST_F(StrictCatalogue, RefusesUnknownLevelsAndKeys) {
  EXPECT_EQ(mistakes("- {id: 3.4-x, level: Must, section: '3.4', text: y, txt: z}\n"),
            "level is MUST, MUST NOT, SHOULD, SHOULD NOT, MAY, RECOMMENDED, DESCRIPTIVE or "
            "INFORMATIONAL, not \"Must\"\na requirement has no key \"txt\"\n");
}

}  // namespace
}  // namespace tcprove::scenario
