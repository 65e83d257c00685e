#pragma once

#include "harness/report/style.hpp"

namespace tcprove::cli {

/// Whether standard output is a terminal that can redraw a line.
bool stdout_is_terminal();

/// How text on standard output is set: colour on a terminal unless NO_COLOR is set (no-color.org)
/// or TERM is dumb, UTF-8 where the locale says so, the terminal's width between 80 and 120
/// columns, else 100.
report::TextStyle stdout_style();

}  // namespace tcprove::cli
