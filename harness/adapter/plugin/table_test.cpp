#include "harness/adapter/plugin/table.hpp"

#include <gtest/gtest.h>

namespace tcprove::adapter::plugin {
namespace {

tcprove_adapter whole() {
  return {.struct_size = sizeof(tcprove_adapter),
          .abi_version = TCPROVE_ABI_VERSION,
          .name = "mine",
          .version = "2",
          .capabilities = "ipv4",
          .reset = [](void*, const tcprove_reset*) -> const char* { return nullptr; },
          .deliver = [](void*, const std::uint8_t*, std::size_t) {},
          .call = [](void*, const tcprove_call*, tcprove_answer*) { return 0; },
          .advance = [](void*, std::uint64_t) {}};
}

std::string trouble(const tcprove_adapter& offered) {
  const auto table = read_table(offered);
  if (!table) return table.error().message;
  const auto profile = read_profile(table.value());
  return profile ? "" : profile.error().message;
}

TEST(Table, IsReadWhole) {
  const auto profile = read_profile(whole());
  ASSERT_TRUE(profile) << profile.error().message;
  EXPECT_EQ(profile.value().name, "mine");
  EXPECT_EQ(profile.value().version, "2");
  EXPECT_TRUE(profile.value().capabilities.has(tcp::Capability::Ipv4));
  EXPECT_EQ(profile.value().msl, std::chrono::minutes(2));
  EXPECT_EQ(profile.value().initial_rto, std::chrono::seconds(1));
}

TEST(Table, OfAnotherAbiVersionIsRefusedWithBothNumbers) {
  tcprove_adapter other = whole();
  other.abi_version = 7;
  EXPECT_EQ(trouble(other),
            "it was built for abi_version 7, and this tcprove speaks 1: build it with this "
            "tcprove's tcprove_adapter.h");
}

TEST(Table, ThatIsTooShortIsRefusedAndOneThatIsLongerIsNot) {
  tcprove_adapter short_one = whole();
  short_one.struct_size = 16;
  EXPECT_TRUE(trouble(short_one).starts_with("the struct_size of its table is 16, and"));
  tcprove_adapter long_one = whole();
  long_one.struct_size += 64;  // Of a later header: what we do not know is not read.
  EXPECT_EQ(trouble(long_one), "");
}

TEST(Table, NeedsItsFourFunctions) {
  tcprove_adapter deaf = whole();
  deaf.deliver = nullptr;
  EXPECT_EQ(trouble(deaf), "its deliver() is null");
}

TEST(Table, HoldsNoClaimThatNothingStandsBehind) {
  tcprove_adapter claims = whole();
  claims.capabilities = "ipv4 introspection";
  EXPECT_EQ(trouble(claims), "it claims \"introspection\", and its state() is null");
  claims.capabilities = "set-iss";
  EXPECT_EQ(trouble(claims), "it claims \"set-iss\", and its set_iss() is null");
  claims.capabilities = "wings";
  EXPECT_EQ(trouble(claims), "it claims \"wings\", which tcprove does not know");
}

TEST(Table, TellsTimesAndANameOrIsRefused) {
  tcprove_adapter timed = whole();
  timed.msl_ns = 30'000'000'000;
  timed.delayed_ack_max_ns = 200'000'000;
  const auto profile = read_profile(timed);
  ASSERT_TRUE(profile);
  EXPECT_EQ(profile.value().msl, std::chrono::seconds(30));
  EXPECT_EQ(profile.value().delayed_ack_max, std::chrono::milliseconds(200));
  timed.msl_ns = UINT64_MAX;
  EXPECT_EQ(trouble(timed), "its msl_ns of 18446744073709551615 ns is longer than 73 years");
  tcprove_adapter nameless = whole();
  nameless.name = nullptr;
  EXPECT_EQ(trouble(nameless), "its stack has no name");
}

TEST(Endpoint, PassesTheAbiUnchanged) {
  for (const char* const text : {"192.0.2.1", "2001:db8::1"}) {
    const wire::Endpoint endpoint{.address = *wire::parse_address(text), .port = 40000};
    EXPECT_EQ(from_c(to_c(endpoint)), endpoint) << text;
  }
}

}  // namespace
}  // namespace tcprove::adapter::plugin
