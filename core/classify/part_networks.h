#pragma once

#include "core/robust/robust_part.h"
#include "core/train/backend.h"

#include <memory>
#include <span>
#include <vector>

namespace maury::classify {

/// The networks of one part of a robust model, ready to answer.
class PartNetworks {
public:
    /// Errors: BackendUnavailable, BackendFailed.
    [[nodiscard]] static base::Result<PartNetworks> create(
        const robust::RobustPart& part, int threads);

    /// The mean of the members' probabilities, one row. input: [grid.cropPixels]. Errors:
    /// BackendFailed.
    [[nodiscard]] base::Result<train::HeadProbabilities> answer(std::span<const float> input);

private:
    PartNetworks() = default;
    std::vector<std::unique_ptr<train::Backend>> m_members;
};

} // namespace maury::classify
