#include "harness/engine/expectation.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <string_view>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/wire/ip_options.hpp"
#include "harness/wire/option_padding.hpp"
#include "harness/wire/options.hpp"
#include "harness/wire/segment_words.hpp"

namespace tcprove::engine {
namespace {

using wire::Flag;
using wire::Flags;
using wire::SeqLen;
using wire::SeqNum;

constexpr unsigned kEcnBits = 2;
constexpr unsigned kEcnMask = 3;
constexpr Flags kStateBits = Flag::Syn | Flag::Fin | Flag::Rst;
constexpr Flags kAloneBits = kStateBits | Flag::Ack;
constexpr Flags kCarrierBits = kAloneBits.without(Flag::Fin);  ///< A FIN may ride on it.

bool holds(plan::Comparison comparison, std::int64_t actual, std::int64_t wanted) {
  switch (comparison) {
    case plan::Comparison::Equal:
      return actual == wanted;
    case plan::Comparison::NotEqual:
      return actual != wanted;
    case plan::Comparison::AtMost:
      return actual <= wanted;
    case plan::Comparison::AtLeast:
      return actual >= wanted;
  }
  return false;
}

/// Where the part of `pending` that no expectation has taken begins, and what it still holds.
struct Rest {
  SeqNum seq;
  wire::Octets payload;
  bool fin = false;
  bool fresh = true;  ///< Nothing of it was taken yet.
};

Rest rest_of(const Pending& pending) {
  const wire::Segment& segment = pending.packet.segment;
  const bool syn = segment.ctl.has(Flag::Syn);
  if (!pending.taken) {
    return {.seq = segment.seq, .payload = segment.payload, .fin = segment.ctl.has(Flag::Fin)};
  }
  const SeqLen taken = distance(segment.seq + (syn ? 1U : 0U), pending.rest);
  const std::size_t octets = std::min<std::size_t>(taken, segment.payload.size());
  return {.seq = pending.rest,
          .payload = segment.payload.subspan(octets),
          .fin = segment.ctl.has(Flag::Fin),
          .fresh = false};
}

/// Whether what an option carries behind kind and length is what `wanted` says.
bool value_agrees(const plan::OptionText& wanted, wire::Octets value, wire::Octets data) {
  if (value.size() != data.size()) return false;
  // Integers of one length, most significant octet first, compare as their octets do.
  if (wanted.at_most) return !std::ranges::lexicographical_compare(data, value);
  return std::ranges::equal(value.subspan(wanted.any_octets), data.subspan(wanted.any_octets));
}

bool has_option(wire::Octets options, const plan::OptionText& wanted, const Stream& stream) {
  std::vector<std::uint8_t> octets;
  for (const auto& [left, right] : wanted.sack) {
    for (const plan::Expr& edge : {left, right}) {
      // What the stack acknowledges selectively are the peer's numbers.
      const auto number = static_cast<SeqLen>(edge.evaluate(stream.values));
      const std::uint32_t raw = (stream.peer_base + number).raw();
      for (const unsigned shift : {24U, 16U, 8U, 0U}) {
        octets.push_back(static_cast<std::uint8_t>(raw >> shift));
      }
    }
  }
  const wire::Octets data = wanted.sack.empty() ? wire::Octets(wanted.data) : wire::Octets(octets);
  wire::OptionReader reader(options);
  std::vector<std::uint8_t> found;
  while (const std::optional<wire::Option> option = reader.next()) {
    if (wire::kind_of(*option) != wanted.kind) continue;
    if (wanted.any_value) return true;
    found.clear();
    wire::append(*option, found);
    const std::size_t head = found.size() > 1 ? 2 : 1;  // Kind, and length where there is one.
    if (value_agrees(wanted, wire::Octets(found).subspan(head), data)) return true;
  }
  return false;
}

bool has_ip_option(const wire::Packet& packet, const plan::OptionText& wanted) {
  wire::IpOptionReader reader(packet);
  while (const std::optional<wire::IpOption> option = reader.next()) {
    if (option->kind == wanted.kind && std::ranges::equal(option->data, wanted.data)) return true;
  }
  return false;
}

/// Kinds that stand in `options`, padding aside.
std::size_t option_count(wire::Octets options) {
  std::size_t count = 0;
  wire::OptionReader reader(options);
  while (const std::optional<wire::Option> option = reader.next()) {
    const std::uint8_t kind = wire::kind_of(*option);
    if (kind > static_cast<std::uint8_t>(wire::OptionKind::NoOperation)) ++count;
  }
  return count;
}

class Comparer {
 public:
  Comparer(const Wanted& wanted, const Stream& stream) : wanted_(wanted), stream_(stream) {}

