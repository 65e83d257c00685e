#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "harness/scenario/problems.hpp"
#include "harness/scenario/yaml_reader.hpp"
#include "harness/wire/flags.hpp"

namespace tcprove::scenario {

/// A number in a reply of the state × event table. All are as they were before the event; SEG is
/// the arriving segment, of which SEG.LEN counts what lies in the window.
enum class ReplyNumber : std::uint8_t {
  Zero,
  Iss,
  NewIss,  ///< NEW.ISS: of a connection that takes the place of an old one, above its SND.NXT.
  SndUna,
  SndNxt,
  RcvNxt,
  SegAck,
  SegSeqPlusOne,
  SegEnd,  ///< SEG.SEQ+SEG.LEN.
};

/// A segment as RFC 9293 section 3.10 writes it: `<SEQ=SND.NXT><ACK=RCV.NXT><CTL=ACK>`.
struct ReplySegment {
  std::optional<ReplyNumber> seq;  ///< Nothing: any.
  std::optional<ReplyNumber> ack;  ///< Nothing: any where ACK is set.
  wire::Flags ctl;                 ///< Of SYN, ACK, FIN and RST; the others are free.
  wire::Flags optional_ctl;        ///< These may be set or not: `FIN?`.
  enum class Data : std::uint8_t { None, Optional, Some } data = Data::None;
  bool zero_window = false;  ///< `<WND=0>`.

  bool operator==(const ReplySegment&) const = default;
};

/// One answer to an event.
struct Reply {
  enum class Kind : std::uint8_t {
    None,     ///< The event calls for no segment.
    Later,    ///< The row's other replies, but delayed or riding on another segment.
    Segments  ///< These, one after the other: `A then B`.
  };
  Kind kind = Kind::None;
  std::vector<ReplySegment> segments;
  std::string text;  ///< As written.

  bool operator==(const Reply& other) const {
    return kind == other.kind && segments == other.segments;
  }
};

/// Reads `none`, `later`, a segment, or several with `then` between them. Errors: reported.
std::optional<Reply> parse_reply(const Node& node, Problems& problems);

}  // namespace tcprove::scenario
