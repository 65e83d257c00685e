#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "harness/adapter/adapter.hpp"
#include "harness/base/result.hpp"

namespace tcprove::adapter::plugin {

/// Whether `target` is meant to be the path of a shared object.
bool is_path(std::string_view target);

/// The stack behind the C ABI (tcprove_adapter.h) of the shared object at `path`.
///
/// It is loaded into this process and made there, which may bring the process down.
/// Errors: it cannot be loaded or made, or its table is none; with the path.
base::Result<std::unique_ptr<Adapter>, AdapterError> open_plugin(const std::string& path);

}  // namespace tcprove::adapter::plugin
