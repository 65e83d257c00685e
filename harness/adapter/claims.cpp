#include "harness/adapter/claims.hpp"

#include <fmt/format.h>

#include "harness/base/spelling.hpp"

namespace tcprove::adapter {

std::optional<AdapterError> claim(std::string_view name, tcp::Capabilities& claimed) {
  if (const auto known = tcp::parse_capability(name)) {
    claimed.add(*known);
    return std::nullopt;
  }
  const std::string near = base::nearest(name, tcp::kCapabilityNames);
  return AdapterError{fmt::format("it claims \"{}\", which tcprove does not know{}", name,
                                  near.empty() ? "" : fmt::format("; did you mean \"{}\"?", near))};
}

std::optional<AdapterError> claim_all(std::string_view names, tcp::Capabilities& claimed) {
  constexpr std::string_view kBlanks = " \t\n";
  for (;;) {
    const std::size_t begin = names.find_first_not_of(kBlanks);
    if (begin == std::string_view::npos) return std::nullopt;
    names.remove_prefix(begin);
    const std::string_view name = names.substr(0, names.find_first_of(kBlanks));
    if (auto wrong = claim(name, claimed)) return wrong;
    names.remove_prefix(name.size());
  }
}

}  // namespace tcprove::adapter
