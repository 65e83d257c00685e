#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "harness/adapter/adapter.hpp"
#include "harness/adapter/named_fault.hpp"
#include "harness/base/result.hpp"

namespace tcprove::adapter {

/// A stack that `--target` can name.
struct Target {
  std::string_view name;
  std::string_view summary;            ///< One line for `tcprove list targets`.
  std::unique_ptr<Adapter> (*make)();  ///< At most one adapter of a target lives in a process.
  std::span<const NamedFault> faults;  ///< Mistakes that it can be asked to make.
  std::unique_ptr<Adapter> (*make_faulty)(std::string_view fault);  ///< With one of `faults`.
};

/// Every stack built into this binary, by name.
std::span<const Target> targets();

/// The adapter that `target` names: `NAME` or `NAME:fault=FAULT`.
/// Errors: unknown name or fault, with the nearest known one as suggestion.
base::Result<std::unique_ptr<Adapter>> make_adapter(std::string_view target);

}  // namespace tcprove::adapter
