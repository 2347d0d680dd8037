#pragma once

#include "ui/models/probe_history.h"
#include "ui/plots/plot_base.h"

#include <QList>
#include <QString>

class QCPAxisRect;
class QCPGraph;

namespace maury::ui {

/// What one panel of a SpreadHistoryPlot shows.
struct SpreadPanel {
    QString title; ///< what the numbers are
    SpreadHistory history;
};

/// How the numbers of a layer spread from epoch to epoch, side by side: the median, the bands that
/// hold the middle half and the middle 90 %, and thin lines at the smallest and the largest.
class SpreadHistoryPlot : public PlotBase {
    Q_OBJECT
public:
    explicit SpreadHistoryPlot(QWidget* parent = nullptr);

    void setPanels(const QList<SpreadPanel>& panels);
    [[nodiscard]] const QList<SpreadPanel>& panels() const { return m_panels; }
    [[nodiscard]] PlotTable table() const override;
    /// The read-out at an epoch of a panel: for the cursor, and for tests.
    [[nodiscard]] QString textAt(qsizetype panel, double epoch) const;

protected:
    void fitRanges() override;
    void applyTheme(const PlotTheme& theme) override;
    [[nodiscard]] QString readoutAt(const QPointF& pixel) override;

private:
    struct Place {
        QCPAxisRect* rect = nullptr;
        std::array<QCPGraph*, SpreadHistory::kFractions.size()> graphs {};
    };
    void addPlace();

    QList<SpreadPanel> m_panels;
    QList<Place> m_places;
};

} // namespace maury::ui
