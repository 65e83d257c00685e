// The state x event table of RFC 9293 section 3.10.7.4 as this stack fills it in; the RFC's choices
// that it takes are the challenge ACK (RFC 5961) and deafness to RSTs in TIME-WAIT (RFC 1337).

#include <array>
#include <string>

#include <gtest/gtest.h>

#include "harness/adapter/reference/exchange.hpp"
#include "harness/tcp/state.hpp"

namespace tcprove::adapter::reference {
namespace {

/// A state, how to get there, and the variables that an event's letters stand for.
struct Column {
  const char* state;
  std::string prefix;
  int rcv_nxt;  ///< R
  int snd_una;  ///< U
  int snd_nxt;  ///< N
};

const std::string kSynReceived = "listen\n> SYN seq=0\n";
const std::string kEstablished = kSynReceived + "> ACK seq=1 ack=1\naccept\n";
const std::string kFinWait1 = kEstablished + "shutdown\n";
const std::string kFinWait2 = kFinWait1 + "> ACK seq=1 ack=2\n";
const std::string kCloseWait = kEstablished + "> FIN,ACK seq=1 ack=1\n";

const std::array<Column, 8> kColumns{{
    {"SYN-RECEIVED", kSynReceived, 1, 0, 1},
    {"ESTABLISHED", kEstablished + "send 10\n", 1, 1, 11},
    {"FIN-WAIT-1", kFinWait1, 1, 1, 2},
    {"FIN-WAIT-2", kFinWait2, 1, 2, 2},
    {"CLOSE-WAIT", kCloseWait + "send 10\n", 2, 1, 11},
    {"CLOSING", kFinWait1 + "> FIN,ACK seq=1 ack=1\n", 2, 1, 2},
    {"LAST-ACK", kCloseWait + "shutdown\n", 2, 1, 2},
    {"TIME-WAIT", kFinWait2 + "> FIN,ACK seq=1 ack=2\n", 2, 2, 2},
}};

/// A cell: `-` no reply, `A` <SEQ=SND.NXT><ACK=RCV.NXT><CTL=ACK>, `F` the same past a FIN, `R`
/// <SEQ=SEG.ACK><CTL=RST>; then the state that is entered, if it is another.
struct Row {
  const char* event;
  std::array<const char*, 8> cells;
};

// A is an ACK that is acceptable and leaves a FIN of ours unacknowledged; E acknowledges all.
constexpr std::array kRows{
    // clang-format off
    //                            SYN-RECEIVED     ESTABLISHED     FIN-WAIT-1      FIN-WAIT-2     CLOSE-WAIT  CLOSING        LAST-ACK    TIME-WAIT
    Row{"SYN seq=0",            {"A",             "A",            "A",            "A",           "A",        "A",           "A",        "A"}},
    Row{"SYN seq=R+9",          {"- LISTEN",      "A",            "A",            "A",           "A",        "A",           "A",        "* SYN-RECEIVED"}},
    Row{"SYN,ACK seq=0 ack=E",  {"A",             "A",            "A",            "A",           "A",        "A",           "A",        "A"}},
    Row{"ACK seq=R ack=E",      {"- ESTABLISHED", "-",            "- FIN-WAIT-2", "-",           "-",        "- TIME-WAIT", "- LISTEN", "-"}},
    Row{"ACK seq=R ack=U",      {"R",             "-",            "-",            "-",           "-",        "-",           "-",        "-"}},
    Row{"ACK seq=R ack=N+1",    {"R",             "A",            "A",            "A",           "A",        "A",           "A",        "A"}},
    Row{"ACK seq=R-1 ack=A",    {"A",             "A",            "A",            "A",           "A",        "A",           "A",        "A"}},
    Row{"ACK seq=R ack=A len=5",{"- ESTABLISHED", "-",            "-",            "-",           "-",        "-",           "-",        "-"}},
    Row{"ACK seq=R-1 ack=A len=5", {"- ESTABLISHED", "-",         "-",            "-",           "-",        "-",           "-",        "-"}},
    Row{"ACK seq=R+9 ack=A len=5", {"A ESTABLISHED", "A",         "A",            "A",           "-",        "-",           "-",        "-"}},
    Row{"ACK seq=R-5 ack=A len=5", {"A",          "A",            "A",            "A",           "A",        "A",           "A",        "A"}},
    Row{"FIN,ACK seq=R ack=A",  {"F CLOSE-WAIT",  "F CLOSE-WAIT", "F CLOSING",    "F TIME-WAIT", "A",        "-",           "A",        "A"}},
    Row{"FIN,ACK seq=R ack=E",  {"F CLOSE-WAIT",  "F CLOSE-WAIT", "F TIME-WAIT",  "F TIME-WAIT", "A",        "- TIME-WAIT", "- LISTEN", "A"}},
    Row{"FIN,ACK seq=R+9 ack=A",{"A ESTABLISHED", "A",            "A",            "A",           "A",        "-",           "A",        "A"}},
    Row{"FIN,ACK seq=R-1 ack=A",{"A",             "A",            "A",            "A",           "A",        "A",           "A",        "A"}},
    Row{"RST seq=R",            {"- LISTEN",      "- LISTEN",     "- LISTEN",     "- LISTEN",    "- LISTEN", "- LISTEN",    "- LISTEN", "-"}},
    Row{"RST seq=R+1",          {"A",             "A",            "A",            "A",           "A",        "A",           "A",        "-"}},
    Row{"RST seq=R-1",          {"-",             "-",            "-",            "-",           "-",        "-",           "-",        "-"}},
    Row{"RST,ACK seq=R ack=N+1",{"- LISTEN",      "- LISTEN",     "- LISTEN",     "- LISTEN",    "- LISTEN", "- LISTEN",    "- LISTEN", "-"}},
    Row{"none seq=R len=5",     {"-",             "-",            "-",            "-",           "-",        "-",           "-",        "-"}},
    Row{"none seq=R-5 len=5",   {"A",             "A",            "A",            "A",           "A",        "A",           "A",        "A"}},
    Row{"ACK seq=R ack=A wnd=0",{"- ESTABLISHED", "-",            "-",            "-",           "-",        "-",           "-",        "-"}},
    Row{"URG,ACK seq=R ack=A up=5 len=9", {"- ESTABLISHED", "-",  "-",            "-",           "-",        "-",           "-",        "-"}},
    // clang-format on
};

/// The event with its letters replaced: R, U, N, A and E, each with an offset or without.
std::string segment_of(const Row& row, const Column& column) {
  const bool handshake = std::string(column.state) == "SYN-RECEIVED";
  std::string text;
  for (const char* at = row.event; *at != '\0'; ++at) {
    const bool letter = at != row.event && at[-1] == '=';
    int number = 0;
    switch (letter ? *at : '\0') {
      case 'R':
        number = column.rcv_nxt;
        break;
      case 'U':
        number = column.snd_una;
        break;
      case 'N':
      case 'E':
        number = column.snd_nxt;
        break;
      case 'A':
        number = handshake ? column.snd_nxt : column.snd_una;
        break;
      default:
        text += *at;
        continue;
    }
    if (at[1] == '+' || at[1] == '-') {
      number += (at[1] == '+' ? 1 : -1) * (at[2] - '0');
      at += 2;
    }
    text += std::to_string(number);
  }
  return text;
}

std::string reply_of(char code, const Column& column, const std::string& segment) {
  const std::string seq = "< ACK seq=" + std::to_string(column.snd_nxt) + " ack=";
  const std::size_t ack = segment.find("ack=");
  switch (code) {
    case 'A':
      return seq + std::to_string(column.rcv_nxt) + '\n';
    case 'F':
      return seq + std::to_string(column.rcv_nxt + 1) + '\n';
    case 'R':
      return "< RST seq=" + segment.substr(ack + 4) + '\n';
    // MAY-2: the ISS lies past all that the old incarnation used.
    case '*':
      return "< SYN,ACK seq=250002 ack=12\n";
    default:
      return "";
  }
}

void expect_table(const std::string& ip) {
  for (const Row& row : kRows) {
    for (std::size_t i = 0; i < kColumns.size(); ++i) {
      const Column& column = kColumns[i];
      const std::string cell = row.cells[i];
      const std::string segment = segment_of(row, column);
      const std::string next = cell.size() > 2 ? cell.substr(2) : column.state;
      const std::string expected = play(ip + column.prefix) + "> " + segment + '\n' +
                                   reply_of(cell[0], column, segment) + "= " + next + '\n';
      EXPECT_EQ(play(expected), expected) << column.state << ", " << row.event;
    }
  }
}

TEST(StateEventTable, HoldsOverIpv4) { expect_table(""); }

TEST(StateEventTable, HoldsOverIpv6) { expect_table("ip 6\n"); }

}  // namespace
}  // namespace tcprove::adapter::reference
