#pragma once

#include "core/classify/part_networks.h"
#include "core/classify/robust_conformity.h"
#include "core/classify/standard_matcher.h"
#include "core/classify/star_classifier.h"
#include "core/robust/robust_model.h"
#include <memory>
#include <vector>

namespace maury::classify {

/// A model of the robust protocol with its library: types between the classes, luminosities Ia … V.
class RobustClassifier final : public StarClassifier {
public:
    /// `atlas`: a library on the model's grid (robust::openLibrary()), for rectification, velocity
    /// and the nearest standard. Errors: ModelMismatch (the grids differ), BackendUnavailable,
    /// BackendFailed.
    [[nodiscard]] static base::Result<std::unique_ptr<RobustClassifier>> create(
        robust::RobustModel model, mk::AtlasPtr atlas, int threads = 1);

    [[nodiscard]] base::Result<Prediction> classify(
        const spectrum::Spectrum& spectrum, const PrepareOptions& options = {}) override;
    [[nodiscard]] base::Result<Examination> examine(
        const spectrum::Spectrum& spectrum, const PrepareOptions& options = {}) const override;
    [[nodiscard]] std::vector<double> outputShares(Head head, std::uint16_t index) const override;
    [[nodiscard]] const mk::Atlas& atlas() const override { return *m_atlas; }
    [[nodiscard]] const mk::ClassScheme& scheme() const override { return m_model.scheme; }
    [[nodiscard]] const robust::RobustModel& model() const { return m_model; }

private:
    RobustClassifier(robust::RobustModel model, mk::AtlasPtr atlas);
    [[nodiscard]] base::Result<PreparedSpectrum> prepareStar(
        const spectrum::Spectrum& spectrum, const PrepareOptions& options) const;
    /// What the blue networks see and, where the spectrum reaches so far, the wide ones.
    [[nodiscard]] std::vector<robust::LogSpectrum> onGrids(
        const spectrum::Spectrum& spectrum, const PreparedSpectrum& prepared) const;
    [[nodiscard]] const robust::RobustPart& partAt(std::size_t index) const; ///< of onGrids()
    [[nodiscard]] base::Result<train::HeadProbabilities> meanOfParts(
        const std::vector<robust::LogSpectrum>& spectra);
    [[nodiscard]] std::optional<double> outsideDistance(
        const PreparedSpectrum& prepared, const robust::LogSpectrum& blue) const;
    void describeType(const train::HeadProbabilities& heads, Prediction& prediction) const;

    robust::RobustModel m_model;
    mk::AtlasPtr m_atlas;
    Preparer m_preparer;
    StandardMatcher m_matcher;
    std::vector<PartNetworks> m_networks; ///< of the blue part and of the wide one
    RobustConformity m_conformity;
};

} // namespace maury::classify
