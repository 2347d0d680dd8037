#include "core/train/optimizer_file.h"

#include "core/train/parameters_file.h"

#include <fmt/format.h>

namespace maury::train {

using base::Result;

Result<void> writeOptimizer(
    io::Hdf5Group& root, const nn::NetworkSpec& spec, const OptimizerState& state)
{
    for (const auto& written : { root.setAttribute("optimizer_steps", state.steps),
             root.setAttribute(
                 "optimizer_moments", static_cast<std::int64_t>(state.moments.size())) })
        if (!written)
            return written;
    for (std::size_t i = 0; i < state.moments.size(); ++i)
        if (const auto written
            = writeParameters(root, fmt::format("moment{}", i), spec, state.moments[i]);
            !written)
            return written;
    return {};
}

Result<OptimizerState> readOptimizer(
    const io::Hdf5Group& root, const nn::NetworkSpec& spec, std::size_t moments)
{
    const auto steps = root.integerAttribute("optimizer_steps");
    const auto count = root.integerAttribute("optimizer_moments");
    if (!steps)
        return base::Unexpected(steps.error());
    if (!count)
        return base::Unexpected(count.error());
    if (*count != static_cast<std::int64_t>(moments))
        return base::failure(base::ErrorCode::FileDamaged, root.place() + "optimizer_moments",
            std::to_string(*count), std::to_string(moments));
    OptimizerState state;
    state.steps = *steps;
    for (std::size_t i = 0; i < moments; ++i) {
        auto moment = readFitting(root, fmt::format("moment{}", i), spec);
        if (!moment)
            return base::Unexpected(moment.error());
        state.moments.push_back(std::move(*moment));
    }
    return state;
}

} // namespace maury::train