  /// How one packet serves the expectation.
  enum class Use : std::uint8_t { Unlike, Part, Last };

  Use use(const Pending& pending);

  [[nodiscard]] Fields differences() const { return differences_; }
  [[nodiscard]] bool leaves_rest() const { return leaves_rest_; }
  [[nodiscard]] SeqNum rest() const { return rest_; }

 private:
  Use use_exactly(const wire::Segment& segment);
  Use use_data(const wire::Segment& segment, const Rest& rest);
  Use use_fin(const wire::Segment& segment, const Rest& rest);
  Use use_ack(const Pending& pending, const Rest& rest);
  void compare_flags(const wire::Segment& segment, Flags compared);
  void compare_seq(SeqNum seq);
  void compare_rest(const wire::Segment& segment);
  void compare_ip(const wire::Packet& packet);
  void compare_octets(SeqNum seq, wire::Octets payload);
  Use last_or_rest(const wire::Segment& segment, SeqNum taken_up_to, const Rest& rest);

  [[nodiscard]] const plan::SegmentText& text() const { return *wanted_.text; }
  [[nodiscard]] SeqLen data_len() const {
    return static_cast<SeqLen>(text().data ? text().data->size()
                                           : static_cast<std::size_t>(wanted_.len.value_or(0)));
  }

