#include "harness/campaign/observation_octets.hpp"

namespace tcprove::campaign {

using base::OctetsReader;
using base::OctetsWriter;

void put_shown(const Shown& shown, OctetsWriter& out) {
  out.put_text(shown.kind.requirement);
  out.put_text(shown.kind.rule);
  out.put_text(shown.kind.state);
  out.put(static_cast<std::uint8_t>(shown.violation.level));
  out.put_text(shown.violation.section);
  out.put_text(shown.violation.message);
  out.put(shown.violation.at.time_since_epoch().count());
  out.put(std::uint64_t{shown.violation.event});
}

Shown get_shown(OctetsReader& in) {
  Shown shown;
  shown.kind.requirement = in.get_text();
  shown.kind.rule = in.get_text();
  shown.kind.state = in.get_text();
  shown.violation.requirement = shown.kind.requirement;
  shown.violation.rule = shown.kind.rule;
  shown.violation.level =
      static_cast<monitor::Level>(in.get_up_to(static_cast<std::uint8_t>(monitor::Level::May)));
  shown.violation.section = in.get_text();
  shown.violation.message = in.get_text();
  shown.violation.at = base::Instant(base::Duration(in.get<base::Duration::rep>()));
  shown.violation.event = in.get<std::uint64_t>();
  return shown;
}

void put_observation(const Observation& observation, OctetsWriter& out) {
  out.put(observation.execution);
  for (const std::uint64_t word : observation.answered.words()) out.put(word);
  out.put(std::uint64_t{observation.shown.size()});
  for (const Shown& shown : observation.shown) put_shown(shown, out);
}

std::optional<Observation> get_observation(OctetsReader& in) {
  Observation observation{.execution = in.get<std::uint64_t>()};
  tcp::AnsweredCells::Words words{};
  for (std::uint64_t& word : words) word = in.get<std::uint64_t>();
  const auto answered = tcp::AnsweredCells::from_words(words);
  if (answered) observation.answered = *answered;
  const auto count = in.get<std::uint64_t>();
  for (std::uint64_t i = 0; i < count && in.good(); ++i) observation.shown.push_back(get_shown(in));
  if (!answered) in.refuse();
  return in.good() ? std::optional(std::move(observation)) : std::nullopt;
}

}  // namespace tcprove::campaign
