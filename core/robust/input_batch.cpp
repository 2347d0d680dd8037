#include "core/robust/input_batch.h"

#include "core/robust/ordinal.h"

#include <algorithm>
#include <span>
#include <vector>

namespace maury::robust {
namespace {

constexpr Eigen::Index kTogether = 8; ///< rows that a thread takes at a time

std::span<float> rowOf(mk::SpectraMatrix& matrix, Eigen::Index row)
{
    return { matrix.row(row).data(), static_cast<std::size_t>(matrix.cols()) };
}

} // namespace

InputBatch::InputBatch(std::size_t samples, const LogGrid& grid)
    : input(static_cast<Eigen::Index>(samples), static_cast<Eigen::Index>(grid.cropPixels))
    , temperature(
          static_cast<Eigen::Index>(samples), static_cast<Eigen::Index>(temperatureBins().count))
    , luminosity(
          static_cast<Eigen::Index>(samples), static_cast<Eigen::Index>(luminosityBins().count))
    , temperatureCode(samples)
    , luminosityCode(samples)
{
}

void InputBatch::setTargets(Eigen::Index row, double ofTemperature, double ofLuminosity)
{
    softTarget(temperatureBins(), ofTemperature, rowOf(temperature, row));
    softTarget(luminosityBins(), ofLuminosity, rowOf(luminosity, row));
    temperatureCode[static_cast<std::size_t>(row)] = ofTemperature;
    luminosityCode[static_cast<std::size_t>(row)] = ofLuminosity;
}

BatchMaker::BatchMaker(int threads)
    : m_team(threads)
{
}

void BatchMaker::make(const VariationMaker& maker, std::uint64_t step,
    const Standardisation* standardisation, InputBatch& batch)
{
    m_pieces.reset(m_team, (batch.samples() + kTogether - 1) / kTogether);
    m_team.run([&](int member) {
        while (const auto piece = m_pieces.take(member))
            for (Eigen::Index row = *piece * kTogether;
                 row < std::min<Eigen::Index>(batch.samples(), (*piece + 1) * kTogether); ++row)
                makeRow(maker, step, standardisation, row, batch);
    });
}

void BatchMaker::makeRow(const VariationMaker& maker, std::uint64_t step,
    const Standardisation* standardisation, Eigen::Index row, InputBatch& batch)
{
    const LogGrid& grid = maker.standards().grid;
    const auto index = static_cast<std::uint64_t>(row);
    std::vector<float> flux(grid.pixels);
    std::vector<float> mean(grid.pixels);
    maker.make(step, index, flux);
    runningMean(flux, grid.localWindow(), mean);
    divideLocally(flux, mean, grid, rowOf(batch.input, row));
    if (standardisation != nullptr)
        standardisation->apply(rowOf(batch.input, row));
    const Variation drawn = maker.variation(step, index);
    batch.setTargets(row, drawn.temperatureCode, drawn.luminosityCode);
}

Standardisation standardise(const mk::SpectraMatrix& input)
{
    const Eigen::MatrixXd numbers = input.cast<double>();
    const Eigen::RowVectorXd mean = numbers.colwise().mean();
    const Eigen::RowVectorXd deviation
        = (numbers.rowwise() - mean).array().square().colwise().mean().sqrt();
    Standardisation result;
    for (Eigen::Index i = 0; i < mean.size(); ++i) {
        result.mean.push_back(static_cast<float>(mean[i]));
        result.deviation.push_back(static_cast<float>(deviation[i]));
    }
    return result;
}

} // namespace maury::robust
