// Any octets are either a scenario, whose plans compile, or draw diagnostics that print.

#include <cstdint>
#include <string_view>

#include "harness/base/check.hpp"
#include "harness/scenario/loader.hpp"

using namespace tcprove;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t kInstancesTried = 8;
  scenario::Loader loader({});
  const auto loaded = loader.read({reinterpret_cast<const char*>(data), size}, "fuzzed.yaml");
  if (!loaded) {
    TCPROVE_CHECK(!loaded.error().empty(), "what is refused is refused for a reason");
    TCPROVE_CHECK(!to_string(loaded.error()).empty(), "and the reason can be printed");
    return 0;
  }
  const auto& instances = loaded.value().instances;
  TCPROVE_CHECK(!instances.empty(), "a scenario has an instance");
  for (std::size_t i = 0; i < instances.size() && i < kInstancesTried; ++i) {
    TCPROVE_CHECK(!loaded.value().plan(instances[i]).connections.empty(),
                  "a plan has a connection");
  }
  return 0;
}
