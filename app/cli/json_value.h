#pragma once

#include <nlohmann/json.hpp>

#include <optional>

namespace maury::cli {

/// What is not known is null.
template <typename Value> nlohmann::json orNull(const std::optional<Value>& value)
{
    return value ? nlohmann::json(*value) : nlohmann::json(nullptr);
}

} // namespace maury::cli
