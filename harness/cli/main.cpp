#include <iostream>
#include <variant>

#include "harness/cli/arguments.hpp"
#include "harness/cli/commands.hpp"

namespace tcprove::cli {
namespace {

int obey(const Arguments& arguments) {
  struct {
    int operator()(const RunArguments& run) const { return run_command(run); }
    int operator()(const ListArguments& list) const { return list_command(list); }
    int operator()(const LintArguments& lint) const { return lint_command(lint); }
    int operator()(const CheckArguments& check) const { return check_command(check); }
    int operator()(const SmokeArguments& smoke) const { return smoke_command(smoke); }
    int operator()(const FuzzArguments& fuzz) const { return fuzz_command(fuzz); }
  } dispatch;
  return std::visit(dispatch, arguments);
}

}  // namespace
}  // namespace tcprove::cli

int main(int argc, char** argv) {
  using namespace tcprove::cli;
  const std::variant<Arguments, int> parsed = parse_arguments(argc, argv);
  const int* const told = std::get_if<int>(&parsed);
  const int status = told != nullptr ? *told : obey(*std::get_if<Arguments>(&parsed));
  if (std::cout.flush()) return status;
  // Who asked for text and did not get it must not read success.
  std::cerr << "tcprove: cannot write to standard output\n";
  return kHarnessFailed;
}
