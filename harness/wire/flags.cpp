#include "harness/wire/flags.hpp"

#include <array>
#include <string_view>
#include <utility>

namespace tcprove::wire {

std::string to_string(Flags flags) {
  static constexpr std::array<std::pair<Flag, std::string_view>, 8> kNames{{{Flag::Fin, "FIN"},
                                                                            {Flag::Syn, "SYN"},
                                                                            {Flag::Rst, "RST"},
                                                                            {Flag::Psh, "PSH"},
                                                                            {Flag::Ack, "ACK"},
                                                                            {Flag::Urg, "URG"},
                                                                            {Flag::Ece, "ECE"},
                                                                            {Flag::Cwr, "CWR"}}};
  std::string text;
  for (const auto& [flag, name] : kNames) {
    if (!flags.has(flag)) continue;
    if (!text.empty()) text += ',';
    text += name;
  }
  return text.empty() ? "none" : text;
}

}  // namespace tcprove::wire
