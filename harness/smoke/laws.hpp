#pragma once

#include "harness/smoke/check.hpp"

namespace tcprove::smoke {

// What an adapter promises beside the calls and options of its stack; harness/adapter/adapter.hpp
// has the contract.

Finding tells_who_it_is(Bench& bench);
Finding survives_rubbish(Bench& bench);
Finding resets_to_pristine(Bench& bench);
Finding repeats_itself(Bench& bench);
Finding settles(Bench& bench);
Finding passes_a_day(Bench& bench);
Finding stamps_timers(Bench& bench);
Finding keeps_deadlines(Bench& bench);
Finding knows_its_limits(Bench& bench);

// What stands in a stack's SYN.

Finding uses_the_given_iss(Bench& bench);
Finding offers_window_scale(Bench& bench);
Finding offers_timestamps(Bench& bench);
Finding offers_sack(Bench& bench);

}  // namespace tcprove::smoke
