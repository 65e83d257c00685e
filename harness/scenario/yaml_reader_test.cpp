#include "harness/scenario/yaml_reader.hpp"

#include <optional>
#include <string>

#include <gtest/gtest.h>

namespace tcprove::scenario {
namespace {

std::optional<Node> parse(const std::string& text) {
  const Source source("test.yaml", text);
  Problems problems(source);
  std::optional<Node> root = parse_yaml(source, problems);
  EXPECT_EQ(root.has_value(), problems.none()) << base::to_string(problems.take());
  return root;
}

/// Whether `text` is refused with a message; that it comes back at all is half of the claim.
bool refuses(const std::string& text) {
  const Source source("test.yaml", text);
  Problems problems(source);
  return !parse_yaml(source, problems) && !problems.take().empty();
}

std::string repeated(const std::string& part, std::size_t octets) {
  std::string text;
  while (text.size() + part.size() <= octets) text += part;
  return text;
}

TEST(YamlReader, ConvertsNothing) {
  const auto root = parse("a: 010\nb: yes\nc: ~\nd: 1e3\n");
  ASSERT_TRUE(root);
  EXPECT_EQ(root->entries.at(0).value.text, "010");
  EXPECT_EQ(root->entries.at(1).value.text, "yes");
  EXPECT_TRUE(root->entries.at(2).value.is_null());
  EXPECT_EQ(root->entries.at(3).value.text, "1e3");
}

TEST(YamlReader, KeepsRepeatedKeysInTheirOrder) {
  const auto root = parse("b: 1\na: 2\nb: 3\n");
  ASSERT_TRUE(root);
  ASSERT_EQ(root->entries.size(), 3U);
  EXPECT_EQ(root->entries[2].key.text, "b");
}

TEST(YamlReader, CountsPlacesFromOne) {
  const auto root = parse("a:\n  - b: c\n");
  ASSERT_TRUE(root);
  const Node& step = root->entries.at(0).value.items.at(0);
  EXPECT_EQ(step.entries.at(0).key.place, (base::Place{2, 5, 1}));
  EXPECT_EQ(step.entries.at(0).value.place, (base::Place{2, 8, 1}));
}

TEST(YamlReader, KnowsWhereATextStandsInItsLine) {
  const auto root = parse("a: plain text\nb: \"quoted\"\nc: \"es\\x41caped\"\nd: folded\n  text\n");
  ASSERT_TRUE(root);
  EXPECT_EQ(root->entries.at(0).value.text_column, 4);
  EXPECT_EQ(root->entries.at(1).value.text_column, 5);
  EXPECT_EQ(root->entries.at(2).value.text_column, 0) << "the escape shifts what follows";
  EXPECT_EQ(root->entries.at(3).value.text_column, 0);
  EXPECT_EQ(root->entries.at(3).value.text, "folded text");
}

TEST(YamlReader, KeepsDoubleQuotedTextAsWritten) {
  const auto root = parse("a: \"x\\xff\"\nb: 'x'\n");
  ASSERT_TRUE(root);
  EXPECT_EQ(root->entries.at(0).value.raw, "\"x\\xff\"");
  EXPECT_EQ(root->entries.at(1).value.quote, '\'');
  EXPECT_EQ(root->entries.at(1).value.raw, "");
}

TEST(YamlReader, PlacesAnEmptyValueAtItsKeyOrDash) {
  const auto root = parse("a:\nb:\n  -\n  - x\n");
  ASSERT_TRUE(root);
  EXPECT_EQ(root->entries.at(0).value.place, (base::Place{1, 1, 1}));
  EXPECT_EQ(root->entries.at(1).value.items.at(0).place, (base::Place{3, 3, 1}));
}

TEST(YamlReader, AcceptsAByteOrderMarkAndForeignLineEnds) {
  const auto root = parse(
      "\xef\xbb\xbf"
      "a: b\r\nc: d\r\n");
  ASSERT_TRUE(root);
  EXPECT_EQ(root->entries.at(0).key.place, (base::Place{1, 1, 1}));
  EXPECT_EQ(root->entries.at(1).value.text, "d");
}

TEST(YamlReader, NestsAsDeepAsTheLimit) {
  EXPECT_TRUE(parse(repeated("[", kYamlNestingMax) + repeated("]", kYamlNestingMax)));
  EXPECT_TRUE(refuses(repeated("[", kYamlNestingMax + 1) + repeated("]", kYamlNestingMax + 1)));
}

TEST(YamlReader, SurvivesNestingThatWouldOverflowTheStack) {
  for (const char* part : {"[", "{", "- ", "? ", "[a,", "{a: ", "[{a: b},", "{? ", "- - "}) {
    EXPECT_TRUE(refuses(repeated(part, kSourceOctetsMax))) << part;
  }
}

TEST(YamlReader, SurvivesFilesOfOneCharacter) {
  for (const char* part :
       {"!", "&a ", "*a ", "%",     "|",     ">",       "\"",   "'",  "#", "@", "`", "\t",
        ":", ": ",  "-",   "---\n", "...\n", "? a\n: ", "<<: ", "\\", "]", "}", ","}) {
    const Source source("test.yaml", repeated(part, kSourceOctetsMax));
    Problems problems(source);
    parse_yaml(source, problems);
  }
}

TEST(YamlReader, RefusesWhatExpands) {
  EXPECT_TRUE(refuses("a: &x 1\n"));
  EXPECT_TRUE(refuses("a: &x [1]\nb: *x\n"));
  EXPECT_TRUE(refuses("a: !!binary aGk=\n"));
  EXPECT_TRUE(refuses("a: !x b\n"));
}

TEST(YamlReader, RefusesWhatIsNotText) {
  EXPECT_TRUE(refuses(std::string("a: \0b\n", 6)));
  EXPECT_TRUE(refuses("a: \xff\n"));
  EXPECT_TRUE(refuses("a: \xc0\xaf\n")) << "overlong";
  EXPECT_TRUE(refuses("a: \xed\xa0\x80\n")) << "a surrogate";
  EXPECT_TRUE(
      refuses(std::string("\xff\xfe"
                          "a\0:\0",
                          6)))
      << "UTF-16";
  EXPECT_TRUE(parse("a: \xc3\xa9 \xe2\x82\xac \xf0\x9f\x90\xa2\n"));
}

TEST(YamlReader, RefusesMoreThanOneDocument) {
  EXPECT_TRUE(refuses("a: 1\n---\nb: 2\n"));
  EXPECT_TRUE(parse("---\na: 1\n"));
}

TEST(YamlReader, RefusesAFileBeyondTheLimit) {
  EXPECT_TRUE(parse("a: " + std::string(kSourceOctetsMax - 4, 'x') + "\n"));
  EXPECT_TRUE(refuses("a: " + std::string(kSourceOctetsMax - 3, 'x') + "\n"));
}

}  // namespace
}  // namespace tcprove::scenario
