#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "harness/scenario/loader.hpp"
#include "harness/scenario/schema_validator.hpp"
#include "harness/scenario/temporary_specs_fixture.hpp"
#include "harness/tcp/capability.hpp"
#include "harness/tcp/state.hpp"
#include "harness/tcp/user_call.hpp"
#include "harness/wire/icmp.hpp"

namespace tcprove::scenario {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

const fs::path kSpecs = fs::path(TCPROVE_SOURCE_DIR) / "specs";

json schema() {
  std::ifstream in(kSpecs / "scenario.schema.json");
  return json::parse(in);
}

std::string mistakes(const std::string& yaml) {
  const Source source("test.yaml", yaml);
  Problems problems(source);
  const std::optional<Node> root = parse_yaml(source, problems);
  if (!root) return base::to_string(problems.take());
  static const SchemaValidator kValidator(schema());
  std::string all;
  for (const std::string& mistake : kValidator.mistakes(to_json(*root))) {
    all += mistake + "\n";
  }
  return all;
}

TEST(Schema, AcceptsEveryScenarioAndFragment) {
  for (const auto& entry : fs::recursive_directory_iterator(kSpecs)) {
    const fs::path top = *entry.path().lexically_relative(kSpecs).begin();
    if (entry.path().extension() != ".yaml" || top == "catalogue" || top == "expected" ||
        top == "state-event") {
      continue;
    }
    const auto source = read_source(entry.path());
    ASSERT_TRUE(source.ok()) << base::to_string(source.error());
    EXPECT_EQ(mistakes(source.value()->text()), "") << entry.path();
  }
}

/// Uses all of the language, so that the schema cannot lag behind.
constexpr const char* kEverything = R"(
covers: [MUST-13, RFC5961-2, 3.10.7.4-unacceptable-draws-ack]
role: [passive, active]
given: ESTABLISHED
needs: [user-close, introspection]
with: {dscp: [0, 46], len: [0, 1460], flags: ["FIN,ACK", ACK], iss: 0xfffffff0}
ip: [4, 6]
iss: {stack: 0xffffffff, peer: "${iss}"}
numbers: absolute
peer: {wnd: 100, options: "<mss 536, wscale 7>"}
connections: {a: {}, b: {stack-port: 8, peer-port: 50000}, c: }
steps:
  - send: ${flags} seq=RCV.NXT+1 ack=1 len=${len} wnd=0 up=5 options=<kind 254 00ff length 9>
  - lose: SYN checksum=bad offset=4 reserved=5 truncate=12 ip-length=20
  - duplicate: ACK data="a \"b\" \x41"
  - reorder: {sent: [ACK len=1, "FIN,ACK"], arrive: [2, 1]}
  - call: listen
  - call: send 1000
    on: b
  - call: send "octets"
  - call: receive ${len}
  - call: close
    result: [reset, no-connection]
  - receive: 1000
  - receive: "octets"
  - receive: end-of-stream
  - wait: 2*msl - 1s
  - wait: 1.5s+rto/2
  - expect: SYN,ACK seq=0 wnd>=1 within 1s..2*rto
    lost: true
  - expect: nothing for 500ms
  - exactly: RST seq=0 len>=1 options=<mss *>
  - one-of: [{expect: RST}, {exactly: ACK, lost: false}, {expect: nothing for 1s}]
  - state: FIN-WAIT-1
  - state: [CLOSED, LISTEN]
  - send: ACK ttl=1 dscp=46 ecn=ce from=multicast to=broadcast ip-options=<kind 7 04, kind 30>
  - send: ICMP net-unreachable seq=SND.UNA-1
  - send: ICMP fragmentation-needed mtu=1000
  - expect: ACK ttl=7 dscp=0 ecn=none
  - call: set keep-alive on
  - call: set user-timeout 2*msl - 1s
  - call: set dscp ${dscp}
  - call: send 10 urgent
  - call: listen from=unspecified
  - call: connect from=stack to=multicast
  - report: icmp-error
  - report: nothing
  - report: any
  - urgent: pending
  - urgent: any
)";

TEST(Schema, AcceptsAllOfTheLanguage) { EXPECT_EQ(mistakes(kEverything), ""); }

