#include "harness/adapter/registry.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "harness/adapter/reference/reference_adapter.hpp"
#include "harness/base/spelling.hpp"
#ifdef TCPROVE_WITH_LWIP
#include "harness/adapter/lwip/lwip_adapter.hpp"
#endif

namespace tcprove::adapter {
namespace {

base::Diagnostics unknown(std::string_view what, std::string_view name, auto known, auto name_of) {
  std::vector<std::string_view> names;
  for (const auto& one : known) names.push_back(name_of(one));
  return {{.file = "--target",
           .place = {},
           .message = fmt::format("unknown {} \"{}\"", what, name),
           .suggestion = base::nearest(name, names),
           .source_line = {}}};
}

}  // namespace

std::span<const Target> targets() {
  // Sorted by name. A stack whose library was missing when this binary was built has no line.
  static const std::vector<Target> table{
#ifdef TCPROVE_WITH_LWIP
      {"lwip",
       "lwIP, the system's own library, in process and in virtual time",
       lwip::make_lwip_adapter,
       {},
       nullptr},
#endif
      {"reference", "the RFC's section 3.10 written down, to be read and to be broken",
       make_reference, reference_faults(), make_faulty_reference},
  };
  return table;
}

base::Result<std::unique_ptr<Adapter>> make_adapter(std::string_view target) {
  constexpr std::string_view kFault = ":fault=";
  const std::size_t end = target.find(kFault);
  const std::string_view name = target.substr(0, end);
  const auto known = std::ranges::find(targets(), name, &Target::name);
  if (known == targets().end()) {
    return unknown("target", target, targets(), [](const Target& t) { return t.name; });
  }
  if (end == std::string_view::npos) return known->make();
  const std::string_view fault = target.substr(end + kFault.size());
  if (std::ranges::find(known->faults, fault, &NamedFault::name) == known->faults.end()) {
    return unknown(fmt::format("fault of {}", name), fault, known->faults,
                   [](const NamedFault& f) { return f.name; });
  }
  return known->make_faulty(fault);
}

}  // namespace tcprove::adapter
