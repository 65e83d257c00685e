#include "harness/scenario/icmp_parser.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "harness/base/spelling.hpp"
#include "harness/scenario/cursor.hpp"
#include "harness/scenario/expr_parser.hpp"

namespace tcprove::scenario {
namespace {

using wire::IcmpError;

constexpr std::int64_t kMtuMax = 0xffff;

std::optional<IcmpError> parse_error(Cursor& cursor, const StepContext& context) {
  const std::size_t begin = cursor.position();
  const std::string_view name = cursor.take_word();
  const auto known = std::find(wire::kIcmpErrorNames.begin(), wire::kIcmpErrorNames.end(), name);
  if (known == wire::kIcmpErrorNames.end()) {
    cursor.error_since(begin,
                       name.empty() ? std::string("which ICMP error is missing here")
                                    : fmt::format("there is no ICMP error {}", in_quotes(name)),
                       base::nearest(name, wire::kIcmpErrorNames));
    return std::nullopt;
  }
  const auto error = static_cast<IcmpError>(known - wire::kIcmpErrorNames.begin());
  for (const wire::IpVersion version : context.versions) {
    if (wire::has_error(version, error)) continue;
    const int other = version == wire::IpVersion::V4 ? 6 : 4;
    cursor.error_since(
        begin, fmt::format("only ICMPv{} has {}: say ip: {} at the top", other, name, other));
    return std::nullopt;
  }
  return error;
}

/// One `name=value` behind the error's name.
bool parse_field(Cursor& cursor, const StepContext& context, plan::SendIcmp& icmp) {
  const std::size_t begin = cursor.position();
  if (cursor.take("seq=")) {
    icmp.seq = parse_number(cursor, "seq", context.absolute_numbers ? 0 : -kNumberMax);
    return icmp.seq.has_value();
  }
  if (!cursor.take("mtu=")) {
    cursor.error_at_word("an ICMP error has seq=… of the segment that it quotes, and mtu=…");
    return false;
  }
  icmp.mtu = parse_number(cursor, "mtu", 0, kMtuMax);
  if (icmp.mtu && icmp.error != IcmpError::FragmentationNeeded) {
    cursor.error_since(begin, "only fragmentation-needed has an mtu");
    return false;
  }
  return icmp.mtu.has_value();
}

}  // namespace

bool is_icmp(const Node& node) {
  return node.is_scalar() && (node.text == "ICMP" || node.text.starts_with("ICMP "));
}

std::optional<plan::SendIcmp> parse_icmp(const Node& node, const StepContext& context,
                                         Problems& problems) {
  const Phrase phrase(node, context.bindings);
  Cursor cursor(phrase, problems);
  cursor.take("ICMP");
  cursor.skip_blanks();
  const std::size_t name = cursor.position();
  const auto error = parse_error(cursor, context);
  if (!error) return std::nullopt;
  const std::size_t name_end = cursor.position();
  plan::SendIcmp icmp{.error = *error, .seq = {}, .mtu = {}};
  for (cursor.skip_blanks(); !cursor.at_end(); cursor.skip_blanks()) {
    if (!parse_field(cursor, context, icmp)) return std::nullopt;
  }
  if (icmp.error == IcmpError::FragmentationNeeded && !icmp.mtu) {
    cursor.error(name, name_end, "fragmentation-needed tells the next hop's mtu=…");
    return std::nullopt;
  }
  return icmp;
}

}  // namespace tcprove::scenario
