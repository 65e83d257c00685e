#include "harness/adapter/registry.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <vector>

#include <fmt/format.h>

#include "harness/adapter/fault/fault_adapter.hpp"
#include "harness/adapter/plugin/plugin_adapter.hpp"
#include "harness/adapter/process/process_adapter.hpp"
#include "harness/adapter/reference/reference_adapter.hpp"
#include "harness/base/spelling.hpp"
#ifdef TCPROVE_WITH_LINUX
#include "harness/adapter/linux/linux_adapter.hpp"
#endif
#ifdef TCPROVE_WITH_LWIP
#include "harness/adapter/lwip/lwip_adapter.hpp"
#endif
#ifdef TCPROVE_WITH_SLIRP
#include "harness/adapter/slirp/slirp_adapter.hpp"
#endif
#ifdef TCPROVE_WITH_TUN
#include "harness/adapter/tun/place.hpp"
#include "harness/adapter/tun/tun_adapter.hpp"
#endif

namespace tcprove::adapter {
namespace {

/// The parts of what `--target` names.
struct Name {
  std::string_view wire_fault;  ///< `fault=` before the stack.
  std::string_view stack;
  std::string_view own_fault;  ///< `:fault=` behind it.
  bool whole = true;           ///< A wire fault has a stack behind it.
};

const TargetForm* form_of(std::string_view stack) {
  const auto form =
      std::ranges::find_if(target_forms(), [&](const TargetForm& one) { return one.has(stack); });
  return form == target_forms().end() ? nullptr : &*form;
}

std::optional<std::string> not_a_file(std::string_view path) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (!std::filesystem::exists(status)) return fmt::format("there is no file {}", path);
  if (std::filesystem::is_regular_file(status)) return std::nullopt;
  return fmt::format("{} is not a file", path);
}

base::Result<std::unique_ptr<Adapter>, AdapterError> open_plugin(std::string_view path) {
  return plugin::open_plugin(std::string(path));
}

std::optional<std::string> no_command(std::string_view target) {
  target.remove_prefix(process::kPrefix.size());
  if (target.find_first_not_of(' ') != std::string_view::npos) return std::nullopt;
  return fmt::format("{} needs a command behind it", process::kPrefix);
}

base::Result<std::unique_ptr<Adapter>, AdapterError> start_process(std::string_view target) {
  return process::start_process(std::string(target.substr(process::kPrefix.size())));
}

#ifdef TCPROVE_WITH_TUN
std::optional<std::string> no_place(std::string_view target) {
  const auto place = tun::read_place(target);
  return place.ok() ? std::nullopt : std::optional(place.error());
}

std::optional<std::string> strange_address(std::string_view target) {
  return tun::strange_address(tun::read_place(target).value());
}
#endif

Name parse(std::string_view target) {
  constexpr std::string_view kWire = "fault=";
  constexpr std::string_view kOwn = ":fault=";
  Name name;
  if (target.starts_with(kWire)) {
    const std::size_t comma = target.find(',');
    name.wire_fault = target.substr(0, comma).substr(kWire.size());
    name.whole = comma != std::string_view::npos;
    target = name.whole ? target.substr(comma + 1) : "";
  }
  // A path or a command may hold what looks like a fault.
  const std::size_t own = form_of(target) != nullptr ? target.npos : target.find(kOwn);
  name.stack = target.substr(0, own);
  if (own != std::string_view::npos) name.own_fault = target.substr(own + kOwn.size());
  return name;
}

base::Diagnostics mistake(std::string message, std::string suggestion = {}) {
  return {{.file = "--target",
           .place = {},
           .message = std::move(message),
           .suggestion = std::move(suggestion),
           .source_line = {}}};
}

base::Diagnostics unknown(std::string_view what, std::string_view name, auto known, auto name_of) {
  std::vector<std::string_view> names;
  names.reserve(known.size());
  for (const auto& one : known) names.push_back(name_of(one));
  return mistake(fmt::format("unknown {} \"{}\"", what, name), base::nearest(name, names));
}

constexpr auto kNameOfFault = [](const NamedFault& fault) { return fault.name; };

base::Diagnostics mistakes_in_stack(const Name& name) {
  if (const TargetForm* const form = form_of(name.stack)) {
    auto wrong = form->mistake(name.stack);
    return wrong ? mistake(std::move(*wrong)) : base::Diagnostics();
  }
  const auto known = std::ranges::find(targets(), name.stack, &Target::name);
  if (known == targets().end()) {
    return unknown("target", name.stack, targets(), [](const Target& t) { return t.name; });
  }
  const auto faults = known->faults;
  if (name.own_fault.empty() ||
      std::ranges::find(faults, name.own_fault, &NamedFault::name) != faults.end()) {
    return {};
  }
  const std::string what = fmt::format("fault of {}", name.stack);
  if (fault::find_wire_fault(name.own_fault) == nullptr) {
    return unknown(what, name.own_fault, faults, kNameOfFault);
  }
  return mistake(fmt::format("unknown {} \"{}\"", what, name.own_fault),
                 fmt::format("fault={},{}", name.own_fault, name.stack));
}

/// Requires: mistakes_in_stack() finds none.
base::Result<std::unique_ptr<Adapter>> make_stack(const Name& name) {
  if (const TargetForm* const form = form_of(name.stack)) {
    auto made = form->make(name.stack);
    if (!made) return mistake(made.error().message);
    return std::move(made.value());
  }
  const Target& known = *std::ranges::find(targets(), name.stack, &Target::name);
  return name.own_fault.empty() ? known.make() : known.make_faulty(name.own_fault);
}

}  // namespace

