#include "core/classify/part_networks.h"

#include <array>

namespace maury::classify {

using base::Result;

Result<PartNetworks> PartNetworks::create(const robust::RobustPart& part, int threads)
{
    PartNetworks networks;
    for (const nn::Parameters& parameters : part.members) {
        auto backend = train::createBackend("cpu", threads);
        if (!backend)
            return base::Unexpected(backend.error());
        if (auto loaded = (*backend)->load(part.spec, parameters, {}); !loaded)
            return base::Unexpected(loaded.error());
        networks.m_members.push_back(*std::move(backend));
    }
    return networks;
}

Result<train::HeadProbabilities> PartNetworks::answer(std::span<const float> input)
{
    constexpr std::array<std::uint32_t, 1> kOnlyRow { 0 };
    train::Batch batch;
    batch.samples = input.data();
    batch.rows = kOnlyRow;
    train::HeadProbabilities sum;
    for (const auto& member : m_members) {
        auto heads = member->predict(batch);
        if (!heads)
            return heads;
        if (sum.sc.size() == 0) {
            sum = *std::move(heads);
            continue;
        }
        sum.sc += heads->sc;
        sum.lc += heads->lc;
    }
    const auto share = 1.0F / static_cast<float>(m_members.size());
    sum.sc *= share;
    sum.lc *= share;
    return sum;
}

} // namespace maury::classify
