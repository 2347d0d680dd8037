#pragma once

#include "core/mk/atlas.h"
#include "core/mk/class_scheme.h"
#include "core/robust/input_batch.h"
#include "core/train/trainer.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace maury::robust {

/// Spectra of known type on which a robust network is scored.
struct TestStars {
    InputBatch inputs;
    std::vector<std::uint16_t> sc; ///< [samples] the nearest of the scheme's classes
    std::vector<std::uint16_t> lc; ///< [samples] in LuminosityGroup's order
    std::vector<std::uint32_t> star; ///< [samples] index into `names`
    std::vector<std::string> names; ///< "libr18/t160l50p00"

    [[nodiscard]] std::size_t size() const { return sc.size(); }
};

/// Variations (0, 0 …) of `maker`'s standards, as many as `count`.
[[nodiscard]] TestStars variationsToTest(const VariationMaker& maker, std::size_t count,
    const Standardisation& standardisation, const mk::ClassScheme& scheme, BatchMaker& batches);

/// The spectra of an atlas as they are. Precondition: the atlas is on the grid of the libraries of
/// the training.
[[nodiscard]] TestStars atlasToTest(const mk::Atlas& atlas, const LogGrid& grid,
    const Standardisation& standardisation, const mk::ClassScheme& scheme);

/// What a network makes of them.
struct TestScore {
    train::Metrics metrics; ///< the losses are the cross-entropies of the soft targets
    train::Predictions predictions;
};

/// Scores the probabilities of the first rows of stars; `heads` says how many.
[[nodiscard]] TestScore scoreOf(const train::HeadProbabilities& heads, const TestStars& stars,
    const mk::ClassScheme& scheme, double weightTemperature, double weightLuminosity);

/// Shares of the first rows of a batch of which the probabilities give class and luminosity
/// rightly.
struct Accuracies {
    double sc = 0.0;
    double lc = 0.0;
};
[[nodiscard]] Accuracies accuraciesOf(
    const train::HeadProbabilities& heads, const InputBatch& batch, const mk::ClassScheme& scheme);

/// Of the network that a backend has loaded, for the first rows. Errors: BackendFailed.
[[nodiscard]] base::Result<train::HeadProbabilities> probabilitiesOf(
    train::Backend& backend, const mk::SpectraMatrix& input, Eigen::Index rows);

/// The mean probabilities of several networks. The backend has the last one loaded then.
/// Precondition: there is one at least. Errors: BackendFailed.
[[nodiscard]] base::Result<train::HeadProbabilities> meanProbabilities(train::Backend& backend,
    const nn::NetworkSpec& spec, std::span<const nn::Parameters> members,
    const mk::SpectraMatrix& input);

} // namespace maury::robust