std::span<const Target> targets() {
  // Sorted by name. A stack whose library was missing when this binary was built has no line.
  static const std::vector<Target> table{
#ifdef TCPROVE_WITH_LINUX
      {"linux",
       "the running kernel, in a network namespace of its own and in real time",
       linux::make_linux_adapter,
       {},
       nullptr},
#endif
#ifdef TCPROVE_WITH_LWIP
      {"lwip",
       "lwIP, the system's own library, in process and in virtual time",
       lwip::make_lwip_adapter,
       {},
       nullptr},
#endif
      {"reference", "the RFC's section 3.10 written down, to be read and to be broken",
       make_reference, reference_faults(), make_faulty_reference},
#ifdef TCPROVE_WITH_SLIRP
      {"slirp",
       "libslirp, the TCP of QEMU's user networking, in process and in virtual time",
       slirp::make_slirp_adapter,
       {},
       nullptr},
#endif
  };
  return table;
}

std::vector<NamedFault> wire_faults() {
  std::vector<NamedFault> named;
  for (const fault::WireFault& fault : fault::wire_faults()) named.push_back(fault.named);
  return named;
}

std::span<const TargetForm> target_forms() {
  // A command may hold a path, and so may what is no place on a wire: paths come last.
  static constexpr auto kForms = std::to_array<TargetForm>({
      {"exec:COMMAND", "a child process that speaks harness/adapter/process/README.md",
       [](std::string_view target) { return target.starts_with(process::kPrefix); }, no_command,
       start_process},
#ifdef TCPROVE_WITH_TUN
      {"tun:DEVICE,…",
       "a stack of which only the wire is at hand, as harness/adapter/tun/README.md says",
       [](std::string_view target) { return target.starts_with(tun::kPrefix); }, no_place,
       tun::open_wire, strange_address},
#endif
      {"./STACK.so", "a shared object with the C ABI of harness/adapter/plugin/tcprove_adapter.h",
       plugin::is_path, not_a_file, open_plugin},
  });
  return kForms;
}

bool is_foreign(std::string_view target) { return form_of(parse(target).stack) != nullptr; }

std::optional<std::string> owners_alone(std::string_view target) {
  const std::string_view stack = parse(target).stack;
  const TargetForm* const form = form_of(stack);
  if (form == nullptr || form->owners_alone == nullptr) return std::nullopt;
  return form->owners_alone(stack);
}

base::Diagnostics mistakes_in(std::string_view target) {
  const Name name = parse(target);
  const bool two_own = name.own_fault.find_first_of(",:") != std::string_view::npos;
  const bool two = name.stack.starts_with("fault=") || two_own ||
                   (!name.wire_fault.empty() && !name.own_fault.empty());
  if (two) return mistake("a target makes one mistake at a time");
  if (name.wire_fault == "all" || name.own_fault == "all") {
    return mistake("fault=all stands for many targets: only `tcprove run` plays them");
  }
  if (!name.whole) {
    return mistake(fmt::format("\"{}\" names no stack", target),
                   fmt::format("{},reference", target));
  }
  if (target.starts_with("fault=") && fault::find_wire_fault(name.wire_fault) == nullptr) {
    return unknown("fault on the wire", name.wire_fault, wire_faults(), kNameOfFault);
  }
  return mistakes_in_stack(name);
}

base::Result<std::unique_ptr<Adapter>> make_adapter(std::string_view target) {
  base::Diagnostics mistakes = mistakes_in(target);
  if (!mistakes.empty()) return mistakes;
  const Name name = parse(target);
  auto stack = make_stack(name);
  if (!stack.ok() || name.wire_fault.empty()) return stack;
  return fault::make_fault_adapter(*fault::find_wire_fault(name.wire_fault),
                                   std::move(stack.value()));
}

std::optional<EveryFault> every_fault(std::string_view target) {
  const Name name = parse(target);
  const auto known = std::ranges::find(targets(), name.stack, &Target::name);
  const bool built_in = known != targets().end();
  if (!built_in && form_of(name.stack) == nullptr) return std::nullopt;
  EveryFault every{.correct = std::string(name.stack)};
  if (name.wire_fault == "all" && name.own_fault.empty()) {
    every.faults = wire_faults();
    for (const NamedFault& fault : every.faults) {
      every.targets.push_back(fmt::format("fault={},{}", fault.name, name.stack));
    }
    return every;
  }
  if (name.own_fault != "all" || !name.wire_fault.empty() || !built_in || known->faults.empty()) {
    return std::nullopt;
  }
  every.faults.assign(known->faults.begin(), known->faults.end());
  for (const NamedFault& fault : every.faults) {
    every.targets.push_back(fmt::format("{}:fault={}", name.stack, fault.name));
  }
  return every;
}

}  // namespace tcprove::adapter
