#pragma once

#include "ui/plots/class_ticks.h"
#include "ui/plots/plot_base.h"

#include <QList>
#include <QPoint>

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
    /// The cell of the selected star, with a dashed frame; −1, −1 for none.
    void setStarCell(int truth, int predicted);
    [[nodiscard]] QPoint starCell() const { return m_starCell; } ///< x predicted, y true
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
    /// What depends on the room: labels of the axes, parts beside the counts.
    void fitTexts();
    QCPItemRect* makeFrame();
    static void placeFrame(QCPItemRect& frame, int truth, int predicted);
    /// False outside the matrix.
    bool cellAt(const QPointF& pixel, int& truth, int& predicted);

    const ConfusionModel& m_model;
    QCPColorMap* m_map;
    QCPColorScale* m_scale;
    QCPItemRect* m_frame;
    QCPItemRect* m_starFrame;
    QList<QCPItemText*> m_texts;
    bool m_diagonalHidden = false;
    bool m_stale = false;
    bool m_partsFit = true; ///< there is room for "100 %" in a cell
    double m_top = 1.0; ///< fraction of the strongest colour
    ClassTicks m_ticks;
    int m_truth = -1;
    int m_predicted = -1;
    QPoint m_starCell { -1, -1 };
};

} // namespace maury::ui
