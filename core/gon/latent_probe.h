#pragma once

#include "core/gon/gon_model.h"

#include <cstdint>
#include <string>
#include <vector>

namespace maury::gon {

/// What a physical parameter could be told from codes of stars that the probe has not seen.
struct ProbeResult {
    std::string label;
    std::string method; ///< "ridge" or "knn"
    std::vector<std::size_t> row; ///< spectra with the label
    std::vector<double> truth; ///< of these
    std::vector<double> predicted; ///< of these, each from the other folds' stars
    double rms = 0.0;
    double bias = 0.0;
    double r2 = 0.0; ///< 1 − mean square error / variance
    double spearman = 0.0;
};

struct ProbeOptions {
    int folds = 5; ///< by star
    int neighbours = 8; ///< of the k-NN probe
    std::uint64_t seed = 1;
};

/// Ridge (strength by the inner folds) and k-NN probes of one label, cross-validated by star.
/// codes: [spectra, latent]. Errors: OptionInvalid (fewer labelled stars than folds).
[[nodiscard]] base::Result<std::vector<ProbeResult>> probe(const Matrix& codes,
    const std::vector<std::string>& stars, const Label& label, const ProbeOptions& options = {});

/// Rank correlation, ties averaged. Precondition: sizes agree. NaN below three values.
[[nodiscard]] double spearman(const std::vector<double>& a, const std::vector<double>& b);

} // namespace maury::gon
