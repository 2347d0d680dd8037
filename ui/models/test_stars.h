#pragma once

#include "core/classify/statistics.h"
#include "ui/bridge/run_request.h"

#include <QString>

#include <optional>
#include <vector>

namespace maury::ui {

enum class Head { Spectral, Luminosity };

/// A cell of a confusion matrix, or the part of it with one true luminosity class.
struct MatrixCell {
    Head head = Head::Spectral;
    int truth = -1;
    int predicted = -1;
    std::optional<int> luminosity; ///< only the samples of this true luminosity class

    [[nodiscard]] bool isValid() const { return truth >= 0 && predicted >= 0; }
    bool operator==(const MatrixCell&) const = default;
};

/// One test standard with samples in a cell of a confusion matrix.
struct CellStar {
    QString library; ///< "libr18"
    QString standard; ///< "t160l50p00", as in Atlas::standards()
    int inCell = 0; ///< samples of this star that fell into the cell
    int samples = 0; ///< all its samples
    double probability
        = 0.0; ///< mean probability of the predicted class over the samples in the cell
};

/// The stars behind a cell, most samples first. Empty when the evaluation has no predictions.
[[nodiscard]] std::vector<CellStar> starsOfCell(
    const Evaluation& evaluation, const MatrixCell& cell);

/// The cell in which most samples of a standard fell; nothing when it is not in the test set.
[[nodiscard]] std::optional<MatrixCell> cellOfStar(
    const Evaluation& evaluation, const QString& standard, Head head);

/// Whether the probabilities of a head are what they say: of the stars that were typed, else of the
/// samples of the test set. Nothing where there are none, or none that are calibrated.
[[nodiscard]] std::optional<classify::Reliability> reliabilityOf(
    const Evaluation& evaluation, Head head);

/// Samples with the same true and predicted spectral and the same true luminosity class.
struct ScatterPoint {
    int truth = 0;
    int predicted = 0;
    int luminosity = 0; ///< 0 I, 1 III, 2 V
    int samples = 0;

    bool operator==(const ScatterPoint&) const = default;
};

/// In the order of true, predicted and luminosity class.
[[nodiscard]] std::vector<ScatterPoint> scatterPoints(const Evaluation& evaluation);
/// Those of one standard.
[[nodiscard]] std::vector<ScatterPoint> scatterPoints(
    const Evaluation& evaluation, const QString& standard);

/// Which samples count as wrong.
struct WrongFilter {
    bool spectral = true; ///< wrong in spectral class …
    bool luminosity = true; ///< … or in luminosity class
    int classesOff = 1; ///< by so many classes at least

    bool operator==(const WrongFilter&) const = default;
};

/// A test standard with wrong samples and what it was most often taken for.
struct WrongStar {
    QString library;
    QString standard;
    int trueSc = 0;
    int trueLc = 0;
    int predictedSc = 0; ///< the commonest answer among the wrong samples
    int predictedLc = 0;
    int wrong = 0; ///< samples that count as wrong
    int samples = 0;
    double probabilitySc = 0.0; ///< means over the samples with that answer
    double probabilityLc = 0.0;
};

/// Stars with at least one wrong sample, most wrong samples first.
[[nodiscard]] std::vector<WrongStar> wrongStars(
    const Evaluation& evaluation, const WrongFilter& filter);

/// "A0 V" from MKCLASS naming, "t160l50p00"; empty for other names.
[[nodiscard]] QString typeOfStandard(const QString& standard);
/// "libr18/t160l50p00".
[[nodiscard]] QString fullName(const QString& library, const QString& standard);

/// The row of a standard by its name.
[[nodiscard]] std::optional<int> standardRow(const mk::Atlas& atlas, const QString& name);

/// The standard that shows what standard `row` was taken for: of the predicted classes (a class of
/// the scheme and 0 I, 1 III, 2 V; its own where none is given), nearest in luminosity. Nothing
/// when the atlas has none.
[[nodiscard]] std::optional<int> standardLike(const mk::Atlas& atlas, int row,
    const mk::ClassScheme& scheme, std::optional<int> spectral, std::optional<int> luminosity);

} // namespace maury::ui
