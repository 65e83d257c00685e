#include "harness/scenario/settings.hpp"

#include <limits>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "harness/scenario/cursor.hpp"
#include "harness/scenario/literal_parser.hpp"
#include "harness/scenario/map_reader.hpp"
#include "harness/scenario/option_parser.hpp"

namespace tcprove::scenario {
namespace {

/// `<mss 1460>`, as Ethernet gives it over IPv4; over IPv6 it is merely generous.
std::vector<plan::OptionText> default_options() {
  plan::OptionText mss;
  mss.kind = static_cast<std::uint8_t>(wire::OptionKind::MaximumSegmentSize);
  mss.data = {1460 >> 8, 1460 & 0xff};
  return {mss};
}

template <class T>
std::optional<T> read_number(const Node& node, std::string_view what, const Bindings& bindings,
                             Problems& problems) {
  if (read_text(node, what, problems) == nullptr) return std::nullopt;
  const auto number =
      read_integer(Phrase(node, bindings), what, 0, std::numeric_limits<T>::max(), problems);
  return number ? std::optional(static_cast<T>(*number)) : std::nullopt;
}

std::vector<plan::OptionText> read_options(const Node& node, const Bindings& bindings,
                                           Problems& problems) {
  if (read_text(node, "options", problems) == nullptr) return {};
  const Phrase phrase(node, bindings);
  Cursor cursor(phrase, problems);
  auto options = parse_options(cursor, SegmentUse::Sent);
  if (!options) return {};
  if (!cursor.at_end()) cursor.error_at_word("the options end before this");
  if (octets_of(*options) > kOptionOctetsMax) {
    cursor.error(0, phrase.text().size(),
                 fmt::format("these options take {} octets, a header has room for {}",
                             octets_of(*options), kOptionOctetsMax));
  }
  return *std::move(options);
}

}  // namespace

VariableSet settings_variables(const Blueprint& blueprint, Problems& problems) {
  unsigned set = 0;
  for (const Node* node : {blueprint.given, blueprint.stack_iss, blueprint.peer_iss, blueprint.wnd,
                           blueprint.options}) {
    if (node != nullptr) set |= variables_in(*node, blueprint.matrix.variables, problems);
  }
  return static_cast<VariableSet>(set);
}

Settings read_settings(const Blueprint& blueprint, const Bindings& bindings, Problems& problems) {
  Settings settings;
  settings.peer.syn_options = default_options();
  if (blueprint.given != nullptr && read_text(*blueprint.given, "given", problems) != nullptr) {
    settings.given = Phrase(*blueprint.given, bindings).text();
  }
  if (blueprint.stack_iss != nullptr) {
    settings.stack_iss =
        read_number<std::uint32_t>(*blueprint.stack_iss, "iss.stack", bindings, problems);
  }
  if (blueprint.peer_iss != nullptr) {
    settings.peer_iss =
        read_number<std::uint32_t>(*blueprint.peer_iss, "iss.peer", bindings, problems)
            .value_or(plan::Plan::kPeerIss);
  }
  if (blueprint.wnd != nullptr) {
    settings.peer.wnd =
        read_number<std::uint16_t>(*blueprint.wnd, "wnd", bindings, problems).value_or(0);
  }
  if (blueprint.options != nullptr) {
    settings.peer.syn_options = read_options(*blueprint.options, bindings, problems);
  }
  return settings;
}

}  // namespace tcprove::scenario
