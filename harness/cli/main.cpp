#include <variant>

#include "harness/cli/arguments.hpp"
#include "harness/cli/commands.hpp"

int main(int argc, char** argv) {
  using namespace tcprove::cli;
  const std::variant<Arguments, int> parsed = parse_arguments(argc, argv);
  if (const int* const status = std::get_if<int>(&parsed)) return *status;
  struct {
    int operator()(const RunArguments& run) const { return run_command(run); }
    int operator()(const ListArguments& list) const { return list_command(list); }
    int operator()(const LintArguments& lint) const { return lint_command(lint); }
  } dispatch;
  return std::visit(dispatch, *std::get_if<Arguments>(&parsed));
}
