#include "harness/adapter/process/messages.hpp"

#include <gtest/gtest.h>

#include "harness/adapter/process/hex.hpp"

namespace tcprove::adapter::process {
namespace {

TEST(Hex, PassesAnyOctetsBothWays) {
  std::vector<std::uint8_t> all(256);
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = static_cast<std::uint8_t>(i);
  EXPECT_EQ(from_hex(to_hex(all)), all);
  EXPECT_EQ(to_hex(std::vector<std::uint8_t>{0x0a, 0xf1}), "0af1");
  EXPECT_EQ(from_hex("0AF1"), (std::vector<std::uint8_t>{0x0a, 0xf1}));
  EXPECT_EQ(from_hex(""), std::vector<std::uint8_t>());
  for (const char* const wrong : {"0", "0g", "zz", "\xff\xff"}) EXPECT_FALSE(from_hex(wrong));
}

std::string trouble(std::string_view line) {
  const auto answer = read_answer(line, 7);
  return answer ? answer.value().error : answer.error().message;
}

TEST(Answer, IsToTheRequestThatWasMade) {
  EXPECT_EQ(trouble(R"({"jsonrpc":"2.0","id":7,"result":{}})"), "");
  EXPECT_TRUE(trouble(R"({"jsonrpc":"2.0","id":6,"result":{}})")
                  .starts_with("the child answered out of turn: request 7 and not 6: "));
  EXPECT_TRUE(trouble(R"({"jsonrpc":"2.0","result":{}})").starts_with("the child answered out of"));
  for (const char* const no_rpc : {"", "hello", "[]", "7", R"({"id":7,"result":{}})", "{\"id\":"}) {
    EXPECT_TRUE(trouble(no_rpc).starts_with("the child's answer is no JSON-RPC 2.0: ")) << no_rpc;
  }
  EXPECT_TRUE(trouble(R"({"jsonrpc":"2.0","id":7,"result":[]})")
                  .starts_with("the child's answer has no object \"result\""));
}

TEST(Answer, MayBeAnErrorOrThatTheMethodIsNotKnown) {
  const auto unknown =
      read_answer(R"({"jsonrpc":"2.0","id":7,"error":{"code":-32601,"message":"no"}})", 7);
  ASSERT_TRUE(unknown);
  EXPECT_TRUE(unknown.value().unsupported);
  EXPECT_EQ(trouble(R"({"jsonrpc":"2.0","id":7,"error":{"code":1,"message":"no room"}})"),
            "no room");
  EXPECT_EQ(trouble(R"({"jsonrpc":"2.0","id":7,"error":{}})"), "an error without a message");
}

std::string call_trouble(const tcp::UserCall& call, const char* text) {
  const auto result = read_call(call, Json::parse(text));
  return result ? "" : result.error().message;
}

TEST(Call, IsReadWithoutTrust) {
  using tcp::CallKind;
  const std::vector<std::uint8_t> octets(3);
  std::vector<std::uint8_t> buffer(2);
  const tcp::UserCall send{.kind = CallKind::Send, .octets = octets};
  const tcp::UserCall receive{.kind = CallKind::Receive, .buffer = buffer};
  EXPECT_EQ(call_trouble(send, R"({"status":"ok","taken":3})"), "");
  EXPECT_NE(call_trouble(send, R"({"status":"ok","taken":4})"), "");
  EXPECT_NE(call_trouble(send, R"({"status":"ok","taken":-1})"), "");
  EXPECT_NE(call_trouble(send, R"({"status":"ok"})"), "");
  EXPECT_NE(call_trouble(send, R"({"status":"fine","taken":3})"), "");
  EXPECT_NE(call_trouble(send, R"({"status":7})"), "");
  EXPECT_EQ(call_trouble(receive, R"({"status":"ok","octets":"0102"})"), "");
  EXPECT_EQ(buffer, (std::vector<std::uint8_t>{1, 2}));
  EXPECT_NE(call_trouble(receive, R"({"status":"ok","octets":"010203"})"), "");
  EXPECT_NE(call_trouble(receive, R"({"status":"ok","octets":[1,2]})"), "");
  EXPECT_EQ(call_trouble(receive, R"({"status":"would-block"})"), "");
  EXPECT_NE(call_trouble({.kind = CallKind::Listen}, R"({"status":"ok","handle":0})"), "");
  EXPECT_NE(call_trouble({.kind = CallKind::Accept}, R"({"status":"ok","handle":1})"), "");
  EXPECT_NE(call_trouble({.kind = CallKind::Accept},
                         R"({"status":"ok","handle":1,"peer":{"address":"x","port":1}})"),
            "");
  EXPECT_NE(call_trouble({.kind = CallKind::Report}, R"({"status":"ok","report":"rain"})"), "");
}

TEST(Aftermath, IsReadWithoutTrust) {
  const auto read = [](const char* text) { return read_aftermath(Json::parse(text)); };
  EXPECT_FALSE(read("{}").value().deadline_known);
  EXPECT_TRUE(read(R"({"deadline_ns":null})").value().deadline_known);
  EXPECT_EQ(read(R"({"deadline_ns":5})").value().deadline, base::Duration(5));
  EXPECT_EQ(read(R"({"emitted":[{"at_ns":5,"packet":"45"}]})").value().emitted.size(), 1U);
  for (const char* const wrong :
       {R"({"deadline_ns":-1})", R"({"deadline_ns":"soon"})", R"({"emitted":{}})",
        R"({"emitted":[7]})", R"({"emitted":[{"at_ns":5}]})",
        R"({"emitted":[{"at_ns":-5,"packet":"45"}]})", R"({"emitted":[{"at_ns":5,"packet":""}]})",
        R"({"emitted":[{"at_ns":5,"packet":"4"}]})"}) {
    EXPECT_FALSE(read(wrong)) << wrong;
  }
}

TEST(Profile, NamesAStackAndWhatItClaims) {
  const auto trouble = [](const char* text) {
    const auto profile = read_profile(Json::parse(text));
    return profile ? "" : profile.error().message;
  };
  EXPECT_EQ(trouble(R"({"protocol":1,"name":"x","capabilities":["ipv4"],"msl_ns":5})"), "");
  EXPECT_EQ(trouble(R"({"protocol":2,"name":"x","capabilities":[]})"),
            "the child speaks protocol 2, and this tcprove speaks 1");
  EXPECT_EQ(trouble(R"({"protocol":1,"name":"x","capabilities":["ipv5"]})"),
            "it claims \"ipv5\", which tcprove does not know; did you mean \"ipv4\"?");
  EXPECT_NE(trouble(R"({"protocol":1,"capabilities":[]})"), "");
  EXPECT_NE(trouble(R"({"protocol":1,"name":"x"})"), "");
  EXPECT_NE(trouble(R"({"protocol":1,"name":"x","capabilities":[],"msl_ns":"long"})"), "");
}

}  // namespace
}  // namespace tcprove::adapter::process
