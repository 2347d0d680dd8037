#pragma once

#include "ui/plots/plot_base.h"

#include <QList>
#include <QStringList>

class QCPColorMap;
class QCPColorScale;
class QCPItemRect;
class QCPItemText;

namespace maury::ui {

class ConfusionModel;

/// A confusion matrix as a picture: true classes downwards, predicted classes to the right, colour
/// = part of the true class. Small matrices carry their counts. The arrow keys move the chosen
/// cell.
class ConfusionPlot : public PlotBase {
    Q_OBJECT
public:
    /// The model outlives the plot, which follows it.
    explicit ConfusionPlot(const ConfusionModel& model, QWidget* parent = nullptr);

    /// Leaves the diagonal out of picture and colour scale, so that the mistakes stand out.
    void setDiagonalHidden(bool hidden);
    /// Grey: what is shown belongs to something older.
    void setStale(bool stale);
    /// The cell with the frame; −1, −1 for none.
    void setChosenCell(int truth, int predicted);
    [[nodiscard]] PlotTable table() const override;

signals:
    void cellClicked(int truth, int predicted);

protected:
    void fitRanges() override;
    void applyTheme(const PlotTheme& theme) override;
    QString readoutAt(const QPointF& pixel) override;
    QMargins paddingFor(const QSize& size) const override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void makeMap();
    void takeModel();
    void makeCellTexts();
    void setGradient();
    void setTicks();
    void placeFrame();
    /// False outside the matrix.
    bool cellAt(const QPointF& pixel, int& truth, int& predicted);

    const ConfusionModel& m_model;
    QCPColorMap* m_map;
    QCPColorScale* m_scale;
    QCPItemRect* m_frame;
    QList<QCPItemText*> m_texts;
    bool m_diagonalHidden = false;
    bool m_stale = false;
    double m_top = 1.0; ///< fraction of the strongest colour
    QStringList m_tickClasses; ///< with labels on every m_ticksAcross-th and m_ticksDown-th class
    int m_ticksAcross = 0;
    int m_ticksDown = 0;
    int m_truth = -1;
    int m_predicted = -1;
};

} // namespace maury::ui
