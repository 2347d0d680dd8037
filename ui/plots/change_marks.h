#pragma once

#include "ui/plots/plot_theme.h"

#include <QFont>
#include <QList>
#include <QString>

#include <functional>
#include <string>

class QCPAxisRect;
class QCPItemStraightLine;
class QCPItemText;

namespace maury::ui {

/// A live setting took effect: one mark, or the first and last of many in quick succession.
struct ChangeMark {
    std::string setting;
    QString label;
    double position = 0.0; ///< epochs done
    double last = 0.0; ///< position of the last change that it stands for
    double before = 0.0;
    double after = 0.0;
};

/// The marks of changed settings in a plot of several panels that share their horizontal range: a
/// line through all of them, and what was changed at the top of the first. The items belong to the
/// plot.
class ChangeMarks {
public:
    using LineMaker = std::function<QCPItemStraightLine*(QCPAxisRect&)>;

    /// makeLine: draws a vertical line over one of the panels.
    ChangeMarks(QList<QCPAxisRect*> panels, LineMaker makeLine);

    /// Changes of one setting that follow each other within `near` become one mark from the first
    /// value to the last.
    void add(const ChangeMark& change, double near);
    void clear();
    void applyTheme(const PlotTheme& theme, const QFont& font);
    /// Keeps the labels inside the plot: those right of the middle stand left of their line.
    void alignLabels(double middle);
    [[nodiscard]] const QList<ChangeMark>& marks() const { return m_marks; }

private:
    struct Items {
        QList<QCPItemStraightLine*> lines;
        QCPItemText* text = nullptr;
    };
    void makeItems();
    void place(qsizetype mark);

    QList<QCPAxisRect*> m_panels;
    LineMaker m_makeLine;
    PlotTheme m_theme;
    QFont m_font;
    QList<ChangeMark> m_marks;
    QList<Items> m_items;
};

/// A label at an epoch and at a fraction of the height of a panel.
[[nodiscard]] QCPItemText* addPanelLabel(QCPAxisRect& panel);

/// Moves a vertical line of PlotBase::addVerticalLine().
void placeVertical(QCPItemStraightLine& line, double x);

} // namespace maury::ui
