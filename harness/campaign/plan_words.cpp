#include "harness/campaign/plan_words.hpp"

#include <algorithm>
#include <vector>

#include "harness/plan/words.hpp"

namespace tcprove::campaign {
namespace {

using plan::SegmentText;
using wire::Flag;

/// What a word is about; from Ecn on, words are rare.
enum class About : std::uint8_t { Flag, Field, Arrival, Call, Wait, Ecn, Option, Ip, Set, Icmp };

struct Word {
  About about = About::Flag;
  std::uint8_t what = 0;

  [[nodiscard]] bool rare() const { return about >= About::Ecn; }
  [[nodiscard]] std::uint32_t code() const {
    return static_cast<std::uint32_t>(about) << 8U | what;
  }
};

/// Reads the words of one plan in the order of its steps.
class Reader {
 public:
  void read(const plan::Step& step) {
    std::visit([this](const auto& action) { say_action(action); }, step.action);
  }
  [[nodiscard]] const std::vector<Word>& words() const { return words_; }

 private:
  template <class What>
  void say(About about, What what) {
    words_.push_back({.about = about, .what = static_cast<std::uint8_t>(what)});
  }
  void say_if(bool holds, About about, unsigned what) {
    if (holds) say(about, what);
  }

  void say_action(const plan::Send& send) {
    for (const SegmentText& segment : send.sent) say_segment(segment);
    const bool plain = send.sent.size() == 1 && send.arrive.size() == 1;
    if (!plain) say(About::Arrival, std::min<std::size_t>(send.arrive.size(), 2));
  }
  void say_action(const plan::Call& call) {
    if (call.kind == tcp::CallKind::Set) {
      say(About::Set, 2 * static_cast<unsigned>(call.option) + (call.value ? 1 : 0));
    } else {
      say(About::Call, 2 * static_cast<unsigned>(call.kind) + (call.urgent ? 1 : 0));
    }
    say_if(call.from.has_value() || call.to.has_value(), About::Ip, 0);
  }
  void say_action(const plan::SendIcmp& icmp) { say(About::Icmp, icmp.error); }
  void say_action(const plan::Wait& wait) {
    say(About::Wait, wait.duration.terms.empty()
                         ? 0xff
                         : static_cast<unsigned>(wait.duration.terms.front().symbol));
  }
  template <class Observed>
  void say_action(const Observed&) {}

  void say_segment(const SegmentText& s) {
    for (const Flag flag : {Flag::Syn, Flag::Fin, Flag::Rst, Flag::Urg}) {
      say_if(s.ctl.has(flag), About::Flag, static_cast<unsigned>(flag));
    }
    say_if(!s.ctl.has(Flag::Ack), About::Flag, 0);
    say_if(s.len.has_value(), About::Field, 0);
    say_if(s.wnd.has_value(), About::Field, s.wnd == plan::Expr() ? 1 : 2);
    say_if(s.seq.has_value(), About::Field, 3);
    say_if(s.ack.has_value(), About::Field, 4);
    say_if(s.up.has_value(), About::Field, 5);
    say_if(s.ctl.has(Flag::Ece), About::Ecn, 4);
    say_if(s.ctl.has(Flag::Cwr), About::Ecn, 5);
    if (s.ecn) say(About::Ecn, *s.ecn);
    if (s.options) {
      for (const plan::OptionText& option : *s.options) say(About::Option, option.kind);
    }
    if (s.from) say(About::Ip, 1 + static_cast<unsigned>(*s.from));
    if (s.to) say(About::Ip, 10 + static_cast<unsigned>(*s.to));
    say_if(s.ip_options.has_value(), About::Ip, 20);
    say_if(s.ttl.has_value(), About::Ip, 21);
    say_if(s.dscp.has_value(), About::Ip, 22);
  }

  std::vector<Word> words_;
};

}  // namespace

std::set<WordPair> word_pairs_of(const plan::Plan& plan) {
  Reader reader;
  for (const plan::Step& step : plan.steps) reader.read(step);
  const std::vector<Word>& words = reader.words();
  std::set<WordPair> pairs;
  for (std::size_t i = 0; i < words.size(); ++i) {
    for (std::size_t j = i + 1; j < words.size(); ++j) {
      const bool next = j == i + 1;
      if (!next && !(words[i].rare() && words[j].rare())) continue;
      pairs.insert(words[i].code() << 16U | words[j].code());
    }
  }
  return pairs;
}

}  // namespace tcprove::campaign