TEST(Schema, AcceptsAllOfTheLanguageThatTheLoaderDoes) {
  const TemporarySpecs specs;
  specs.write("fragments/ESTABLISHED.yaml", "passive: []\nactive: []\n");
  const auto scenario = Loader({.specs_root = specs.root()}).read(kEverything, "test.yaml");
  EXPECT_TRUE(scenario.ok()) << base::to_string(scenario.error());
}

TEST(Schema, AcceptsFragments) {
  EXPECT_EQ(mistakes("given: LISTEN\npassive: []\nactive:\n  - call: connect\n"), "");
  EXPECT_NE(mistakes("given: LISTEN\npassive: []\nneeds: [user-close]\n"), "");
}

TEST(Schema, RefusesWhatIsWrong) {
  const std::string steps = "steps: [expect: ACK]\n";
  for (const std::string& wrong : std::vector<std::string>{
           std::string("role: passive\n"),
           std::string("steps: []\n"),
           "cover: [MUST-1]\n" + steps,
           "covers: [MUST]\n" + steps,
           "role: server\n" + steps,
           "ip: 5\n" + steps,
           "needs: [introspect]\n" + steps,
           "iss: {stack: 4294967296}\n" + steps,
           "peer: {options: mss 1460}\n" + steps,
           "with: {Len: [1]}\n" + steps,
           "connections: {a: {port: 7}}\n" + steps,
           std::string("steps: [{send: ACK, expect: ACK}]\n"),
           std::string("steps: [{on: a}]\n"),
           std::string("steps: [expect: AKC]\n"),
           std::string("steps: [expect: ACK sqe=1]\n"),
           std::string("steps: [expect: ACK checksum=bad]\n"),
           std::string("steps: [expect: ACK len>=1]\n"),
           std::string("steps: [send: ACK wnd>=1]\n"),
           std::string("steps: [{send: ACK, lost: true}]\n"),
           std::string("steps: [{expect: ACK, result: ok}]\n"),
           std::string("steps: [call: lisen]\n"),
           std::string("steps: [call: set nagle on]\n"),
           std::string("steps: [call: send 5 urgently]\n"),
           std::string("steps: [expect: ACK from=stack]\n"),
           std::string("steps: [send: ICMP host-unreachable code=1]\n"),
           std::string("steps: [send: ICMP unreachable]\n"),
           std::string("steps: [expect: ICMP net-unreachable]\n"),
           std::string("steps: [report: soft-error]\n"),
           std::string("steps: [urgent: yes]\n"),
           std::string("steps: [wait: 500]\n"),
           std::string("steps: [wait: 5 sec]\n"),
           std::string("steps: [state: FIN-WAIT1]\n"),
           std::string("steps: [expect: nothing]\n"),
           std::string("steps: [reorder: {sent: [ACK]}]\n"),
       }) {
    EXPECT_NE(mistakes(wrong), "") << wrong;
  }
}

template <std::size_t N>
std::vector<std::string> words(const std::array<std::string_view, N>& names, std::size_t count) {
  return {names.begin(), names.begin() + static_cast<std::ptrdiff_t>(count)};
}

TEST(Schema, NamesTheSameWordsAsTheCode) {
  const json definitions = schema().at("definitions");
  EXPECT_EQ(definitions["capability"]["enum"],
            json(words(tcp::kCapabilityNames, tcp::kCapabilityCount)));
  EXPECT_EQ(definitions["state"]["anyOf"][0]["enum"],
            json(words(tcp::kStateNames, tcp::kStateCount)));
  EXPECT_EQ(definitions["answer"]["anyOf"][0]["enum"],
            json(words(tcp::kCallStatusNames, tcp::kCallStatusCount - 1)))
      << "all but unsupported, which is no answer of a stack";
  const json step = schema()["definitions"]["step"]["properties"];
  std::vector<std::string> reports = words(tcp::kReportNames, tcp::kReportCount);
  reports.insert(reports.end(), {"nothing", "any"});
  EXPECT_EQ(step["report"]["anyOf"][0]["enum"], json(reports));
  const std::string call = step["call"]["pattern"];
  const std::string icmp = definitions["icmp-error"]["pattern"];
  for (const auto& option : tcp::kUserOptions) {
    EXPECT_TRUE(call.find(option.name) != std::string::npos) << option.name;
  }
  for (const auto& error : wire::kIcmpErrorNames) {
    EXPECT_TRUE(icmp.find(error) != std::string::npos) << error;
  }
}

}  // namespace
}  // namespace tcprove::scenario
