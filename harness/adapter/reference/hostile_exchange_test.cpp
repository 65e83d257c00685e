#include <algorithm>
#include <array>
#include <random>
#include <string>

#include <gtest/gtest.h>

#include "harness/adapter/reference/exchange.hpp"
#include "harness/adapter/reference/faults.hpp"

namespace tcprove::adapter::reference {
namespace {

constexpr std::array kBeginnings{
    "connect|",
    "listen|> SYN seq=0|",
    "listen|> SYN seq=0 mss=1000|> ACK seq=1 ack=1|accept|",
    "listen|> SYN seq=0 ts=10,0 wscale=3|> ACK seq=1 ack=1 ts=11,0|accept|",
    "listen|> SYN seq=0 mss=1000|> ACK seq=1 ack=1 wnd=0|accept|send 3000|",
    "listen|> SYN seq=0|> ACK seq=1 ack=1|accept|shutdown|",
    "listen|> SYN seq=0|> ACK seq=1 ack=1|accept|> FIN,ACK seq=1 ack=1|",
    "listen|> SYN seq=0|> ACK seq=1 ack=1|accept|shutdown|> FIN,ACK seq=1 ack=2|",
};
constexpr std::array kCalls{"send 1",       "send 900",  "send 5000",  "receive 1",
                            "receive 9999", "shutdown",  "wait 100ms", "wait 1s",
                            "wait 7s",      "wait 3min", "accept",     "urgent 5"};
constexpr std::array kEnds{"close", "abort", "unlisten", "connect", "listen"};
constexpr std::array kFlags{"ACK",     "ACK", "ACK",     "PSH,ACK", "FIN,ACK", "SYN",
                            "SYN,ACK", "RST", "RST,ACK", "none",    "FIN",     "URG,ACK"};
constexpr std::array kOptions{"", "", "", " ts=12,0", " ts=4,9", " wscale=9", " opt=fe00"};

/// Lines that a conversation might hold, and many that none should.
class Script {
 public:
  explicit Script(std::uint32_t seed) : random_(seed) {
    text_ = pick(kBeginnings);
    for (int line = 0; line < 25; ++line) {
      const int kind = below(20);
      text_ += (kind < 6 ? pick(kCalls) : kind == 6 ? pick(kEnds) : segment()) + '|';
    }
    std::ranges::replace(text_, '|', '\n');
  }

  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  int below(int n) { return static_cast<int>(random_() % static_cast<std::uint32_t>(n)); }

  template <class Array>
  std::string pick(const Array& from) {
    return from[static_cast<std::size_t>(below(static_cast<int>(from.size())))];
  }

  std::string segment() {
    const int ack = below(below(2) == 0 ? 12 : 6000) - 3;
    const int len = below(3) == 0 ? below(3000) : below(9);
    const int wnd = below(4) == 0 ? below(300) : 60000;
    return "> " + pick(kFlags) + " seq=" + std::to_string(below(60) - 9) +
           " ack=" + std::to_string(ack) + " len=" + std::to_string(len) +
           " up=" + std::to_string(below(40)) + " wnd=" + std::to_string(wnd) + pick(kOptions);
  }

  std::mt19937 random_;
  std::string text_;
};

TEST(HostileExchange, GoesTheSameWayTwice) {
  for (std::uint32_t seed = 0; seed < 200; ++seed) {
    const Script script(seed);
    EXPECT_EQ(play(script.text()), play(script.text())) << "seed " << seed;
  }
}

/// The sanitizers are the judges: a fault is a mistake of the protocol and not of memory.
TEST(HostileExchange, LeavesAStackWithAnyFaultStanding) {
  for (const NamedFault& entry : faults()) {
    for (std::uint32_t seed = 0; seed < 10; ++seed) {
      EXPECT_FALSE(play(Script(seed).text(), *parse_fault(entry.name)).empty()) << entry.name;
    }
  }
}

}  // namespace
}  // namespace tcprove::adapter::reference
