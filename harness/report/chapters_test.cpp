#include "harness/report/chapters.hpp"

#include <gtest/gtest.h>

namespace tcprove::report {
namespace {

TEST(Chapters, StandInTheOrderOfTheTexts) {
  std::vector<CatalogueRow> catalogue;
  const auto add = [&catalogue](std::string id, std::string section) {
    catalogue.push_back({.id = std::move(id), .level = "MUST", .rules = {}});
    catalogue.back().section = std::move(section);
  };
  add("RFC7323-1", "2.2");
  add("MUST-2", "3.10.7.4");
  add("MUST-1", "3.10.7.3");
  add("RFC793-1", "1");
  add("MUST-3", "3.2");
  add("3.10.7.4-x", "3.10.7.4");
  std::string read;
  for (const Chapter& chapter : chapters_of(catalogue)) {
    read += chapter.name + " (" + chapter.title + "):";
    for (const std::size_t row : chapter.rows) read += " " + catalogue[row].id;
    read += "\n";
  }
  EXPECT_EQ(read,
            "RFC 9293 §3.2 (Options): MUST-3\n"
            "RFC 9293 §3.10 (Event processing): MUST-1 MUST-2 3.10.7.4-x\n"
            "RFC 793 (): RFC793-1\n"
            "RFC 7323 (Window scale and timestamps): RFC7323-1\n");
}

TEST(Rfc, IsThatOfTheIdOrElse9293) {
  EXPECT_EQ(rfc_of("RFC5961-2"), "5961");
  EXPECT_EQ(rfc_of("MUST-13"), "9293");
}

}  // namespace
}  // namespace tcprove::report
