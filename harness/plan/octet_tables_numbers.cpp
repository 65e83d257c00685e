#include <algorithm>
#include <array>
#include <initializer_list>

#include "harness/plan/octet_tables.hpp"

namespace tcprove::plan {
namespace {

using Values = std::vector<std::optional<Expr>>;

constexpr std::int64_t kMillisecond = 1'000'000;
constexpr std::int64_t kSecond = 1000 * kMillisecond;

/// What the scenario language lets a segment carry (specs/README.md, Limits).
constexpr std::int64_t kPayloadOctetsMax = 65'000;
/// Of a user call: more than any stack's buffer, so that one fills it.
constexpr std::int64_t kCallOctetsMax = 200'000;
/// 18 hours: in a longer one a stack sends probes and keep-alives without end.
constexpr std::int64_t kTimeMax = 65'535 * kSecond;

Expr number(std::int64_t constant) { return {.constant = constant}; }
Expr at(Symbol symbol, std::int64_t constant = 0) {
  return {.constant = constant, .terms = {{.symbol = symbol}}};
}
Expr times(std::int64_t factor, Symbol symbol, std::int64_t constant = 0) {
  return {.constant = constant, .terms = {{.coefficient = factor, .symbol = symbol}}};
}
Expr sum(Symbol a, Symbol b, std::int64_t constant = 0, std::int64_t divisor = 1) {
  return {.constant = constant, .terms = {{.symbol = a}, {.divisor = divisor, .symbol = b}}};
}

/// The tame values stand first.
struct Table {
  Values values;
  std::size_t tame = 0;
  std::array<std::optional<Symbol>, 8> bases{};  ///< What a literal is added to.
  std::array<std::int64_t, 2> units{1, 1};       ///< Of a literal.
  bool is_signed = false;
  std::int64_t literal_max = 0xffff;
};

using enum Symbol;

const Table& seq_table() {
  static const Table kTable{
      .values = {{},
                 at(RcvNxt),
                 at(RcvNxt),
                 {},
                 at(RcvNxt, -1),
                 at(RcvNxt, 1),
                 {},
                 at(RcvNxt),
                 at(RcvNxt, 10),
                 at(PeerNxt, 1),
                 at(PeerNxt, -1),
                 at(RcvNxt, 536),
                 sum(RcvNxt, RcvWnd, -1),
                 sum(RcvNxt, RcvWnd),
                 sum(RcvNxt, RcvWnd, 1),
                 sum(RcvNxt, RcvWnd, -10),
                 sum(RcvNxt, RcvWnd, 0, 2),
                 at(Irs),
                 at(Irs, 1),
                 {},
                 at(RcvNxt),
                 {},
                 at(RcvNxt, -100),
                 at(Irs, -1),
                 at(RcvNxt, 70'000),
                 at(RcvNxt, 0x7fff'ffff),
                 at(RcvNxt, 0x8000'0000),
                 at(RcvNxt, 0x8000'0001),
                 at(PeerNxt, 64'000),
                 number(0x3141'5926)},
      .tame = 22,
      .bases = {std::nullopt, RcvNxt, Irs, PeerNxt, SndUna, SndNxt, Iss, RcvWnd},
      .units = {1, 65'537},
      .is_signed = true};
  return kTable;
}

const Table& ack_table() {
  static const Table kTable{
      .values = {{},
                 at(SndNxt),
                 at(SndUna),
                 {},
                 at(SndNxt),
                 at(SndUna),
                 at(SndUna, 1),
                 {},
                 at(SndNxt, -1),
                 Expr{
                     .terms = {{.divisor = 2, .symbol = SndUna}, {.divisor = 2, .symbol = SndNxt}}},
                 at(Iss, 1),
                 {},
                 at(SndNxt),
                 at(SndUna, 536),
                 at(SndUna, -1),
                 at(Iss),
                 at(SndNxt, 1),
                 at(SndNxt, 1000),
                 at(SndUna, -70'000),
                 at(SndNxt, 0x7fff'ffff),
                 at(SndNxt, 0x8000'0000),
                 number(0x2718'2818)},
      .tame = 14,
      .bases = {std::nullopt, SndNxt, Iss, SndUna, RcvNxt, PeerNxt, Irs, SndWnd},
      .units = {1, 65'537},
      .is_signed = true};
  return kTable;
}

const Table& len_table() {
  static const Table kTable{.values = {{},
                                       number(1),
                                       number(10),
                                       {},
                                       number(100),
                                       {},
                                       number(1460),
                                       {},
                                       number(2),
                                       number(536),
                                       {},
                                       number(1000),
                                       number(2920),
                                       {},
                                       at(RcvWnd),
                                       at(RcvWnd, 1),
                                       at(RcvWnd, -1),
                                       number(5000),
                                       number(65'000)},
                            .tame = 17,
                            .literal_max = kPayloadOctetsMax};
  return kTable;
}

const Table& wnd_table() {
  static const Table kTable{.values = {{},
                                       {},
                                       {},
                                       number(0),
                                       number(1),
                                       number(1000),
                                       {},
                                       number(100),
                                       number(10),
                                       number(536),
                                       number(535),
                                       number(537),
                                       number(1460),
                                       number(2920),
                                       number(4096),
                                       number(65'535),
                                       number(0)},
                            .tame = 17};
  return kTable;
}

const Table& up_table() {
  static const Table kTable{
      .values = {{}, {}, {}, number(0), number(1), number(2), number(100), number(65'535)},
      .tame = 8};
  return kTable;
}

const Table& call_octets_table() {
  static const Table kTable{
      .values = {number(1), number(100), number(10), number(1000), number(1460), number(1461),
                 number(536), number(3000), number(10'000), number(70'000)},
      .tame = 10,
      .literal_max = kCallOctetsMax};
  return kTable;
}

const Table& duration_table() {
  static const Table kTable{.values = {at(Timer),
                                       number(0),
                                       at(Timer, -1),
                                       at(Timer, 1),
                                       number(200 * kMillisecond),
                                       number(500 * kMillisecond),
                                       number(499 * kMillisecond),
                                       at(Timer),
                                       at(DelayedAck),
                                       number(1),
                                       at(Rto),
                                       at(Rto, -1),
                                       times(2, Rto),
                                       number(kSecond),
                                       number(3 * kSecond),
                                       at(Rto, 1),
                                       number(10 * kSecond),
                                       number(30 * kSecond),
                                       number(60 * kSecond),
                                       number(180 * kSecond),
                                       at(Msl),
                                       times(2, Msl),
                                       times(2, Msl, -1),
                                       times(2, Msl, kSecond),
                                       times(2, Msl, -kSecond),
                                       number(600 * kSecond),
                                       number(7200 * kSecond)},
                            .tame = 16,
                            .bases = {std::nullopt, Timer, Rto, Msl, DelayedAck},
                            .units = {kMillisecond, kSecond},
                            .literal_max = kTimeMax};
  return kTable;
}

const Table& idle_time_table() {
  static const Table kTable{.values = {number(10 * kSecond),
                                       number(kSecond),
                                       number(20 * kSecond),
                                       number(60 * kSecond),
                                       number(120 * kSecond),
                                       number(30 * kSecond),
                                       number(600 * kSecond),
                                       number(7200 * kSecond),
                                       number(100 * kSecond),
                                       number(3 * kSecond),
                                       {}},
                            .tame = 11,
                            .units = {kMillisecond, kSecond},
                            .literal_max = kTimeMax};
  return kTable;
}

const Table& mtu_table() {
  static const Table kTable{
      .values = {number(1280), number(1000), number(576), number(552), number(296), number(1499),
                 number(1500), number(68), number(67), number(0), number(65'535)},
      .tame = 11};
  return kTable;
}

const Table& table_of(NumberField field) {
  switch (field) {
    case NumberField::Seq:
      return seq_table();
    case NumberField::Ack:
      return ack_table();
    case NumberField::Len:
      return len_table();
    case NumberField::Wnd:
      return wnd_table();
    case NumberField::Up:
      return up_table();
    case NumberField::CallOctets:
      return call_octets_table();
    case NumberField::Duration:
      return duration_table();
    case NumberField::IdleTime:
      return idle_time_table();
    case NumberField::Mtu:
      return mtu_table();
  }
  return up_table();
}

Expr literal_of(const Table& table, NumberOctets octets) {
  const unsigned word = octets.low | unsigned{octets.high} << 8U;
  const std::int64_t unit = table.units.at(octets.choice >> 3U & 1U);
  Expr expr = number(
      table.is_signed ? static_cast<std::int16_t>(word) * unit
                      : std::min((word | unsigned{octets.more} << 16U) * unit, table.literal_max));
  if (const auto base = table.bases.at(octets.choice & 7U)) expr.terms.push_back({.symbol = *base});
  return expr;
}

}  // namespace

std::optional<Expr> number_of(NumberField field, NumberOctets octets, bool tame) {
  const Table& table = table_of(field);
  if (octets.choice >= kLiteralFrom && !tame) return literal_of(table, octets);
  return table.values[octets.choice % (tame ? table.tame : table.values.size())];
}

std::optional<NumberOctets> octets_of(NumberField field, const std::optional<Expr>& expr) {
  const Table& table = table_of(field);
  const auto known = std::ranges::find(table.values, expr);
  if (known != table.values.end()) {
    return NumberOctets{.choice = static_cast<std::uint8_t>(known - table.values.begin())};
  }
  if (!expr) return std::nullopt;
  for (unsigned choice = kLiteralFrom; choice <= 0xff; ++choice) {
    const std::int64_t count = expr->constant / table.units.at(choice >> 3U & 1U);
    const NumberOctets octets{
        .choice = static_cast<std::uint8_t>(choice),
        .low = static_cast<std::uint8_t>(count),
        .high = static_cast<std::uint8_t>(count >> 8U),
        .more = static_cast<std::uint8_t>(table.is_signed ? 0 : count >> 16U)};
    if (literal_of(table, octets) == *expr) return octets;
  }
  return std::nullopt;
}

}  // namespace tcprove::plan
