#pragma once

#include "core/base/thread_team.h"
#include "core/gon/gon_trainer.h"
#include "core/gon/training_network.h"

#include <cstdint>

namespace maury::gon {

/// Makes the batches of a run: a pure function of data, seed and step.
class TrainingBatches {
public:
    /// `data` outlives this. windowWeight: [pixels].
    TrainingBatches(const GonData& data, const std::vector<float>& windowWeight, int batchSize,
        int latent, bool variational, std::uint64_t seed, int threads);

    /// Batch of a step; `hiddenShare` of the batches have blocks hidden from inference.
    void make(int step, double hiddenShare, TrainingBatch& batch);

private:
    void makeRow(std::uint64_t step, std::size_t row, bool hides, TrainingBatch& batch) const;

    const GonData& m_data;
    const std::vector<float>& m_windowWeight;
    std::size_t m_batchSize;
    Eigen::Index m_latent;
    bool m_variational;
    base::RandomStream m_stream;
    std::vector<std::size_t> m_usable; ///< rows of the training set that can be drawn
    std::optional<dataset::Augmenter> m_augmenter;
    base::ThreadTeam m_team;
};

} // namespace maury::gon