  const Wanted& wanted_;
  const Stream& stream_;
  Fields differences_;
  std::optional<SeqNum> covered_;  ///< Data wanted and seen so far ends here.
  SeqNum data_begin_;
  bool leaves_rest_ = false;
  SeqNum rest_;
};

void Comparer::compare_flags(const wire::Segment& segment, Flags compared) {
  if (text().psh_named) compared |= Flag::Psh;
  for (const Flag flag : {Flag::Urg, Flag::Ece, Flag::Cwr}) {
    if (text().ctl.has(flag)) compared |= flag;
  }
  const auto octet = [&](Flags f) { return f.octet() & compared.octet(); };
  if (octet(segment.ctl) != octet(text().ctl)) differences_.add(Field::Flags);
}

void Comparer::compare_seq(SeqNum seq) {
  if (wanted_.seq && seq != stream_.stack_base + *wanted_.seq) differences_.add(Field::Seq);
}

void Comparer::compare_rest(const wire::Segment& segment) {
  if (wanted_.ack && segment.ack != stream_.peer_base + *wanted_.ack) differences_.add(Field::Ack);
  if (wanted_.wnd && !holds(text().wnd_comparison, segment.wnd, *wanted_.wnd)) {
    differences_.add(Field::Wnd);
  }
  if (wanted_.up && segment.up != *wanted_.up) differences_.add(Field::Up);
  if (!text().options) return;
  const bool all = std::ranges::all_of(*text().options, [&](const plan::OptionText& option) {
    return has_option(segment.options, option, stream_);
  });
  const bool no_others =
      !wanted_.exactly || (option_count(segment.options) == text().options->size() &&
                           wire::padding_is_zero(segment.options));
  if (!all || !no_others) differences_.add(Field::Options);
}

void Comparer::compare_ip(const wire::Packet& packet) {
  if (text().ttl && packet.hop_limit != *text().ttl) differences_.add(Field::Ttl);
  if (text().dscp && packet.traffic_class >> kEcnBits != *text().dscp) {
    differences_.add(Field::Dscp);
  }
  if (text().ecn && (packet.traffic_class & kEcnMask) != *text().ecn) differences_.add(Field::Ecn);
  if (!text().ip_options) return;
  const bool all = std::ranges::all_of(*text().ip_options, [&](const plan::OptionText& option) {
    return has_ip_option(packet, option);
  });
  if (!all) differences_.add(Field::IpOptions);
}

void Comparer::compare_octets(SeqNum seq, wire::Octets payload) {
  // Octets that the user never handed over are wrong whatever they are.
  const auto agree = [seq, payload](wire::Octets right, SeqNum begins) {
    const SeqLen offset = distance(begins, seq);
    return offset <= right.size() && payload.size() <= right.size() - offset &&
           std::ranges::equal(payload, right.subspan(offset, payload.size()));
  };
  const bool right = text().data ? agree(*text().data, data_begin_)
                                 : agree(stream_.user_octets, stream_.first_octet);
  if (!payload.empty() && !right) differences_.add(Field::Data);
}

Comparer::Use Comparer::use(const Pending& pending) {
  differences_ = {};
  leaves_rest_ = false;
  if (!pending.packet.flaws.none()) {
    differences_.add(Field::Broken);
    return Use::Unlike;
  }
  compare_ip(pending.packet);
  const wire::Segment& segment = pending.packet.segment;
  if (wanted_.exactly) return use_exactly(segment);
  const Rest rest = rest_of(pending);
  if (wanted_.wants_data()) return use_data(segment, rest);
  if (text().ctl.has(Flag::Fin) && !text().ctl.has(Flag::Syn)) return use_fin(segment, rest);
  if (!text().ctl.any(kStateBits)) return use_ack(pending, rest);
  // A SYN or a RST stands alone.
  compare_flags(segment, kAloneBits);
  compare_seq(segment.seq);
  compare_rest(segment);
  return differences_.none() ? Use::Last : Use::Unlike;
}

Comparer::Use Comparer::use_exactly(const wire::Segment& segment) {
  compare_flags(segment, Flags::from_octet(0xff));
  compare_seq(segment.seq);
  compare_rest(segment);
  const auto size = static_cast<std::int64_t>(segment.payload.size());
  const auto data = static_cast<std::int64_t>(data_len());
  const bool len_named = wanted_.len.has_value() || text().data.has_value();
  const bool comparison_holds = len_named ? holds(text().len_comparison, size, data) : size == 0;
  if (!comparison_holds) differences_.add(Field::Len);
  data_begin_ = segment.seq + (segment.ctl.has(Flag::Syn) ? 1U : 0U);
  compare_octets(data_begin_, segment.payload);
  return differences_.none() ? Use::Last : Use::Unlike;
}

/// Decides, once all that the step wants was found in `segment`, whether something of it is left.
Comparer::Use Comparer::last_or_rest(const wire::Segment& segment, SeqNum taken_up_to,
                                     const Rest& rest) {
  const SeqNum end = rest.seq + static_cast<SeqLen>(rest.payload.size()) + (rest.fin ? 1U : 0U);
  leaves_rest_ = taken_up_to != end && segment.len() > 0;
  rest_ = taken_up_to;
  return Use::Last;
}

Comparer::Use Comparer::use_data(const wire::Segment& segment, const Rest& rest) {
  if (!covered_) {
    data_begin_ = wanted_.seq ? stream_.stack_base + *wanted_.seq : rest.seq;
  }
  const SeqNum begin = covered_.value_or(data_begin_);
  const SeqNum end = data_begin_ + data_len();
  const bool wants_fin = text().ctl.has(Flag::Fin);
  compare_flags(segment, kCarrierBits);
  compare_rest(segment);

  const auto size = static_cast<SeqLen>(rest.payload.size());
  if (begin == end) {  // All octets were seen; only the FIN is missing.
    if (!rest.fin || rest.seq + size != end) differences_.add(Field::Flags);
    if (!differences_.none()) return Use::Unlike;
    return last_or_rest(segment, end + 1, rest);
  }
  const SeqLen skip = distance(rest.seq, begin);
  if (size == 0) differences_.add(Field::Len);
  if (size > 0 && skip >= size) differences_.add(Field::Seq);
  if (!differences_.none()) return Use::Unlike;
  const SeqLen take = std::min(size - skip, distance(begin, end));
  compare_octets(begin, rest.payload.subspan(skip, take));
  if (!differences_.none()) return Use::Unlike;
  covered_ = begin + take;
  if (*covered_ != end) return Use::Part;
  const bool fin_here = rest.fin && rest.seq + size == end;
  if (wants_fin && !fin_here) return Use::Part;
  return last_or_rest(segment, wants_fin ? end + 1 : end, rest);
}

Comparer::Use Comparer::use_fin(const wire::Segment& segment, const Rest& rest) {
  compare_flags(segment, kAloneBits);
  compare_seq(rest.seq);
  compare_rest(segment);
  if (wanted_.len && !rest.payload.empty()) differences_.add(Field::Len);
  if (differences_.none()) compare_octets(rest.seq, rest.payload);
  return differences_.none() ? Use::Last : Use::Unlike;
}

Comparer::Use Comparer::use_ack(const Pending& pending, const Rest& rest) {
  const wire::Segment& segment = pending.packet.segment;
  compare_flags(segment, kCarrierBits);
  // One segment's ACK serves one step; what is left of it waits for a step of its own.
  if (!rest.fresh) differences_.add(Field::Flags);
  // It may ride on what is sent again; that ends where an ACK alone would stand.
  const bool rides_again = !pending.novel && wanted_.ack.has_value() && !wanted_.len;
  compare_seq(rides_again ? segment.seq + segment.len() : segment.seq);
  compare_rest(segment);
  if (wanted_.len && segment.len() != 0) differences_.add(Field::Len);
  if (!differences_.none()) return Use::Unlike;
  if (rides_again) return Use::Last;
  return last_or_rest(segment, segment.seq, rest);
}

/// What a generous expectation may pass over: pure ACKs, window updates and retransmissions.
bool passable(const Pending& pending) {
  if (!pending.packet.flaws.none() || pending.packet.segment.ctl.has(Flag::Rst)) return false;
  return !pending.novel;
}

}  // namespace

int Fields::count() const { return std::popcount(bits_); }

std::string Fields::ip_words(const wire::Packet& packet) const {
  std::string words;
  if (has(Field::Ttl)) words += " ttl=" + std::to_string(packet.hop_limit);
  if (has(Field::Dscp)) words += " dscp=" + std::to_string(packet.traffic_class >> kEcnBits);
  if (has(Field::Ecn)) {
    words += " ecn=";
    words += wire::ecn_name(packet.traffic_class);
  }
  if (has(Field::IpOptions))
    words += fmt::format(" ip-options=hex:{:02x}", fmt::join(packet.ip_options, ""));
  return words;
}

std::vector<std::string> Fields::names() const {
  static constexpr std::array<std::string_view, 14> kNames{
      "flags",   "seq",  "ack",    "len", "data", "wnd", "up",
      "options", "time", "broken", "ttl", "dscp", "ecn", "ip-options"};
  std::vector<std::string> names;
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if ((bits_ >> i & 1U) != 0) names.emplace_back(kNames.at(i));
  }
  return names;
}

