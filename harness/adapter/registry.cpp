#include "harness/adapter/registry.hpp"

#include <algorithm>
#include <vector>

#include "harness/adapter/reference/reference_adapter.hpp"
#include "harness/base/spelling.hpp"
#ifdef TCPROVE_WITH_LWIP
#include "harness/adapter/lwip/lwip_adapter.hpp"
#endif

namespace tcprove::adapter {
namespace {

std::string nearest_name(std::string_view target) {
  std::vector<std::string_view> names;
  for (const Target& known : targets()) names.push_back(known.name);
  return base::nearest(target, names);
}

}  // namespace

std::span<const Target> targets() {
  // Sorted by name. A stack whose library was missing when this binary was built has no line.
  static const std::vector<Target> table{
#ifdef TCPROVE_WITH_LWIP
      {"lwip", "lwIP, the system's own library, in process and in virtual time",
       lwip::make_lwip_adapter},
#endif
      {"reference", "the RFC's section 3.10 written down, to be read and to be broken",
       make_reference},
  };
  return table;
}

base::Result<std::unique_ptr<Adapter>> make_adapter(std::string_view target) {
  const auto known = std::ranges::find(targets(), target, &Target::name);
  if (known != targets().end()) return known->make();
  return base::Diagnostics{{.file = "--target",
                            .place = {},
                            .message = "unknown target \"" + std::string(target) + "\"",
                            .suggestion = nearest_name(target),
                            .source_line = {}}};
}

}  // namespace tcprove::adapter
