// Another's dissector must read in our captures what we meant to write: every field, option,
// checksum and comment.

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <string_view>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "harness/testing/golden.hpp"
#include "harness/wire/capture_reader.hpp"
#include "harness/wire/icmp.hpp"
#include "harness/wire/tshark_fixture.hpp"

namespace tcprove::wire {
namespace {

using namespace std::chrono_literals;

std::vector<Record> records() {
  std::vector<Record> all;
  for (const IpVersion version : kBothVersions) {
    for (const Sample& sample : samples()) {
      Packet packet = packet_between(version);
      OctetVector options;
      for (const Option& option : sample.options) append(option, options);
      packet.segment.ctl = sample.ctl;
      packet.segment.options = options;
      packet.segment.payload = sample.payload;
      sample.edit(packet);

      Record& record = all.emplace_back();
      record.sample = sample;
      record.at = base::Instant(1'000'000'001ns * static_cast<int>(all.size()));
      record.direction = all.size() % 2 == 0 ? PcapngWriter::Direction::ToStack
                                             : PcapngWriter::Direction::FromStack;
      encode(packet, sample.lies, record.octets);
    }
  }
  // Only now: the vector has moved its records about.
  for (Record& record : all) record.packet = decode(record.octets);
  return all;
}

/// A file of its own, gone at the end.
class CaptureFile {
 public:
  explicit CaptureFile(const std::vector<Record>& all) {
    std::ofstream out(path_, std::ios::binary);
    PcapngWriter writer(out, "textbook/captures-are-readable");
    for (const Record& r : all) writer.write(r.at, r.direction, r.octets, r.sample.comment);
  }
  ~CaptureFile() { std::filesystem::remove(path_); }
  CaptureFile(const CaptureFile&) = delete;
  CaptureFile& operator=(const CaptureFile&) = delete;

  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_ = fmt::format("{}tcprove-tshark-{}.pcapng", ::testing::TempDir(), getpid());
};

/// What `command` prints, line by line; nothing where it fails.
std::vector<std::string> lines_of(const std::string& command) {
  const auto close = [](std::FILE* pipe) { pclose(pipe); };
  const std::unique_ptr<std::FILE, decltype(close)> pipe(popen(command.c_str(), "r"), close);
  if (!pipe) return {};
  std::string printed;
  std::array<char, 4096> chunk{};
  while (const std::size_t size = std::fread(chunk.data(), 1, chunk.size(), pipe.get())) {
    printed.append(chunk.data(), size);
  }
  std::vector<std::string> lines;
  std::istringstream in(printed);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

/// tshark prints the padding behind EOL as so many EOLs.
std::string without_padding(std::string option_kinds) {
  while (option_kinds.ends_with(",0,0")) option_kinds.resize(option_kinds.size() - 2);
  return option_kinds;
}

std::vector<std::string> split(const std::string& line) {
  std::vector<std::string> columns;
  std::istringstream in(line + '\t');
  for (std::string column; std::getline(in, column, '\t');) columns.push_back(column);
  return columns;
}

std::vector<std::string> dissect(const std::string& path) {
  std::string command = "tshark -n -r '" + path +
                        "' -o tcp.check_checksum:TRUE -o ip.check_checksum:TRUE"
                        " -o tcp.relative_sequence_numbers:FALSE -T fields -E occurrence=a";
  for (const Field& field : fields()) command += std::string(" -e ") + field.name;
  return lines_of(command + " 2>/dev/null");
}

constexpr std::string_view kOptionKinds = "tcp.option_kind";

TEST(Tshark, ReadsInOurCapturesWhatWeMeantToWrite) {
  if (lines_of("command -v tshark").empty()) GTEST_SKIP() << "tshark is not installed";
  const std::vector<Record> all = records();
  const CaptureFile file(all);
  const std::vector<std::string> lines = dissect(file.path());
  ASSERT_EQ(lines.size(), all.size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    std::vector<std::string> columns = split(lines[i]);
    ASSERT_EQ(columns.size(), fields().size()) << lines[i];
    for (std::size_t column = 0; column < columns.size(); ++column) {
      const Field& field = fields()[column];
      if (field.name == kOptionKinds) columns[column] = without_padding(columns[column]);
      EXPECT_EQ(columns[column], field.expected(all[i]))
          << field.name << " of packet " << i + 1 << ", " << all[i].sample.comment;
    }
  }
}

/// What tshark reads in one packet: `columns` by name.
std::vector<std::string> dissect_one(Octets packet, std::string_view columns) {
  Record record;
  record.octets = {packet.begin(), packet.end()};
  const CaptureFile file({record});
  const auto lines = lines_of(fmt::format(
      "tshark -n -r '{}' -o tcp.relative_sequence_numbers:FALSE -T fields {} 2>/dev/null",
      file.path(), columns));
  return lines.empty() ? std::vector<std::string>{} : split(lines.front());
}

TEST(Tshark, ReadsIcmpAsWeMeantToWriteIt) {
  if (lines_of("command -v tshark").empty()) GTEST_SKIP() << "tshark is not installed";
  for (const IpVersion version : kBothVersions) {
    const Packet packet = packet_between(version);
    const OctetVector quoted = encoded(packet);
    OctetVector octets;
    encode(IcmpMessage{.source = packet.destination,
                       .destination = packet.source,
                       .error = IcmpError::FragmentationNeeded,
                       .mtu = 1280,
                       .quoted = quoted},
           octets);
    const bool v4 = version == IpVersion::V4;
    const std::string seq = std::to_string(packet.segment.seq.raw());
    const std::vector<std::string> right{v4 ? "3" : "2", v4 ? "4" : "0", "1280", "1", seq};
    EXPECT_EQ(dissect_one(octets, v4 ? "-e icmp.type -e icmp.code -e icmp.mtu"
                                       " -e icmp.checksum.status -e tcp.seq"
                                     : "-e icmpv6.type -e icmpv6.code -e icmpv6.mtu"
                                       " -e icmpv6.checksum.status -e tcp.seq"),
              right);
  }
}

TEST(Tshark, ReadsIpOptionsAsWeMeantToWriteThem) {
  if (lines_of("command -v tshark").empty()) GTEST_SKIP() << "tshark is not installed";
  const OctetVector record_route{7, 7, 4, 0, 0, 0, 0};  // An option that IPv6 does not know.
  for (const IpVersion version : kBothVersions) {
    Packet packet = packet_between(version);
    packet.ip_options = record_route;
    const bool v4 = version == IpVersion::V4;
    const std::vector<std::string> right{v4 ? "7" : "0x07",
                                         std::to_string(packet.segment.seq.raw())};
    EXPECT_EQ(dissect_one(encoded(packet), v4 ? "-e ip.opt.type -E occurrence=f -e tcp.seq_raw"
                                              : "-e ipv6.opt.type -E occurrence=f -e tcp.seq_raw"),
              right);
  }
}

TEST(Tshark, WritesCapturesThatWeRead) {
  if (lines_of("command -v tshark").empty()) GTEST_SKIP() << "tshark is not installed";
  const std::vector<Record> all = records();
  const CaptureFile file(all);
  for (const std::string format : {"pcap", "nsecpcap", "pcapng"}) {
    SCOPED_TRACE(format);
    const std::string path = file.path() + "." + format;
    lines_of("tshark -n -r '" + file.path() + "' -F " + format + " -w '" + path + "' 2>/dev/null");
    const std::string text = testing::read_octets(path);
    std::filesystem::remove(path);
    const OctetVector octets(text.begin(), text.end());
    CaptureReader reader(octets);
    for (const Record& record : all) {
      const auto frame = reader.next();
      ASSERT_TRUE(frame.has_value()) << reader.error();
      const auto packet = ip_packet_in(frame->link, frame->octets);
      ASSERT_TRUE(packet.has_value()) << record.sample.comment;
      EXPECT_TRUE(std::ranges::equal(*packet, record.octets)) << record.sample.comment;
      const base::Duration unit = format == "pcap" ? base::Duration(1us) : base::Duration(1ns);
      EXPECT_EQ(frame->at.time_since_epoch(), record.at.time_since_epoch() / unit * unit);
      const bool tells = frame->direction != CapturedFrame::Direction::Unknown;
      EXPECT_EQ(tells, format == "pcapng");
    }
    EXPECT_FALSE(reader.next().has_value());
    EXPECT_EQ(reader.error(), "");
  }
}

}  // namespace
}  // namespace tcprove::wire
