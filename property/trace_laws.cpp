#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "harness/trace/trace.hpp"
#include "property/arbitrary_wire.hpp"

namespace tcprove::trace {
namespace {

using wire::OctetVector;

Trace arbitrary_trace() {
  Trace trace;
  for (int count = *rc::gen::inRange(0, 4); count > 0; --count) {
    trace.connections.push_back(
        {.stack = {*rc::gen::arbitrary<wire::IpAddress>(), *rc::gen::arbitrary<std::uint16_t>()},
         .peer = {*rc::gen::arbitrary<wire::IpAddress>(), *rc::gen::arbitrary<std::uint16_t>()}});
  }
  for (int count = *rc::gen::inRange(0, 10); count > 0; --count) {
    Event event;
    event.at = base::Instant(base::Duration(*rc::gen::arbitrary<std::int64_t>()));
    event.kind = static_cast<EventKind>(*rc::gen::inRange(0, 8));
    event.connection = *rc::gen::arbitrary<ConnectionIndex>();
    event.step = *rc::gen::arbitrary<StepIndex>();
    trace.append(event, *rc::gen::arbitrary<OctetVector>());
  }
  return trace;
}

RC_GTEST_PROP(TraceLaws, AnyTraceIsReadBack, ()) {
  const Trace written = arbitrary_trace();
  Trace read;
  RC_ASSERT(read.from_octets(written.to_octets()));
  RC_ASSERT(read.connections == written.connections);
  RC_ASSERT(read.events().size() == written.events().size());
  RC_ASSERT(read.to_octets() == written.to_octets());
}

RC_GTEST_PROP(TraceLaws, DamagedOctetsAreRefusedOrAreAnotherTracesOwn, ()) {
  OctetVector octets = arbitrary_trace().to_octets();
  for (int times = *rc::gen::inRange(1, 4); times > 0; --times) {
    octets[*rc::gen::inRange<std::size_t>(0, octets.size())] = *rc::gen::arbitrary<std::uint8_t>();
  }
  octets.resize(octets.size() - *rc::gen::inRange<std::size_t>(0, 2));
  Trace trace;
  if (trace.from_octets(octets)) {
    RC_ASSERT(trace.to_octets() == octets);
  } else {
    RC_ASSERT(trace.events().empty());
    RC_ASSERT(trace.connections.empty());
  }
}

}  // namespace
}  // namespace tcprove::trace
