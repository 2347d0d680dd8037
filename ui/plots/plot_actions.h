#pragma once

#include "core/base/result.h"
#include "ui/bridge/status_reporter.h"
#include "ui/models/plot_table.h"

#include <QObject>

namespace maury::ui {

class PlotBase;

/// What can be done with every plot from its context menu: export, table twin, table file, reset zoom.
/// The actions are the plot's own (QWidget::actions()).
class PlotActions : public QObject {
    Q_OBJECT
public:
    explicit PlotActions(PlotBase& plot);

    void popup(const QPoint& globalPosition);

signals:
    /// What became of a file.
    void reported(const QString& text, maury::ui::StatusReporter::Severity severity);

private:
    void add(const QString& text, const QKeySequence& key, const QString& tip,
        void (PlotActions::*act)());
    void exportFigure();
    void showTable();
    void saveTable();
    void saveAs(const PlotTable& table, QWidget* window);
    [[nodiscard]] base::Result<void> writeTable(const PlotTable& table, const QString& file) const;
    void resetZoom();
    /// Says so when there are none.
    [[nodiscard]] bool hasNumbers();
    /// A file below the folder of the last export, named after the plot.
    [[nodiscard]] QString suggestedFile(const QString& suffix) const;

    PlotBase& m_plot;
};

} // namespace maury::ui
