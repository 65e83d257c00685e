#include <algorithm>
#include <cstring>
#include <type_traits>
#include <utility>

#include "harness/trace/trace.hpp"

namespace tcprove::trace {
namespace {

/// Changes with the format, so that a trace of another build is refused.
constexpr std::uint64_t kMagic = 0x3345434152544354;  // "TCTRACE3"

constexpr std::size_t kHeadOctets = 26;
constexpr std::size_t kTupleOctets = 38;
constexpr std::size_t kEventOctets = 37;

class OctetsWriter {
 public:
  explicit OctetsWriter(std::size_t capacity) { out_.reserve(capacity); }

  template <class T>
  void put(T value) {
    static_assert(std::is_integral_v<T> || std::is_enum_v<T>);
    put_all({reinterpret_cast<const std::uint8_t*>(&value), sizeof value});
  }
  void put_all(wire::Octets octets) { out_.insert(out_.end(), octets.begin(), octets.end()); }

  void put(const wire::Endpoint& endpoint) {
    put(endpoint.address.version);
    put_all(endpoint.address.octets);
    put(endpoint.port);
  }

  std::vector<std::uint8_t> take() && { return std::move(out_); }

 private:
  std::vector<std::uint8_t> out_;
};

/// Every read past the end or out of range answers zero and spoils the whole.
class OctetsReader {
 public:
  explicit OctetsReader(wire::Octets octets) : rest_(octets) {}

  template <class T>
  T get() {
    static_assert(std::is_integral_v<T> || std::is_enum_v<T>);
    T value{};
    const wire::Octets octets = get_all(sizeof value);
    if (octets.size() == sizeof value) std::memcpy(&value, octets.data(), sizeof value);
    return value;
  }

  /// An enumerator of a plain enumeration from 0 to `last`.
  template <class E>
  E get_up_to(E last) {
    const auto raw = get<std::underlying_type_t<E>>();
    if (raw > static_cast<std::underlying_type_t<E>>(last)) {
      good_ = false;
      return E{};
    }
    return static_cast<E>(raw);
  }

  wire::Octets get_all(std::size_t size) {
    if (size > rest_.size()) {
      good_ = false;
      return {};
    }
    const wire::Octets octets = rest_.first(size);
    rest_ = rest_.subspan(size);
    return octets;
  }

  wire::Endpoint get_endpoint() {
    wire::Endpoint endpoint;
    const auto version = get<std::uint8_t>();
    if (version != static_cast<std::uint8_t>(wire::IpVersion::V4) &&
        version != static_cast<std::uint8_t>(wire::IpVersion::V6)) {
      good_ = false;
      return endpoint;
    }
    endpoint.address.version = static_cast<wire::IpVersion>(version);
    std::ranges::copy(get_all(endpoint.address.octets.size()), endpoint.address.octets.begin());
    endpoint.port = get<std::uint16_t>();
    return endpoint;
  }

  void refuse() { good_ = false; }
  [[nodiscard]] bool good() const { return good_; }
  [[nodiscard]] bool good_at_end() const { return good_ && rest_.empty(); }

 private:
  wire::Octets rest_;
  bool good_ = true;
};

/// Field by field: the struct's padding has no defined value, and equal traces give equal octets.
/// `octets_begin` is the sum of the sizes before it.
void put_event(const Event& event, OctetsWriter& out) {
  out.put(event.at.time_since_epoch().count());
  out.put(event.kind);
  out.put(event.connection);
  out.put(event.step);
  out.put(event.octets_size);
  out.put(event.call);
  out.put(event.status);
  out.put(event.state);
  out.put(event.took);
  out.put(event.option);
  out.put(event.report);
  out.put(std::uint8_t{event.urgent});
  out.put(event.value);
}

Event get_event(OctetsReader& in) {
  Event event;
  event.at = base::Instant(base::Duration(in.get<base::Duration::rep>()));
  event.kind = in.get_up_to(EventKind::Waited);
  event.connection = in.get<ConnectionIndex>();
  event.step = in.get<StepIndex>();
  event.octets_size = in.get<std::uint32_t>();
  event.call = in.get_up_to(tcp::CallKind::Urgent);
  event.status = in.get_up_to(tcp::CallStatus::Unsupported);
  event.state = in.get_up_to(tcp::State::TimeWait);
  event.took = in.get<std::uint32_t>();
  event.option = in.get_up_to(tcp::UserOption::SourceRoute);
  event.report = in.get_up_to(tcp::Report::UrgentData);
  const auto urgent = in.get<std::uint8_t>();
  if (urgent > 1) in.refuse();
  event.urgent = urgent != 0;
  event.value = in.get<std::int64_t>();
  return event;
}

}  // namespace

std::vector<std::uint8_t> Trace::to_octets() const {
  OctetsWriter out(kHeadOctets + connections.size() * kTupleOctets + events_.size() * kEventOctets +
                   octets_.size());
  out.put(kMagic);
  out.put(std::uint8_t{truncated_});
  out.put(std::uint8_t{iss_planned});
  out.put(std::uint64_t{connections.size()});
  out.put(std::uint64_t{events_.size()});
  for (const wire::FourTuple& tuple : connections) {
    out.put(tuple.stack);
    out.put(tuple.peer);
  }
  for (const Event& event : events_.view()) put_event(event, out);
  out.put_all(octets_.view());
  return std::move(out).take();
}

bool Trace::from_octets(wire::Octets octets) {
  clear();
  OctetsReader in(octets);
  if (in.get<std::uint64_t>() != kMagic) return false;
  const auto truncated = in.get<std::uint8_t>();
  const auto planned = in.get<std::uint8_t>();
  const auto connection_count = in.get<std::uint64_t>();
  const auto event_count = in.get<std::uint64_t>();
  if (truncated > 1 || planned > 1 || event_count > kEventsMax) return false;

  // Counts are believed only as far as octets follow: nothing is reserved for them.
  for (std::uint64_t i = 0; i < connection_count && in.good(); ++i) {
    const wire::Endpoint stack = in.get_endpoint();
    connections.push_back({.stack = stack, .peer = in.get_endpoint()});
  }
  std::size_t octets_total = 0;
  for (std::uint64_t i = 0; i < event_count && in.good(); ++i) {
    Event event = get_event(in);
    event.octets_begin = static_cast<std::uint32_t>(octets_total);
    octets_total += event.octets_size;
    if (octets_total > kOctetsMax) in.refuse();
    events_.add() = event;
  }
  const wire::Octets copied = in.get_all(octets_total);
  if (!in.good_at_end()) {
    clear();
    return false;
  }
  octets_.append(copied);
  truncated_ = truncated != 0;
  iss_planned = planned != 0;
  return true;
}

}  // namespace tcprove::trace
