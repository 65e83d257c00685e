#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

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

/// The mistakes that can be made on the wire of every target.
std::vector<NamedFault> wire_faults();

/// The adapter that `target` names: `NAME`, `NAME:fault=FAULT` for one of its own faults, or
/// `fault=FAULT,NAME` for one on its wire.
/// Errors: unknown name or fault, with the nearest known one as suggestion; more than one fault.
base::Result<std::unique_ptr<Adapter>> make_adapter(std::string_view target);

/// What a target stands for whose fault is `all`.
struct EveryFault {
  std::string correct;  ///< The target that makes no mistake.
  std::vector<NamedFault> faults;
  std::vector<std::string> targets;  ///< One with each fault.
};

/// Of `NAME:fault=all` or `fault=all,NAME`; nothing where `target` is neither, or NAME is no
/// target.
std::optional<EveryFault> every_fault(std::string_view target);

}  // namespace tcprove::adapter
