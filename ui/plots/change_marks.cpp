#include "ui/plots/change_marks.h"

#include <qcustomplot.h>

#include <QCoreApplication>
#include <QLocale>

#include <utility>

namespace maury::ui {
namespace {

constexpr int kLabelRows = 3;

struct Text {
    Q_DECLARE_TR_FUNCTIONS(maury::ui::ChangeMarks)
};

QString shortNumber(double value)
{
    return QLocale().toString(value, 'g', 3);
}

} // namespace

void placeVertical(QCPItemStraightLine& line, double x)
{
    line.point1->setCoords(x, 0.0);
    line.point2->setCoords(x, 1.0);
}

QCPItemText* addPanelLabel(QCPAxisRect& panel)
{
    auto* text = new QCPItemText(panel.parentPlot());
    text->setClipAxisRect(&panel);
    text->setSelectable(false);
    text->setPadding(QMargins(4, 1, 4, 1));
    text->position->setAxisRect(&panel);
    text->position->setAxes(panel.axis(QCPAxis::atBottom), panel.axis(QCPAxis::atLeft));
    text->position->setTypeX(QCPItemPosition::ptPlotCoords);
    text->position->setTypeY(QCPItemPosition::ptAxisRectRatio);
    return text;
}

ChangeMarks::ChangeMarks(QList<QCPAxisRect*> panels, LineMaker makeLine)
    : m_panels(std::move(panels))
    , m_makeLine(std::move(makeLine))
{
}

void ChangeMarks::add(const ChangeMark& change, double near)
{
    for (qsizetype mark = m_marks.size() - 1; mark >= 0; --mark) {
        if (m_marks[mark].setting != change.setting)
            continue;
        if (change.position - m_marks[mark].last > near)
            break;
        m_marks[mark].last = change.position;
        m_marks[mark].after = change.after;
        place(mark);
        return;
    }
    m_marks.append(change);
    m_marks.back().last = change.position;
    makeItems();
    place(m_marks.size() - 1);
}

void ChangeMarks::makeItems()
{
    Items items;
    for (QCPAxisRect* panel : std::as_const(m_panels))
        items.lines.append(m_makeLine(*panel));
    items.text = addPanelLabel(*m_panels.front());
    m_items.append(items);
    applyTheme(m_theme, m_font);
}

void ChangeMarks::place(qsizetype mark)
{
    const ChangeMark& value = m_marks[mark];
    for (QCPItemStraightLine* line : std::as_const(m_items[mark].lines))
        placeVertical(*line, value.last);
    QCPItemText& text = *m_items[mark].text;
    text.setText(Text::tr("%1 %2 → %3")
                     .arg(value.label, shortNumber(value.before), shortNumber(value.after)));
    // Labels of neighbouring marks stand in different rows.
    text.position->setCoords(value.last, 0.01 + 0.09 * static_cast<double>(mark % kLabelRows));
}

void ChangeMarks::clear()
{
    for (const Items& items : std::as_const(m_items)) {
        QCustomPlot* plot = items.text->parentPlot();
        for (QCPItemStraightLine* line : items.lines)
            plot->removeItem(line);
        plot->removeItem(items.text);
    }
    m_items.clear();
    m_marks.clear();
}

void ChangeMarks::applyTheme(const PlotTheme& theme, const QFont& font)
{
    m_theme = theme;
    m_font = font;
    for (const Items& items : std::as_const(m_items)) {
        for (QCPItemStraightLine* line : items.lines)
            line->setPen(QPen(theme.marker, 1.0, Qt::DashDotLine));
        items.text->setColor(theme.text);
        items.text->setBrush(theme.background);
        items.text->setFont(font);
    }
}

void ChangeMarks::alignLabels(double middle)
{
    for (const Items& items : std::as_const(m_items))
        items.text->setPositionAlignment(
            (items.text->position->key() > middle ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignTop);
}

} // namespace maury::ui
