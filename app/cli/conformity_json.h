#pragma once

#include "core/classify/doubt.h"

#include <nlohmann/json.hpp>

namespace maury::cli {

/// `{"ok", "reasons", "codes": [{"code", "values": {…}, "name"}]}`: the sentences, and the same as
/// stable codes with their numbers.
[[nodiscard]] nlohmann::json conformityJson(const classify::Conformity& conformity);

} // namespace maury::cli