void judge(const Wanted& wanted, std::span<const Pending> queue, const Stream& stream,
           Standing& standing) {
  Comparer comparer(wanted, stream);
  std::optional<std::size_t> first_part;
  const auto fail_at = [&](std::size_t i, Fields fields) {
    standing.kind = Standing::Kind::Failed;
    standing.nearest = i;
    standing.fields = fields;
  };
  for (std::size_t i = standing.passed; i < queue.size(); ++i) {
    const Pending& pending = queue[i];
    if (wanted.exactly && pending.taken) continue;
    const bool early = std::max(pending.at, wanted.begin) < wanted.from;
    // An ACK or a retransmission that was there before the step began says nothing about its time.
    if (early && pending.at < wanted.begin && passable(pending)) continue;
    const Comparer::Use use = comparer.use(pending);
    Fields fields = comparer.differences();
    if (use == Comparer::Use::Unlike) {
      if (wanted.exactly || !passable(pending)) return fail_at(i, fields);
      if (!standing.nearest || fields.count() <= standing.fields.count()) {
        standing.nearest = i;
        standing.fields = fields;
      }
      continue;
    }
    if (pending.at > wanted.to || early) {
      fields.add(Field::Time);
      return fail_at(i, fields);
    }
    if (!first_part) first_part = i;
    if (use == Comparer::Use::Part) continue;
    standing.kind = Standing::Kind::Met;
    standing.first_part = *first_part;
    standing.last = i;
    standing.leaves_rest = comparer.leaves_rest();
    standing.rest = comparer.rest();
    return;
  }
  standing.passed = first_part.value_or(queue.size());
}

}  // namespace tcprove::engine
