#pragma once

#include "core/base/shared_work.h"
#include "core/base/thread_team.h"
#include "core/mk/atlas.h"
#include "core/robust/local_continuum.h"
#include "core/robust/variation.h"

#include <cstdint>
#include <vector>

namespace maury::robust {

/// Spectra as the network sees them, with their targets: rows of a batch.
struct InputBatch {
    mk::SpectraMatrix input; ///< [samples, cropPixels]
    mk::SpectraMatrix temperature; ///< [samples, temperatureBins().count]
    mk::SpectraMatrix luminosity;
    std::vector<double> temperatureCode; ///< [samples] what the targets stand for
    std::vector<double> luminosityCode;

    InputBatch(std::size_t samples, const LogGrid& grid);
    [[nodiscard]] Eigen::Index samples() const { return input.rows(); }
    /// Thread-safe for different rows.
    void setTargets(Eigen::Index row, double ofTemperature, double ofLuminosity);
};

/// Makes batches with a team: sample i of step s is variation (s, i), whoever makes it.
class BatchMaker {
public:
    explicit BatchMaker(int threads);

    /// Without a standardisation the input is left as it is.
    void make(const VariationMaker& maker, std::uint64_t step,
        const Standardisation* standardisation, InputBatch& batch);

private:
    static void makeRow(const VariationMaker& maker, std::uint64_t step,
        const Standardisation* standardisation, Eigen::Index row, InputBatch& batch);

    base::ThreadTeam m_team;
    base::SharedWork m_pieces;
};

/// Mean and deviation of every column.
[[nodiscard]] Standardisation standardise(const mk::SpectraMatrix& input);

} // namespace maury::robust
