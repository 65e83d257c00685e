#include "harness/scenario/flags_parser.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "harness/base/spelling.hpp"

namespace tcprove::scenario {
namespace {

constexpr std::array<std::string_view, 8> kFlagNames{"SYN", "ACK", "FIN", "RST",
                                                     "PSH", "URG", "ECE", "CWR"};
constexpr std::array<wire::Flag, 8> kFlags{wire::Flag::Syn, wire::Flag::Ack, wire::Flag::Fin,
                                           wire::Flag::Rst, wire::Flag::Psh, wire::Flag::Urg,
                                           wire::Flag::Ece, wire::Flag::Cwr};

wire::Flags parse_flag(Cursor& cursor, wire::Flags before) {
  const std::size_t begin = cursor.position();
  const std::string_view name =
      cursor.take_while([](char c) { return !is_blank(c) && c != ',' && c != '='; });
  const auto known = std::find(kFlagNames.begin(), kFlagNames.end(), name);
  if (name == "ICMP") {
    cursor.error_since(begin, "an ICMP error comes by a step send of its own");
    cursor.move_to(cursor.position() + cursor.rest().size());
    return {};
  }
  if (known == kFlagNames.end()) {
    cursor.error_since(begin,
                       fmt::format("{} is no flag; the flags are SYN, ACK, FIN, RST, PSH, URG, "
                                   "ECE and CWR, or none",
                                   in_quotes(name)),
                       base::nearest(name, kFlagNames));
    return {};
  }
  const wire::Flag flag = kFlags.at(static_cast<std::size_t>(known - kFlagNames.begin()));
  if (before.has(flag)) cursor.error_since(begin, fmt::format("{} is given twice", name));
  return flag;
}

}  // namespace

bool is_flag_name(std::string_view name) {
  return std::find(kFlagNames.begin(), kFlagNames.end(), name) != kFlagNames.end();
}

wire::Flags parse_flags(Cursor& cursor) {
  wire::Flags flags;
  const std::size_t begin = cursor.position();
  const std::string_view word = cursor.take_word();
  if (word == "none") return flags;
  cursor.move_to(begin);
  if (word.empty() || word.find('=') != std::string_view::npos) {
    cursor.error(begin, begin + word.size(), "a segment begins with its flags, or none");
    return flags;
  }
  do {
    const std::size_t gap = cursor.position();
    cursor.skip_blanks();
    if (cursor.position() != gap || cursor.at_end() || cursor.peek() == ',') {
      cursor.error(gap, cursor.position(), "flags stand together, with one comma and no blank");
    }
    if (!cursor.at_end() && cursor.peek() != ',') flags |= parse_flag(cursor, flags);
  } while (cursor.take(","));
  return flags;
}

}  // namespace tcprove::scenario
