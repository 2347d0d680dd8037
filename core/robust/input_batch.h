#pragma once

#include "core/base/shared_work.h"
#include "core/base/thread_team.h"
#include "core/robust/local_continuum.h"
#include "core/robust/variation.h"

namespace maury::robust {

/// Variations as the network sees them, with their targets: rows of a batch.
struct InputBatch {
    mk::SpectraMatrix input; ///< [samples, cropPixels]
    mk::SpectraMatrix temperature; ///< [samples, temperatureBins().count]
    mk::SpectraMatrix luminosity; ///< [samples, luminosityBins().count]

    InputBatch(std::size_t samples, const LogGrid& grid);
};

/// Makes batches with a team: sample i of step s is variation (s, i), whoever makes it.
class BatchMaker {
public:
    explicit BatchMaker(int threads);

    /// Overwrites `batch` with step `step`. Without a standardisation the input is left as it is.
    void make(const VariationMaker& maker, std::uint64_t step,
        const Standardisation* standardisation, InputBatch& batch);

private:
    base::ThreadTeam m_team;
    base::SharedWork m_pieces;
};

/// Mean and standard deviation of every column.
[[nodiscard]] Standardisation standardise(const mk::SpectraMatrix& input);

} // namespace maury::robust
