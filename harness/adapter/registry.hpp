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

/// A way in which `--target` names a stack that is not built in.
struct TargetForm {
  std::string_view form;     ///< As a person writes it: `./STACK.so`.
  std::string_view summary;  ///< One line for `tcprove list targets`.
  bool (*has)(std::string_view target);
  /// What is wrong with `target`, as far as can be told without touching the stack.
  std::optional<std::string> (*mistake)(std::string_view target);
  base::Result<std::unique_ptr<Adapter>, AdapterError> (*make)(std::string_view target);
  /// Why nobody but its owner may judge `target`, in a sentence; null where anyone may.
  std::optional<std::string> (*owners_alone)(std::string_view target) = nullptr;
};

std::span<const TargetForm> target_forms();

/// Whether `target`, with or without a fault, names a stack that is not built in: making it may
/// crash or hang.
bool is_foreign(std::string_view target);

/// Every mistake in `target` that can be told without touching a stack; make_adapter() finds them
/// too.
base::Diagnostics mistakes_in(std::string_view target);

/// Why nobody but the owner of `target` may judge it, in a sentence; nothing where anyone may.
///
/// Requires: mistakes_in() finds none.
std::optional<std::string> owners_alone(std::string_view target);

/// The mistakes that can be made on the wire of every target.
std::vector<NamedFault> wire_faults();

/// The adapter that `target` names: `NAME`, `NAME:fault=FAULT` for one of its own faults,
/// `fault=FAULT,NAME` for one on its wire; NAME may be one of the forms instead.
/// Errors: unknown name or fault, with the nearest known one as suggestion; more than one fault; a
/// stack that is not built in and cannot be had.
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
