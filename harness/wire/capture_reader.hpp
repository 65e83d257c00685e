#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "harness/base/virtual_time.hpp"
#include "harness/wire/link_layer.hpp"
#include "harness/wire/segment.hpp"

namespace tcprove::wire {

/// One frame of a capture.
///
/// Lifetime: `octets` as the file's.
struct CapturedFrame {
  std::size_t number = 0;  ///< From 1, as Wireshark counts.
  base::Instant at;        ///< From 1970-01-01; the zero instant where the block has no stamp.
  LinkType link = LinkType::Raw;
  Octets octets;
  bool cut = false;  ///< The capture kept less of it than was on the wire.

  /// As its flags tell, where it was captured.
  enum class Direction : std::uint8_t { Unknown, Inbound, Outbound };
  Direction direction = Direction::Unknown;
};

/// Reads the frames of a pcap or pcapng file, in either order of octets.
///
/// Any octets may come: nothing is read past the file's end, no length in it is believed, and what
/// is kept is a few octets for each interface. Where the file is broken the frames before are
/// given and error() says what is wrong.
/// Lifetime: keeps no copy of `file`.
class CaptureReader {
 public:
  explicit CaptureReader(Octets file);

  /// Nothing at the end.
  std::optional<CapturedFrame> next();

  /// `octet 24: a block's length …`; empty while nothing is wrong.
  [[nodiscard]] const std::string& error() const { return error_; }

  /// A frame, and a block of pcapng, is at most so long.
  static constexpr std::uint32_t kBlockOctetsMax = 16U << 20U;
  /// Of one section of pcapng.
  static constexpr std::size_t kInterfacesMax = 1024;

 private:
  struct Interface {
    LinkType link = LinkType::Raw;
    std::uint64_t units_per_second = 1'000'000;
    std::int64_t offset_seconds = 0;
    std::uint32_t snap_octets = 0;  ///< 0: no limit.
  };
  struct Block;

  std::optional<CapturedFrame> next_of_pcap();
  std::optional<CapturedFrame> next_of_pcapng();
  std::optional<Block> next_block();
  void begin_pcap();
  void begin_section(const Block& block);
  void add_interface(const Block& block);
  std::optional<CapturedFrame> frame_of(const Block& block);
  std::nullopt_t fail(std::string why);

  [[nodiscard]] std::uint16_t read16(Octets octets, std::size_t at) const;
  [[nodiscard]] std::uint32_t read32(Octets octets, std::size_t at) const;

  Octets file_;
  std::size_t at_ = 0;
  bool is_pcapng_ = false;
  bool big_endian_ = false;
  std::vector<Interface> interfaces_;  ///< pcap: its only one.
  std::size_t frames_ = 0;
  std::string error_;
};

}  // namespace tcprove::wire
