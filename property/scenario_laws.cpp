#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "harness/plan/expr.hpp"
#include "harness/scenario/duration_literal.hpp"
#include "harness/scenario/expr_parser.hpp"
#include "harness/scenario/loader.hpp"
#include "harness/scenario/option_parser.hpp"
#include "harness/wire/options.hpp"
#include "property/arbitrary_wire.hpp"

namespace tcprove::scenario {
namespace {

using wire::OctetVector;

/// An expression whose symbols are all times, or all not.
plan::Expr arbitrary_expr(bool duration, std::int64_t constant_max, std::int64_t factor_max) {
  plan::Expr expr;
  expr.constant = *rc::gen::inRange(-constant_max, constant_max + 1);
  const auto count = *rc::gen::inRange<std::size_t>(0, kTermsMax + 1);
  const auto is_wanted = [duration](plan::Symbol s) { return plan::is_time(s) == duration; };
  const auto symbols = rc::gen::suchThat(
      rc::gen::map(rc::gen::inRange(0, 12), [](int i) { return static_cast<plan::Symbol>(i); }),
      is_wanted);
  for (std::size_t i = 0; i < count; ++i) {
    expr.terms.push_back({.coefficient = *rc::gen::inRange(-factor_max, factor_max + 1),
                          .divisor = *rc::gen::inRange<std::int64_t>(1, kNumberMax + 1),
                          .symbol = *symbols});
  }
  return expr;
}

RC_GTEST_PROP(ScenarioLaws, ANumberIsReadAsItIsPrinted, ()) {
  const plan::Expr expr = arbitrary_expr(false, kNumberMax, kNumberMax);
  const base::Result<plan::Expr> read = parse_number_text(plan::to_string(expr));
  RC_ASSERT(read.ok());
  RC_ASSERT(read.value() == expr);
}

RC_GTEST_PROP(ScenarioLaws, ADurationIsReadAsItIsPrinted, ()) {
  plan::Expr expr = arbitrary_expr(true, kDurationMax.count(), kTimeFactorMax);
  // Without symbols a negative one is refused.
  if (expr.is_constant() && expr.constant < 0) expr.constant = -expr.constant;
  const base::Result<plan::Expr> read = parse_duration_text(plan::duration_to_string(expr));
  RC_ASSERT(read.ok());
  RC_ASSERT(read.value() == expr);
}

/// Options whose spelling is their own, and their octets.
OctetVector arbitrary_options() {
  OctetVector octets;
  for (int count = *rc::gen::inRange(0, 4); count > 0; --count) {
    const auto data = *rc::gen::arbitrary<OctetVector>();
    switch (*rc::gen::inRange(0, 6)) {
      case 0:
        append(wire::NoOperation{}, octets);
        break;
      case 1:
        append(wire::MaximumSegmentSize{*rc::gen::arbitrary<std::uint16_t>()}, octets);
        break;
      case 2:
        append(wire::WindowScale{*rc::gen::arbitrary<std::uint8_t>()}, octets);
        break;
      case 3:
        append(wire::SackPermitted{}, octets);
        break;
      case 4:
        append(wire::Timestamps{*rc::gen::arbitrary<std::uint32_t>(),
                                *rc::gen::arbitrary<std::uint32_t>()},
               octets);
        break;
      default:
        append(wire::UnknownOption{.kind = *rc::gen::inRange<std::uint8_t>(100, 255),
                                   .data = wire::Octets(data).first(
                                       std::min<std::size_t>(data.size(), 8))},
               octets);
    }
  }
  return octets;
}

RC_GTEST_PROP(ScenarioLaws, OptionsAreReadAsTheyArePrinted, ()) {
  const OctetVector octets = arbitrary_options();
  const std::string text = "<" + wire::options_to_string(octets, wire::SeqNum{}) + ">";
  const Source source("options", text);
  const Phrase phrase(text);
  Problems problems(source);
  Cursor cursor(phrase, problems);
  const auto options = parse_options(cursor, SegmentUse::Sent);
  RC_ASSERT(options.has_value());
  OctetVector read;
  for (const plan::OptionText& option : *options) {
    read.push_back(option.kind);
    if (option.kind <= 1) continue;
    read.push_back(static_cast<std::uint8_t>(option.data.size() + 2));
    read.insert(read.end(), option.data.begin(), option.data.end());
  }
  RC_ASSERT(read == octets);
  RC_ASSERT(octets_of(*options) == octets.size());
}

constexpr const char* kScenario = R"(# A claim.
covers: [MUST-13]
role: [passive, active]
with: {len: [0, 1460], flags: ["FIN,ACK", ACK]}
iss: {stack: 0xffffffff, peer: 7}
peer: {wnd: 100, options: "<mss 536, wscale 7>"}
connections: {a: {}, b: {stack-port: 8, peer-port: 50000}}
steps:
  - send: ${flags} seq=RCV.NXT+1 ack=1 len=${len} options=<kind 254 00ff length 9>
  - reorder: {sent: [ACK len=1, "FIN,ACK"], arrive: [2, 1]}
  - call: send "oct\x41ets"
    result: [reset, no-connection]
  - receive: "octets"
  - wait: 2*msl - 1s
  - expect: SYN,ACK seq=0 wnd>=1 within 1s..2*rto
  - one-of: [{expect: RST}, {expect: nothing for 1s}]
  - state: [CLOSED, LISTEN]
)";

/// Whether what the author is told can be found in what he wrote.
bool places_are_in(const std::string& text, const base::Diagnostics& diagnostics) {
  const Source source("law.yaml", text);
  for (const base::Diagnostic& d : diagnostics) {
    if (d.place.line == 0) continue;
    const std::string_view line = source.line(d.place.line);
    // One column past the end points at what is missing there.
    if (d.place.column < 1 || d.place.width < 1) return false;
    if (static_cast<std::size_t>(d.place.column) > line.size() + 1) return false;
  }
  return true;
}

RC_GTEST_PROP(ScenarioLaws, ADamagedScenarioIsReadOrItsMistakesHavePlaces, ()) {
  std::string text = kScenario;
  for (int times = *rc::gen::inRange(1, 6); times > 0; --times) {
    const auto at = *rc::gen::inRange<std::size_t>(0, text.size());
    const std::string part = *rc::gen::oneOf(
        rc::gen::container<std::string>(rc::gen::inRange(' ', '\x7f')),
        rc::gen::element<std::string>("\n", "  ", "${", "}", "]", "\"", ": ", " #", "- ", "<", ",",
                                      "*", "&a ", "0", "within", "${len}", "\xff"));
    text.replace(at, *rc::gen::inRange<std::size_t>(0, 10), part);
  }
  const base::Result<Scenario> scenario = Loader({.specs_root = {}}).read(text, "law.yaml");
  if (!scenario) {
    RC_ASSERT(!scenario.error().empty());
    RC_ASSERT(places_are_in(text, scenario.error()));
    return;
  }
  // What was accepted compiles in every instance.
  for (const Instance& instance : scenario.value().instances) {
    RC_ASSERT(!scenario.value().plan(instance).steps.empty());
  }
}

RC_GTEST_PROP(ScenarioLaws, AnyOctetsAreReadOrRefused, (const std::string& octets)) {
  const base::Result<Scenario> scenario = Loader({.specs_root = {}}).read(octets, "law.yaml");
  RC_ASSERT(scenario.ok() || places_are_in(octets, scenario.error()));
}

}  // namespace
}  // namespace tcprove::scenario
