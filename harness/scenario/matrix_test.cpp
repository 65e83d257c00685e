#include "harness/scenario/matrix.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace tcprove::scenario {
namespace {

Variable variable(std::string name, std::vector<std::string> values) {
  return {.name = std::move(name), .place = {}, .values = std::move(values)};
}

std::vector<std::string> suffixes(const Matrix& matrix) {
  std::vector<std::string> all;
  for (std::size_t i = 0; i < matrix.count(); ++i) all.push_back(matrix.suffix(matrix.at(i)));
  return all;
}

TEST(Matrix, HasBothIpVersionsByDefault) {
  EXPECT_EQ(suffixes(Matrix{}), (std::vector<std::string>{"[ip=4]", "[ip=6]"}));
}

TEST(Matrix, NamesNothingThatDoesNotVary) {
  const Matrix matrix{.variables = {}, .ips = {wire::IpVersion::V6}, .ip_is_list = false};
  EXPECT_EQ(suffixes(matrix), (std::vector<std::string>{""}));
  EXPECT_EQ(matrix.at(0).ip, wire::IpVersion::V6);
}

TEST(Matrix, NamesRoleThenVariablesThenIp) {
  const Matrix matrix{.roles = {plan::Role::Passive, plan::Role::Active},
                      .role_is_list = true,
                      .variables = {variable("len", {"0", "1"}), variable("w", {"x"})}};
  const std::vector<std::string> all = suffixes(matrix);
  ASSERT_EQ(all.size(), 8U);
  EXPECT_EQ(all[0], "[role=passive,len=0,w=x,ip=4]");
  EXPECT_EQ(all[1], "[role=passive,len=0,w=x,ip=6]");
  EXPECT_EQ(all[2], "[role=passive,len=1,w=x,ip=4]");
  EXPECT_EQ(all[7], "[role=active,len=1,w=x,ip=6]");
}

TEST(Matrix, CountsNoFurtherThanItsLimit) {
  Matrix matrix;
  for (int i = 0; i < 8; ++i) {
    matrix.variables.push_back(variable("v", std::vector<std::string>(1000, "0")));
  }
  EXPECT_EQ(matrix.count(), kInstancesMax + 1);
}

TEST(Matrix, CombinesOnlyTheVariablesAsked) {
  const Matrix matrix{.variables = {variable("a", {"1", "2"}), variable("b", {"1", "2", "3"})}};
  EXPECT_EQ(matrix.combinations(0).size(), 1U);
  EXPECT_EQ(matrix.combinations(0b10).size(), 3U);
  EXPECT_EQ(matrix.combinations(0b11).size(), 6U);
}

}  // namespace
}  // namespace tcprove::scenario
