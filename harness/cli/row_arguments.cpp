#include "harness/cli/row_arguments.hpp"

#include <charconv>
#include <limits>
#include <string>
#include <string_view>
#include <system_error>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace tcprove::cli {
namespace {

/// Thirty-four years: in nanoseconds, the room of a Duration is not left by what is played on top.
constexpr std::uint64_t kClockMsMax = std::uint64_t{1} << 40U;

/// Decimal or 0x….
std::optional<std::uint64_t> number(std::string_view text, std::uint64_t max) {
  const bool hex = text.starts_with("0x");
  if (hex) text.remove_prefix(2);
  std::uint64_t value = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value, hex ? 16 : 10);
  if (error != std::errc() || stop != end || value > max) return std::nullopt;
  return value;
}

template <class Set>
void define(CLI::App& app, const char* name, std::uint64_t max, const char* what, Set set) {
  const auto is_number = [max](const std::string& text) -> std::string {
    if (number(text, max)) return {};
    return fmt::format("\"{}\" is not a whole number from 0 to {}, decimal or 0x", text, max);
  };
  app.add_option_function<std::string>(
         name, [set, max](const std::string& text) { set(*number(text, max)); }, what)
      ->check(is_number);
}

}  // namespace

void define_row(CLI::App& app, trial::MatrixRow& row) {
  constexpr std::uint64_t kNumberMax = std::numeric_limits<std::uint32_t>::max();
  define(app, "--iss-peer", kNumberMax, "The peer's initial sequence number",
         [&row](std::uint64_t n) { row.peer_iss = static_cast<std::uint32_t>(n); });
  define(app, "--iss-stack", kNumberMax, "The stack's initial sequence number",
         [&row](std::uint64_t n) { row.stack_iss = static_cast<std::uint32_t>(n); });
  define(app, "--clock-ms", kClockMsMax, "What the stack's clock shows when a scenario begins",
         [&row](std::uint64_t n) { row.conditions.clock = std::chrono::milliseconds(n); });
  app.add_flag("--batch", row.conditions.batch,
               "Segments sent together are all delivered before the stack's answers are read");
}

}  // namespace tcprove::cli
