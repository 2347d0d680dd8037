#pragma once

#include "core/train/trainer.h"

#include <functional>
#include <stop_token>
#include <variant>
#include <vector>

namespace maury::test {

/// Eight epochs of ten steps on tinyData() with two threads.
[[nodiscard]] train::TrainingConfig tinyConfig();
/// 240 training and 60 test samples of tinySamples().
[[nodiscard]] train::TrainingData tinyData();

struct Outcome {
    base::Result<train::TrainingReport> report;
    std::vector<train::TrainingEvent> events;
};

/// Trains on tinyData() with the CPU backend; `react` may steer the run.
[[nodiscard]] Outcome runTiny(const train::TrainingConfig& config, bool resume = false,
    const std::function<void(const train::TrainingEvent&, train::TrainingControl&)>& react = {},
    std::stop_token stop = {});

template <typename Event>
[[nodiscard]] std::vector<Event> only(const std::vector<train::TrainingEvent>& events)
{
    std::vector<Event> result;
    for (const auto& event : events)
        if (const auto* one = std::get_if<Event>(&event))
            result.push_back(*one);
    return result;
}

/// Equal bit for bit.
[[nodiscard]] bool sameNumbers(const nn::Parameters& a, const nn::Parameters& b);

} // namespace maury::test
