#pragma once

#include "core/train/backend.h"
#include "core/train/training_event.h"

#include <algorithm>
#include <vector>

namespace maury::train {

/// What the steps of an epoch add up to.
struct EpochSums {
    double loss = 0.0; ///< weighted
    double lossSc = 0.0;
    double lossLc = 0.0;
    std::int64_t hitsSc = 0;
    std::int64_t hitsLc = 0;
    std::int64_t samples = 0;

    void add(const StepStats& stats, double weightedLoss)
    {
        const auto count = static_cast<double>(stats.samples);
        loss += weightedLoss * count;
        lossSc += stats.lossSc * count;
        lossLc += stats.lossLc * count;
        hitsSc += stats.hitsSc;
        hitsLc += stats.hitsLc;
        samples += stats.samples;
    }

    /// Means over the samples. Precondition: some were added.
    [[nodiscard]] TrainSummary mean() const
    {
        const auto count = static_cast<double>(samples);
        return { loss / count, lossSc / count, lossLc / count, static_cast<double>(hitsSc) / count,
            static_cast<double>(hitsLc) / count };
    }
};

/// How long steps took: of steps that were taken together the mean of each.
class StepTimes {
public:
    void add(double seconds, std::size_t steps)
    {
        m_seconds.insert(
            m_seconds.end(), steps, static_cast<float>(seconds / static_cast<double>(steps)));
    }

    /// 0 without any.
    [[nodiscard]] double medianMilliseconds()
    {
        if (m_seconds.empty())
            return 0.0;
        const auto middle = m_seconds.begin() + std::ssize(m_seconds) / 2;
        std::nth_element(m_seconds.begin(), middle, m_seconds.end());
        return 1e3 * static_cast<double>(*middle);
    }

private:
    std::vector<float> m_seconds;
};

} // namespace maury::train
