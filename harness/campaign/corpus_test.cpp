#include "harness/campaign/corpus.hpp"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "harness/campaign/corpus_folder.hpp"

namespace tcprove::campaign {
namespace {

namespace fs = std::filesystem;

tcp::AnsweredCells answers(std::initializer_list<std::size_t> indices) {
  tcp::AnsweredCells set;
  for (const std::size_t index : indices) set.add(index);
  return set;
}

TEST(Corpus, TakesWhatShowsSomethingNew) {
  Corpus corpus;
  EXPECT_TRUE(corpus.add({1, 2, 3}, answers({1, 2})));
  EXPECT_FALSE(corpus.add({4}, answers({2})));
  EXPECT_TRUE(corpus.add({5}, answers({2, 3})));
  EXPECT_EQ(corpus.covered(), answers({1, 2, 3}));
}

TEST(Corpus, MinimizedCoversTheSameWithShorterPlans) {
  Corpus corpus;
  corpus.add({1, 2, 3}, answers({1}));
  corpus.add({1, 2}, answers({1, 2}));
  corpus.add({9}, answers({3}));
  corpus.minimize();
  ASSERT_EQ(corpus.entries().size(), 2U);
  EXPECT_EQ(corpus.entries().front().octets, OctetVector{9});
  EXPECT_EQ(corpus.covered(), answers({1, 2, 3}));
}

TEST(NextPlan, IsAFunctionOfSeedAndExecution) {
  Corpus corpus;
  corpus.add(OctetVector(100, 7), answers({1}));
  EXPECT_EQ(next_plan(corpus, 1, 5), next_plan(corpus, 1, 5));
  EXPECT_NE(next_plan(corpus, 1, 5), next_plan(corpus, 1, 6));
  EXPECT_NE(next_plan(corpus, 1, 5), next_plan(corpus, 2, 5));
}

class CorpusFolder : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "corpus-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override { fs::remove_all(folder_); }

  void put(const char* name, std::string_view octets) const {
    std::ofstream(folder_ / name, std::ios::binary) << octets;
  }
  [[nodiscard]] std::size_t files() const {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(folder_), fs::directory_iterator()));
  }

  fs::path folder_;
};

TEST_F(CorpusFolder, IsReadShortestFirstAndOnce) {
  put("b", "22");
  put("a", "333");
  put("c", "22");
  put("d.part", "1");
  EXPECT_EQ(read_plans(folder_), (std::vector<OctetVector>{{'2', '2'}, {'3', '3', '3'}}));
  EXPECT_TRUE(read_plans(folder_ / "none").empty());
}

TEST_F(CorpusFolder, HoldsTheCorpusAndWhatOthersPutThere) {
  put("old", "old");
  put("kept", "kept");
  const auto read = read_plans(folder_);
  std::set<OctetVector> held(read.begin(), read.end());
  put("foreign", "foreign");
  Corpus corpus;
  corpus.add({'k', 'e', 'p', 't'}, answers({1}));
  corpus.add({'n', 'e', 'w'}, answers({2}));
  EXPECT_EQ(write_corpus(folder_, corpus, held), "");
  EXPECT_EQ(files(), 3U);
  EXPECT_FALSE(fs::exists(folder_ / "old"));
  EXPECT_TRUE(fs::exists(folder_ / "foreign"));
  EXPECT_EQ(write_corpus(folder_, corpus, held), "");
  EXPECT_EQ(files(), 3U);
}

}  // namespace
}  // namespace tcprove::campaign
