#include "harness/scenario/reply_parser.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include <fmt/format.h>

#include "harness/base/spelling.hpp"
#include "harness/scenario/cursor.hpp"
#include "harness/scenario/map_reader.hpp"
#include "harness/scenario/phrase.hpp"

namespace tcprove::scenario {
namespace {

/// In the order of ReplyNumber.
constexpr std::array<std::string_view, 9> kNumberNames{"0",       "ISS",       "NEW.ISS",
                                                       "SND.UNA", "SND.NXT",   "RCV.NXT",
                                                       "SEG.ACK", "SEG.SEQ+1", "SEG.SEQ+SEG.LEN"};
constexpr std::array<std::string_view, 4> kControlNames{"SYN", "ACK", "FIN", "RST"};
constexpr std::array<wire::Flag, 4> kControls{wire::Flag::Syn, wire::Flag::Ack, wire::Flag::Fin,
                                              wire::Flag::Rst};
constexpr std::array<std::string_view, 6> kFieldNames{"SEQ", "ACK", "CTL", "WND", "DATA", "DATA?"};

/// Reads one segment's fields, each in its angle brackets.
class SegmentReader {
 public:
  explicit SegmentReader(Cursor& cursor) : cursor_(cursor) {}

  ReplySegment read() {
    const std::size_t begin = cursor_.position();
    while (cursor_.take("<")) read_field();
    if (segment_.ctl == wire::Flags() && good_) {
      cursor_.error_since(begin, "a reply's segment needs <CTL=…>");
    }
    return segment_;
  }

 private:
  void read_field() {
    const std::size_t begin = cursor_.position();
    const std::string_view name =
        cursor_.take_while([](char c) { return is_letter(c) || c == '?'; });
    if (name == "SEQ" && cursor_.take("=")) {
      segment_.seq = read_number();
    } else if (name == "ACK" && cursor_.take("=")) {
      segment_.ack = read_number();
    } else if (name == "CTL" && cursor_.take("=")) {
      read_controls();
    } else if (name == "WND" && cursor_.take("=0")) {
      segment_.zero_window = true;
    } else if (name == "DATA") {
      segment_.data = ReplySegment::Data::Some;
    } else if (name == "DATA?") {
      segment_.data = ReplySegment::Data::Optional;
    } else {
      refuse(begin, fmt::format("a reply has no field {}", in_quotes(name)),
             base::nearest(name, kFieldNames));
    }
    if (!cursor_.take(">") && good_) refuse(begin, "this field is not closed by >");
    if (!good_) {
      cursor_.take_while([](char c) { return c != '>'; });
      cursor_.take(">");
    }
  }

  std::optional<ReplyNumber> read_number() {
    const std::size_t begin = cursor_.position();
    const std::string_view name = cursor_.take_while([](char c) { return c != '>' && c != '<'; });
    const auto known = std::find(kNumberNames.begin(), kNumberNames.end(), name);
    if (known != kNumberNames.end()) {
      return static_cast<ReplyNumber>(known - kNumberNames.begin());
    }
    refuse(begin, fmt::format("{} is no number of a reply", in_quotes(name)),
           base::nearest(name, kNumberNames));
    return std::nullopt;
  }

  void read_controls() {
    do {
      const std::size_t begin = cursor_.position();
      const std::string_view name = cursor_.take_while(is_letter);
      const auto known = std::find(kControlNames.begin(), kControlNames.end(), name);
      if (known == kControlNames.end()) {
        return refuse(begin, fmt::format("{} is no control bit of a reply", in_quotes(name)),
                      base::nearest(name, kControlNames));
      }
      const wire::Flag flag = kControls.at(static_cast<std::size_t>(known - kControlNames.begin()));
      (cursor_.take("?") ? segment_.optional_ctl : segment_.ctl) |= flag;
    } while (cursor_.take(","));
  }

  void refuse(std::size_t begin, std::string message, std::string suggestion = {}) {
    cursor_.error_since(begin, std::move(message), std::move(suggestion));
    good_ = false;
  }

  Cursor& cursor_;
  ReplySegment segment_;
  bool good_ = true;
};

}  // namespace

std::optional<Reply> parse_reply(const Node& node, Problems& problems) {
  const std::string* text = read_text(node, "a reply", problems);
  if (text == nullptr) return std::nullopt;
  Reply reply{.kind = Reply::Kind::None, .segments = {}, .text = *text};
  if (*text == "none") return reply;
  reply.kind = Reply::Kind::Later;
  if (*text == "later") return reply;
  reply.kind = Reply::Kind::Segments;
  const std::size_t before = problems.count();
  const Phrase phrase(node);
  Cursor cursor(phrase, problems);
  if (cursor.peek() != '<') {
    cursor.error_at_word("a reply is none, later, or <SEQ=…><ACK=…><CTL=…>");
    return std::nullopt;
  }
  do {
    reply.segments.push_back(SegmentReader(cursor).read());
  } while (cursor.take(" then "));
  if (!cursor.at_end() && problems.count() == before) {
    cursor.error_at_word("this is not part of a reply");
  }
  if (problems.count() != before) return std::nullopt;
  return reply;
}

}  // namespace tcprove::scenario
