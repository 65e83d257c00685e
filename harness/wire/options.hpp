#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "harness/wire/segment.hpp"

namespace tcprove::wire {

enum class OptionKind : std::uint8_t {
  EndOfList = 0,
  NoOperation = 1,
  MaximumSegmentSize = 2,
  WindowScale = 3,
  SackPermitted = 4,
  Sack = 5,
  Timestamps = 8,
  FastOpen = 34,
};

struct EndOfList {};    ///< RFC 9293 section 3.2; all after it is padding.
struct NoOperation {};  ///< RFC 9293 section 3.2.

/// RFC 2018 section 2.
struct SackPermitted {
  static constexpr OptionKind kKind = OptionKind::SackPermitted;
};

/// RFC 9293 section 3.7.1.
struct MaximumSegmentSize {
  static constexpr OptionKind kKind = OptionKind::MaximumSegmentSize;
  std::uint16_t octets = 0;
};

/// RFC 7323 section 2.2; `shift` above 14 is used as 14 by a stack that obeys 2.3.
struct WindowScale {
  static constexpr OptionKind kKind = OptionKind::WindowScale;
  std::uint8_t shift = 0;
};

/// RFC 2018 section 3: up to four blocks [left, right).
struct Sack {
  static constexpr OptionKind kKind = OptionKind::Sack;
  struct Block {
    SeqNum left;
    SeqNum right;
    bool operator==(const Block&) const = default;
  };
  std::array<Block, 4> blocks{};
  std::uint8_t count = 0;
};

/// RFC 7323 section 3.2.
struct Timestamps {
  static constexpr OptionKind kKind = OptionKind::Timestamps;
  std::uint32_t tsval = 0;
  std::uint32_t tsecr = 0;
};

/// RFC 7413 section 4.1.1; an empty cookie is a request.
struct FastOpen {
  static constexpr OptionKind kKind = OptionKind::FastOpen;
  Octets cookie{};
};

/// Any other kind, or a known kind whose length is not its own; `data` excludes kind and length.
struct UnknownOption {
  std::uint8_t kind = 0;
  Octets data{};
};

using Option = std::variant<EndOfList, NoOperation, MaximumSegmentSize, WindowScale, SackPermitted,
                            Sack, Timestamps, FastOpen, UnknownOption>;

/// The kind octet that `option` has on the wire.
std::uint8_t kind_of(const Option& option);

/// An option as it stands in the header, its value unread.
struct RawOption {
  std::uint8_t kind = 0;
  Octets data{};  ///< Behind kind and length.
};

/// What `raw` says; UnknownOption where its length is not that of its kind.
///
/// Lifetime: may point into what `raw` does.
Option read(const RawOption& raw);

/// Walks the options of a header in wire order and stops at EOL, at the end or at the first
/// malformed one.
///
/// Lifetime: the options that it answers may point into the octets given.
class OptionReader {
 public:
  explicit OptionReader(Octets options) : rest_(options) {}

  /// Nothing at the end; EOL itself is answered once.
  std::optional<Option> next() {
    const std::optional<RawOption> raw = next_raw();
    return raw ? std::optional(read(*raw)) : std::nullopt;
  }

  /// As next(), for who wants a kind or the end and not each value.
  std::optional<RawOption> next_raw();

  /// Whether the walk ended at an option whose length is under 2 or runs past the header (MUST-7).
  [[nodiscard]] bool malformed() const { return malformed_; }

 private:
  Octets rest_;
  bool malformed_ = false;
};

/// The first option of type T, as options of one kind are not to be repeated.
template <class T>
std::optional<T> find_option(Octets options) {
  OptionReader reader(options);
  while (const std::optional<RawOption> raw = reader.next_raw()) {
    if constexpr (requires { T::kKind; }) {  // UnknownOption has any.
      if (raw->kind != static_cast<std::uint8_t>(T::kKind)) continue;
    }
    const Option option = read(*raw);
    if (const T* found = std::get_if<T>(&option)) return *found;
  }
  return std::nullopt;
}

/// The most that an option's length octet can tell, without kind and length.
inline constexpr std::size_t kOptionDataOctetsMax = 253;

/// Appends the option's octets as they stand on the wire, without padding.
///
/// Requires: at most kOptionDataOctetsMax octets of data; no more SACK blocks than `blocks` has.
void append(const Option& option, std::vector<std::uint8_t>& out);

/// The scenario language's spelling: `mss 1460`, `nop`, `wscale 7`, `sack-ok`, `sack 1:101
/// 201:301`, `ts 100 0`, `fast-open 0a0b`, `kind 254 00ff`, `eol`. SACK numbers print relative to
/// `base`.
std::string to_string(const Option& option, SeqNum base);

/// All of a header's options, comma separated: `mss 1460,nop,wscale 7`; ends in `malformed` where
/// one is.
std::string options_to_string(Octets options, SeqNum base);

}  // namespace tcprove::wire
