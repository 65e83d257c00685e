#pragma once

#include <nlohmann/json.hpp>

#include "harness/report/result.hpp"

namespace tcprove::report {

/// `{"options":{"syn":[],"syn_ack":[],"others":[]},"measured":{NAME:{"least","most","seen"}},
/// "choices":[{"scenario","choice","seen"}]}`; a time's NAME ends in `_ms`, what was never seen is
/// left out.
nlohmann::ordered_json to_json(const Profile& profile);

}  // namespace tcprove::report
