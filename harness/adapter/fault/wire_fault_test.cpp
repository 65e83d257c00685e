#include "harness/adapter/fault/wire_fault.hpp"

#include <fstream>
#include <set>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace tcprove::adapter::fault {
namespace {

TEST(WireFaults, BreakARequirementOfTheCatalogue) {
  std::set<std::string> ids;
  for (const char* name : {"rfc9293", "companions", "unlabelled"}) {
    std::ifstream file(fmt::format(TCPROVE_SOURCE_DIR "/specs/catalogue/{}.yaml", name));
    constexpr std::string_view kId = "- id: ";
    for (std::string line; std::getline(file, line);) {
      if (line.starts_with(kId)) ids.insert(line.substr(kId.size()));
    }
  }
  for (const WireFault& fault : wire_faults()) {
    EXPECT_TRUE(ids.contains(std::string(fault.named.requirement))) << fault.named.requirement;
  }
}

TEST(WireFaults, SpoilSomethingAndSayItInASentence) {
  for (const WireFault& fault : wire_faults()) {
    EXPECT_TRUE(fault.emission != nullptr || fault.arrival != nullptr) << fault.named.name;
    EXPECT_TRUE(fault.named.summary.ends_with('.')) << fault.named.name;
    EXPECT_EQ(find_wire_fault(fault.named.name), &fault);
  }
  EXPECT_EQ(find_wire_fault("none"), nullptr);
}

}  // namespace
}  // namespace tcprove::adapter::fault
