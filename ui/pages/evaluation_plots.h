#pragma once

#include "core/train/metrics.h"
#include "ui/models/test_stars.h"

#include <QList>
#include <QWidget>

class QCheckBox;
class QGridLayout;
class QLabel;
class QTabWidget;

namespace maury::ui {

class ConfusionModel;
class ConfusionPlot;
class ReliabilityPlot;
class ScatterPlot;
class StatusReporter;

/// The pictures of an evaluation: matrix or scatter of the spectral classes or the reliability of
/// the probabilities in the middle, the figures of both heads and the small matrix of the
/// luminosity classes beside it.
class EvaluationPlots : public QWidget {
    Q_OBJECT
public:
    /// The models outlive the plots, which follow them.
    EvaluationPlots(const ConfusionModel& spectral, const ConfusionModel& luminosity,
        StatusReporter& status, QWidget* parent = nullptr);

    void showEvaluation(const Evaluation& evaluation, const QStringList& classes);
    void setStale(bool stale);
    void setChosenCell(const MatrixCell& cell);
    /// Marks where the samples of a standard fell; an empty name marks nothing.
    void markStar(const Evaluation& evaluation, const QString& standard);

    [[nodiscard]] const ConfusionPlot& matrix(Head head) const;
    [[nodiscard]] ScatterPlot& scatter() { return *m_scatter; }
    [[nodiscard]] ReliabilityPlot& reliability() { return *m_reliability; }
    [[nodiscard]] QTabWidget& pictures() { return *m_tabs; }

signals:
    void cellChosen(const maury::ui::MatrixCell& cell);

private:
    QWidget* makeSide(const ConfusionModel& luminosity);
    QLabel* addFigure(QGridLayout& grid, int row, const QString& name, const QString& tip,
        QList<QLabel*>& figures);
    void addStarFigures(QGridLayout& grid, int row);
    void follow(ConfusionPlot& plot, Head head, StatusReporter& status);
    void showFigures(const train::Metrics& metrics);
    /// Null hides what only stars have.
    void showStarFigures(const classify::Evaluation* stars);

    QTabWidget* m_tabs;
    QCheckBox* m_hideDiagonal;
    ConfusionPlot* m_spectral;
    ConfusionPlot* m_luminosity = nullptr;
    ScatterPlot* m_scatter;
    ReliabilityPlot* m_reliability;
    QList<QLabel*> m_figures; ///< SC and LC of each line, in turn
    QList<QLabel*> m_starFigures; ///< the same of the lines for stars,
    QList<QLabel*> m_starNames; ///< and their names
};

} // namespace maury::ui
