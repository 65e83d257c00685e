#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tcprove::plan {

/// A name in an expression. The TCB variables belong to the stack (RFC 9293 section 3.3.1) and are
/// read off the wire when the step is played; times come from the stack's profile.
enum class Symbol : std::uint8_t {
  SndUna,  ///< The last ACK that reached the stack.
  SndNxt,  ///< Past the last octet that the stack emitted.
  SndWnd,  ///< The window last sent to the stack, scaled.
  Iss,
  RcvNxt,  ///< The stack's last ACK.
  RcvWnd,  ///< The window that the stack last announced, scaled.
  Irs,
  PeerNxt,     ///< Past the last octet that the peer sent, also if it was lost: PEER.NXT.
  Msl,         ///< Nanoseconds.
  Rto,         ///< The stack's initial RTO, nanoseconds.
  DelayedAck,  ///< The stack's longest delay of an ACK, nanoseconds.
  Timer,       ///< Until the stack's next timer fires, nanoseconds; never 0.
};

/// `SND.UNA`, …, `msl`, `rto`, `delayed-ack`, `timer`.
std::string_view to_string(Symbol symbol);
std::optional<Symbol> parse_symbol(std::string_view name);

/// Whether the symbol is a time (msl, rto, delayed-ack, timer) and not a number of octets.
bool is_time(Symbol symbol);

/// Where symbols get their values while a plan is played.
class SymbolValues {
 public:
  virtual ~SymbolValues() = default;
  /// Sequence numbers in the plan's own numbering (relative or absolute); times in nanoseconds.
  [[nodiscard]] virtual std::int64_t value(Symbol symbol) const = 0;
};

/// An integer expression: a constant plus terms of the form coefficient × symbol / divisor.
struct Expr {
  struct Term {
    std::int64_t coefficient = 1;
    std::int64_t divisor = 1;  ///< Not 0.
    Symbol symbol = Symbol::SndUna;
    bool operator==(const Term&) const = default;
  };

  std::int64_t constant = 0;  ///< A number, or nanoseconds.
  std::vector<Term> terms{};

  bool operator==(const Expr&) const = default;

  /// 64-bit arithmetic modulo 2^64: never undefined, whatever the coefficients.
  [[nodiscard]] std::int64_t evaluate(const SymbolValues& values) const {
    return terms.empty() ? constant : constant_and_terms(values);
  }
  [[nodiscard]] bool is_constant() const { return terms.empty(); }

 private:
  [[nodiscard]] std::int64_t constant_and_terms(const SymbolValues& values) const;
};

/// The scenario language's spelling: `RCV.NXT+RCV.WND-1`, `17`. Durations: duration_to_string().
std::string to_string(const Expr& expr);

/// As to_string(), the constant printed as a duration: `2*msl-1s`.
std::string duration_to_string(const Expr& expr);

}  // namespace tcprove::plan
