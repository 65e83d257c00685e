#include "harness/plan/expr.hpp"

#include <array>
#include <limits>

#include <gtest/gtest.h>

namespace tcprove::plan {
namespace {

constexpr std::int64_t kLeast = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kSecond = 1'000'000'000;

constexpr std::array kAllSymbols{Symbol::SndUna, Symbol::SndNxt,     Symbol::SndWnd,
                                 Symbol::Iss,    Symbol::RcvNxt,     Symbol::RcvWnd,
                                 Symbol::Irs,    Symbol::PeerNxt,    Symbol::Msl,
                                 Symbol::Rto,    Symbol::DelayedAck, Symbol::Timer};

/// Every symbol has the same value.
class Everywhere : public SymbolValues {
 public:
  explicit Everywhere(std::int64_t value) : value_(value) {}
  [[nodiscard]] std::int64_t value(Symbol) const override { return value_; }

 private:
  std::int64_t value_;
};

/// RCV.NXT is 100, RCV.WND 4000, msl two minutes, all others 0.
class Known : public SymbolValues {
 public:
  [[nodiscard]] std::int64_t value(Symbol symbol) const override {
    if (symbol == Symbol::RcvNxt) return 100;
    if (symbol == Symbol::RcvWnd) return 4000;
    return symbol == Symbol::Msl ? 120 * kSecond : 0;
  }
};

TEST(Expr, AConstantNeedsNoSymbols) {
  const Expr seventeen{.constant = 17};
  EXPECT_TRUE(seventeen.is_constant());
  EXPECT_EQ(seventeen.evaluate(Everywhere(99)), 17);
}

TEST(Expr, AddsUpItsTerms) {
  const Expr right_edge{.constant = -1,
                        .terms = {{.symbol = Symbol::RcvNxt}, {.symbol = Symbol::RcvWnd}}};
  EXPECT_FALSE(right_edge.is_constant());
  EXPECT_EQ(right_edge.evaluate(Known()), 4099);

  const Expr almost_two_msl{.constant = -kSecond,
                            .terms = {{.coefficient = 2, .symbol = Symbol::Msl}}};
  EXPECT_EQ(almost_two_msl.evaluate(Known()), 239 * kSecond);
}

TEST(Expr, MultipliesBeforeItDividesTowardsZero) {
  const Expr halves{.terms = {{.coefficient = 3, .divisor = 2, .symbol = Symbol::SndWnd}}};
  EXPECT_EQ(halves.evaluate(Everywhere(5)), 7);
  EXPECT_EQ(halves.evaluate(Everywhere(-5)), -7);
}

TEST(Expr, WrapsInsteadOfOverflowing) {
  const Expr one_more{.constant = 1, .terms = {{.symbol = Symbol::SndNxt}}};
  EXPECT_EQ(one_more.evaluate(Everywhere(kMost)), kLeast);
  const Expr doubled{.terms = {{.coefficient = 2, .symbol = Symbol::SndNxt}}};
  EXPECT_EQ(doubled.evaluate(Everywhere(kMost)), -2);
  const Expr negated{.terms = {{.divisor = -1, .symbol = Symbol::SndNxt}}};
  EXPECT_EQ(negated.evaluate(Everywhere(kLeast)), kLeast);
}

TEST(ExprDeathTest, ADivisorOfZeroIsOurOwnMistake) {
  const Expr broken{.terms = {{.divisor = 0, .symbol = Symbol::SndNxt}}};
  EXPECT_DEATH((void)broken.evaluate(Everywhere(1)), "divisor");
}

TEST(Expr, PrintsAsTheScenarioLanguageSpellsIt) {
  EXPECT_EQ(to_string(Expr{.constant = 17}), "17");
  EXPECT_EQ(to_string(Expr{}), "0");
  EXPECT_EQ(to_string(Expr{.constant = -5}), "-5");
  EXPECT_EQ(to_string(Expr{.constant = -1,
                           .terms = {{.symbol = Symbol::RcvNxt}, {.symbol = Symbol::RcvWnd}}}),
            "RCV.NXT+RCV.WND-1");
  EXPECT_EQ(to_string(Expr{.constant = 2, .terms = {{.symbol = Symbol::SndUna}}}), "SND.UNA+2");
  EXPECT_EQ(to_string(Expr{
                .terms = {{.symbol = Symbol::SndUna}, {.divisor = 2, .symbol = Symbol::SndWnd}}}),
            "SND.UNA+SND.WND/2");
  EXPECT_EQ(to_string(Expr{.terms = {{.symbol = Symbol::PeerNxt},
                                     {.coefficient = -3, .symbol = Symbol::Iss}}}),
            "PEER.NXT-3*ISS");
  EXPECT_EQ(to_string(Expr{.terms = {{.coefficient = -1, .symbol = Symbol::Irs}}}), "-IRS");
}

TEST(Expr, PrintsItsConstantAsADuration) {
  EXPECT_EQ(duration_to_string(
                Expr{.constant = -kSecond, .terms = {{.coefficient = 2, .symbol = Symbol::Msl}}}),
            "2*msl-1s");
  EXPECT_EQ(
      duration_to_string(Expr{.constant = kSecond / 2, .terms = {{.symbol = Symbol::DelayedAck}}}),
      "delayed-ack+500ms");
  EXPECT_EQ(duration_to_string(Expr{.constant = 120 * kSecond}), "2min");
  EXPECT_EQ(duration_to_string(Expr{}), "0s");
}

TEST(Symbol, IsReadBackFromItsName) {
  for (const Symbol symbol : kAllSymbols) EXPECT_EQ(parse_symbol(to_string(symbol)), symbol);
  EXPECT_EQ(to_string(Symbol::PeerNxt), "PEER.NXT");
  EXPECT_EQ(to_string(Symbol::DelayedAck), "delayed-ack");
}

TEST(Symbol, OfAnotherSpellingIsRefused) {
  EXPECT_EQ(parse_symbol("snd.una"), std::nullopt);
  EXPECT_EQ(parse_symbol("MSL"), std::nullopt);
  EXPECT_EQ(parse_symbol(""), std::nullopt);
}

TEST(Symbol, IsATimeOnlyWhereItIsMeasuredInTime) {
  for (const Symbol symbol : kAllSymbols) {
    const bool time = symbol == Symbol::Msl || symbol == Symbol::Rto ||
                      symbol == Symbol::DelayedAck || symbol == Symbol::Timer;
    EXPECT_EQ(is_time(symbol), time) << to_string(symbol);
  }
}

}  // namespace
}  // namespace tcprove::plan
