#include "harness/scenario/expr_parser.hpp"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "harness/scenario/duration_literal.hpp"

namespace tcprove::scenario {
namespace {

using plan::Symbol;

plan::Expr number(std::string_view text) {
  const base::Result<plan::Expr> expr = parse_number_text(text);
  if (!expr) ADD_FAILURE() << base::to_string(expr.error());
  return expr ? expr.value() : plan::Expr{};
}

std::int64_t nanoseconds(std::string_view text) {
  const base::Result<plan::Expr> expr = parse_duration_text(text);
  if (!expr) ADD_FAILURE() << base::to_string(expr.error());
  return expr ? expr.value().constant : -1;
}

/// The first message, and the columns that it underlines: `3+2 message`.
std::string mistake(const base::Result<plan::Expr>& expr) {
  if (expr) return "none";
  const base::Diagnostic& first = expr.error().front();
  return std::to_string(first.place.column) + "+" + std::to_string(first.place.width) + " " +
         first.message;
}

TEST(NumberParser, ReadsDecimalAndHexadecimal) {
  EXPECT_EQ(number("17"), (plan::Expr{.constant = 17, .terms = {}}));
  EXPECT_EQ(number("0x11"), number("17"));
  EXPECT_EQ(number("0"), (plan::Expr{}));
  EXPECT_EQ(number("4294967295").constant, 4294967295);
}

TEST(NumberParser, DoesNotTakeALeadingZeroForOctal) {
  EXPECT_EQ(mistake(parse_number_text("010")),
            "1+3 a number does not begin with 0, but a hexadecimal one with 0x");
}

TEST(NumberParser, ReadsSumsOfSymbolsAndNumbers) {
  const plan::Expr expr = number("RCV.NXT+RCV.WND-1");
  EXPECT_EQ(expr.constant, -1);
  ASSERT_EQ(expr.terms.size(), 2U);
  EXPECT_EQ(expr.terms[0], (plan::Expr::Term{1, 1, Symbol::RcvNxt}));
  EXPECT_EQ(expr.terms[1], (plan::Expr::Term{1, 1, Symbol::RcvWnd}));
}

TEST(NumberParser, ReadsFactorsDivisorsAndSigns) {
  const plan::Expr expr = number("-2*SND.UNA+3*SND.WND/4");
  ASSERT_EQ(expr.terms.size(), 2U);
  EXPECT_EQ(expr.terms[0], (plan::Expr::Term{-2, 1, Symbol::SndUna}));
  EXPECT_EQ(expr.terms[1], (plan::Expr::Term{3, 4, Symbol::SndWnd}));
}

TEST(NumberParser, FoldsConstants) {
  EXPECT_EQ(number("1460+2").constant, 1462);
  EXPECT_EQ(number("2*3-10/3").constant, 3) << "a quotient is cut";
}

TEST(NumberParser, TakesTheSignOfAVariablesValue) {
  EXPECT_EQ(number("5+-1").constant, 4);
  EXPECT_EQ(number("5--1").constant, 6);
}

TEST(NumberParser, PointsAtWhatIsWrong) {
  EXPECT_EQ(mistake(parse_number_text("1+SND.NTX")), "3+7 \"SND.NTX\" is no symbol");
  EXPECT_EQ(mistake(parse_number_text("1+msl")), "3+3 msl is a duration, not a number");
  EXPECT_EQ(mistake(parse_number_text("1+2s")),
            "3+2 a number is a number, not the duration \"2s\"");
  EXPECT_EQ(mistake(parse_number_text("1+")), "3+1 a number is missing here");
  EXPECT_EQ(mistake(parse_number_text("1 +2")), "2+1 the expression ends before this");
  EXPECT_EQ(mistake(parse_number_text("SND.WND/0")), "9+1 a divisor is from 1 to 4294967295");
  EXPECT_EQ(mistake(parse_number_text("4294967296")), "1+10 a number is from 0 to 4294967295");
}

TEST(NumberParser, RefusesWhatOverflows) {
  EXPECT_EQ(mistake(parse_number_text("4294967295+1")), "1+12 a number is at most 4294967295");
  EXPECT_EQ(mistake(parse_number_text("4294967295*4294967295")),
            "1+21 a number is at most 4294967295");
}

TEST(NumberParser, LimitsTheSymbolsOfAnExpression) {
  std::string text = "ISS";
  for (std::size_t i = 1; i < kTermsMax; ++i) text += "+ISS";
  EXPECT_EQ(number(text).terms.size(), kTermsMax);
  EXPECT_EQ(mistake(parse_number_text(text + "+ISS")), "1+67 an expression has at most 16 symbols");
}

TEST(DurationParser, KnowsEveryUnit) {
  EXPECT_EQ(nanoseconds("3ns"), 3);
  EXPECT_EQ(nanoseconds("3us"), 3'000);
  EXPECT_EQ(nanoseconds("3ms"), 3'000'000);
  EXPECT_EQ(nanoseconds("3s"), 3'000'000'000);
  EXPECT_EQ(nanoseconds("3min"), 180'000'000'000);
  EXPECT_EQ(nanoseconds("3h"), 10'800'000'000'000);
}

TEST(DurationParser, ReadsExactFractionsOnly) {
  EXPECT_EQ(nanoseconds("1.5s"), 1'500'000'000);
  EXPECT_EQ(nanoseconds("0.000000001s"), 1);
  EXPECT_EQ(nanoseconds("0.5min"), 30'000'000'000);
  EXPECT_EQ(mistake(parse_duration_text("0.0000000001s")),
            "1+13 time is counted in whole nanoseconds");
  EXPECT_EQ(mistake(parse_duration_text("1.00000000001s")),
            "1+14 time is counted in whole nanoseconds");
}

TEST(DurationParser, AllowsBlanksAroundItsOperators) {
  const base::Result<plan::Expr> expr = parse_duration_text("2*msl - 1s");
  ASSERT_TRUE(expr.ok());
  EXPECT_EQ(expr.value().constant, -1'000'000'000);
  ASSERT_EQ(expr.value().terms.size(), 1U);
  EXPECT_EQ(expr.value().terms[0], (plan::Expr::Term{2, 1, Symbol::Msl}));
  EXPECT_EQ(parse_duration_text("2*msl-1s").value(), expr.value());
}

TEST(DurationParser, ReadsTheNameWithAMinusInIt) {
  const base::Result<plan::Expr> expr = parse_duration_text("delayed-ack-1ms");
  ASSERT_TRUE(expr.ok());
  EXPECT_EQ(expr.value().terms[0].symbol, Symbol::DelayedAck);
  EXPECT_EQ(expr.value().constant, -1'000'000);
}

TEST(DurationParser, RefusesWhatIsNegativeForSure) {
  EXPECT_EQ(mistake(parse_duration_text("1s-2s")), "1+5 a duration is not negative");
  EXPECT_TRUE(parse_duration_text("rto-2s").ok()) << "the stack's RTO may be longer";
}

TEST(DurationParser, StopsAtTenYears) {
  EXPECT_EQ(nanoseconds("87600h"), kDurationMax.count());
  EXPECT_EQ(mistake(parse_duration_text("87600h+1ns")), "1+10 a duration is at most 10 years");
  EXPECT_EQ(mistake(parse_duration_text("87601h")), "1+6 a duration is at most 10 years");
  EXPECT_EQ(mistake(parse_duration_text("1000001*msl")), "1+11 a factor is at most 1000000");
}

}  // namespace
}  // namespace tcprove::scenario
