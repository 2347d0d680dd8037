#pragma once

#include "core/base/result.h"
#include "core/robust/standards.h"

#include <cstdint>
#include <string>
#include <vector>

namespace maury::robust {

/// Observed standards that are held out together, and the libraries without them and without all
/// that was made of them.
struct Fold {
    std::vector<Library> training;
    std::vector<Library> heldOut; ///< observed spectra of the held-out cells, of every library
    std::vector<std::string> cells; ///< held out: "t160l50p00"
    /// Left out of the training because a held-out cell went into them: "libr18/t165l50p00".
    std::vector<std::string> descendants;
};

/// Divides the observed cells of temperature and luminosity into `count` folds, each spread over
/// the whole grid: neighbours in order of their codes fall into different folds, at random by the
/// seed. A cell is one star for all libraries (they share many of them), so its spectra are held
/// out in all. Interpolated cells are never held out: no star was seen there; one with a held-out
/// cell among its ancestors is left out of the training of that fold. Errors: OptionInvalid (fewer
/// than two folds or more than observed cells), ClassesInsufficient (a library of which nothing
/// observed remains). Precondition: at least one library.
[[nodiscard]] base::Result<std::vector<Fold>> makeFolds(
    const std::vector<Library>& libraries, int count, std::uint64_t seed);

} // namespace maury::robust
