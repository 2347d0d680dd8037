#include "ui/plots/confusion_plot.h"

#include "ui/bridge/number_text.h"
#include "ui/models/confusion_model.h"

#include <qcustomplot.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace maury::ui {
namespace {

constexpr int kClassesWithCounts = 6;
constexpr int kGradientStops = 33;
constexpr QMargins kLeastMargins { 4, 8, 4, 4 };
constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

} // namespace

ConfusionPlot::ConfusionPlot(const ConfusionModel& model, QWidget* parent)
    : PlotBase(parent)
    , m_model(model)
    , m_map(nullptr)
    , m_scale(nullptr)
    , m_frame(nullptr)
    , m_starFrame(nullptr)
{
    setMinimumSize(180, 160);
    makeMap();
    connect(&model, &QAbstractItemModel::modelReset, this, &ConfusionPlot::takeModel);
    connect(&model, &QAbstractItemModel::dataChanged, this, &ConfusionPlot::takeModel);
    connect(&plot(), &QCustomPlot::mousePress, this, [this](const QMouseEvent* event) {
        int truth = -1;
        int predicted = -1;
        if (event->button() != Qt::LeftButton || !cellAt(event->position(), truth, predicted))
            return;
        setChosenCell(truth, predicted);
        emit cellClicked(truth, predicted);
    });
    applyTheme(theme());
    takeModel();
}

void ConfusionPlot::makeMap()
{
    plot().setInteractions({});
    // How many labels have room is known when the margins are.
    connect(&plot(), &QCustomPlot::afterLayout, this, &ConfusionPlot::fitTexts);
    QCPAxisRect* rect = plot().axisRect();
    rect->setRangeDrag({});
    rect->setRangeZoom({});
    rect->setMinimumMargins(kLeastMargins);
    plot().xAxis->setLabel(tr("Predicted class"));
    plot().yAxis->setLabel(tr("True class"));
    plot().yAxis->setRangeReversed(true);
    for (QCPAxis* axis : { plot().xAxis, plot().yAxis }) {
        axis->grid()->setVisible(false);
        axis->setSubTicks(false);
    }
    plot().axisRect()->setupFullAxesBox();
    for (QCPAxis* axis : { plot().xAxis2, plot().yAxis2 }) {
        axis->setTicks(false);
        axis->setTickLabels(false);
    }
    m_map = new QCPColorMap(plot().xAxis, plot().yAxis);
    m_map->setInterpolate(false);
    m_map->setTightBoundary(false);
    m_map->setSelectable(QCP::stNone);
    m_scale = new QCPColorScale(&plot());
    m_scale->setType(QCPAxis::atRight);
    m_scale->setBarWidth(10);
    m_scale->setMinimumMargins(kLeastMargins);
    m_scale->setRangeDrag(false);
    m_scale->setRangeZoom(false);
    m_scale->setLabel(tr("Part of the true class"));
    plot().plotLayout()->addElement(0, 1, m_scale);
    m_map->setColorScale(m_scale);
    auto* margins = new QCPMarginGroup(&plot());
    rect->setMarginGroup(QCP::msTop | QCP::msBottom, margins);
    m_scale->setMarginGroup(QCP::msTop | QCP::msBottom, margins);
    m_starFrame = makeFrame();
    m_frame = makeFrame();
}

QCPItemRect* ConfusionPlot::makeFrame()
{
    auto* frame = new QCPItemRect(&plot());
    frame->setSelectable(false);
    frame->setVisible(false);
    return frame;
}

void ConfusionPlot::takeModel()
{
    const int classes = m_model.rowCount();
    if (m_truth >= classes || m_predicted >= classes)
        setChosenCell(-1, -1);
    if (m_starCell.x() >= classes || m_starCell.y() >= classes)
        setStarCell(-1, -1);
    m_top = m_diagonalHidden ? 0.0 : 1.0;
    // The map owns its data; one cell at least, as QCustomPlot wants.
    auto* cells = m_map->data();
    const int size = std::max(1, classes);
    cells->setSize(size, size);
    cells->setRange(QCPRange(0, size - 1), QCPRange(0, size - 1));
    cells->fill(kNone);
    for (int truth = 0; truth < classes; ++truth)
        for (int predicted = 0; predicted < classes; ++predicted) {
            if (m_model.count(truth, predicted) == 0 || (m_diagonalHidden && truth == predicted))
                continue;
            const double fraction = m_model.fraction(truth, predicted);
            cells->setCell(predicted, truth, fraction);
            m_top = std::max(m_top, fraction);
        }
    if (m_top <= 0.0)
        m_top = 1.0;
    m_scale->setDataRange(QCPRange(0.0, m_top));
    makeCellTexts();
    showNewData();
}

void ConfusionPlot::makeCellTexts()
{
    const int classes = m_model.rowCount() <= kClassesWithCounts ? m_model.rowCount() : 0;
    while (m_texts.size() > classes * classes)
        plot().removeItem(m_texts.takeLast());
    while (m_texts.size() < classes * classes) {
        auto* text = new QCPItemText(&plot());
        text->setSelectable(false);
        text->setFont(font());
        m_texts.append(text);
    }
    for (int truth = 0; truth < classes; ++truth)
        for (int predicted = 0; predicted < classes; ++predicted) {
            QCPItemText* text = m_texts[truth * classes + predicted];
            text->position->setCoords(predicted, truth);
            const auto count = m_model.count(truth, predicted);
            const double fraction = m_model.fraction(truth, predicted);
            text->setText(count == 0 || !m_partsFit
                    ? countText(count)
                    : countText(count) + '\n' + percentText(fraction, m_model.rowSum(truth)));
            const bool drawn = count > 0 && !(m_diagonalHidden && truth == predicted);
            const QColor ground = drawn ? m_map->gradient().color(fraction, QCPRange(0.0, m_top))
                                        : theme().background;
            text->setColor(ground.lightnessF() > 0.55F ? Qt::black : Qt::white);
        }
}

void ConfusionPlot::setGradient()
{
    QCPColorGradient gradient;
    gradient.clearColorStops();
    for (int stop = 0; stop < kGradientStops; ++stop) {
        const double position = static_cast<double>(stop) / (kGradientStops - 1);
        // By the square root, so that one mistake in a hundred can be seen.
        QColor colour = theme().density(std::sqrt(position));
        if (m_stale)
            colour = QColor::fromHslF(0.0F, 0.0F, colour.lightnessF());
        gradient.setColorStopAt(position, colour);
    }
    gradient.setNanHandling(QCPColorGradient::nhTransparent);
    m_map->setGradient(gradient);
    m_scale->setGradient(gradient);
}

void ConfusionPlot::setDiagonalHidden(bool hidden)
{
    if (m_diagonalHidden == hidden)
        return;
    m_diagonalHidden = hidden;
    takeModel();
}

void ConfusionPlot::setStale(bool stale)
{
    if (m_stale == stale)
        return;
    m_stale = stale;
    setGradient();
    makeCellTexts();
    queueReplot();
}

void ConfusionPlot::setChosenCell(int truth, int predicted)
{
    m_truth = truth;
    m_predicted = predicted;
    placeFrame(*m_frame, truth, predicted);
    queueReplot();
}

void ConfusionPlot::setStarCell(int truth, int predicted)
{
    m_starCell = { predicted, truth };
    placeFrame(*m_starFrame, truth, predicted);
    queueReplot();
}

void ConfusionPlot::placeFrame(QCPItemRect& frame, int truth, int predicted)
{
    frame.setVisible(truth >= 0);
    frame.topLeft->setCoords(predicted - 0.5, truth - 0.5);
    frame.bottomRight->setCoords(predicted + 0.5, truth + 0.5);
}

void ConfusionPlot::fitRanges()
{
    const double end = std::max(1, m_model.rowCount()) - 0.5;
    plot().xAxis->setRange(-0.5, end);
    plot().yAxis->setRange(-0.5, end);
    fitTexts();
}

void ConfusionPlot::fitTexts()
{
    const QCPAxisRect& rect = *plot().axisRect();
    const QFontMetrics metrics(font());
    const int classes = std::max(1, m_model.rowCount());
    const bool fit = rect.width() / classes > metrics.horizontalAdvance(percentText(1.0, 1))
        && rect.height() / classes > 2 * metrics.height();
    const bool changed = fit != m_partsFit;
    m_partsFit = fit;
    if (changed)
        makeCellTexts();
    if (m_ticks.place(*plot().axisRect(), m_model.classes(), font()) || changed)
        queueReplot();
}

void ConfusionPlot::applyTheme(const PlotTheme& theme)
{
    PlotBase::applyTheme(theme);
    // The picture is square and smaller than the widget: only the matrix has the ground of a plot.
    plot().setBackground(palette().color(QPalette::Window));
    plot().axisRect()->setBackground(theme.background);
    for (QCPAxis* axis : { m_scale->axis(), plot().xAxis2, plot().yAxis2 }) {
        axis->setBasePen(QPen(theme.axis));
        axis->setTickPen(QPen(theme.axis));
        axis->setSubTickPen(QPen(theme.axis));
    }
    m_scale->axis()->setTickLabelColor(theme.text);
    m_scale->axis()->setLabelColor(theme.text);
    m_scale->axis()->setTickLabelFont(font());
    m_scale->axis()->setLabelFont(font());
    m_frame->setPen(QPen(theme.luminosityI, 2.0));
    m_starFrame->setPen(QPen(theme.test, 2.0, Qt::DotLine));
    setGradient();
    makeCellTexts();
}

bool ConfusionPlot::cellAt(const QPointF& pixel, int& truth, int& predicted)
{
    truth = static_cast<int>(std::lround(plot().yAxis->pixelToCoord(pixel.y())));
    predicted = static_cast<int>(std::lround(plot().xAxis->pixelToCoord(pixel.x())));
    const int classes = m_model.rowCount();
    return truth >= 0 && predicted >= 0 && truth < classes && predicted < classes
        && plot().axisRect()->rect().contains(pixel.toPoint());
}

QString ConfusionPlot::readoutAt(const QPointF& pixel)
{
    int truth = -1;
    int predicted = -1;
    return cellAt(pixel, truth, predicted) ? m_model.cellText(truth, predicted) : QString();
}

PlotTable ConfusionPlot::table() const
{
    PlotTable table;
    table.add(tr("True class \\ predicted class"), m_model.classes());
    for (int predicted = 0; predicted < m_model.rowCount(); ++predicted) {
        QVector<double> counts;
        for (int truth = 0; truth < m_model.rowCount(); ++truth)
            counts.append(static_cast<double>(m_model.count(truth, predicted)));
        table.add(m_model.classes()[predicted], counts);
    }
    return table;
}

QMargins ConfusionPlot::paddingFor(const QSize& size) const
{
    // Square cells: what is left over stands beside the picture, not in it. The scale needs room on
    // its side.
    const int scale = 70;
    const int side = std::min(size.width() - scale, size.height());
    const int beside = std::max(0, (size.width() - scale - side) / 2);
    const int above = std::max(0, (size.height() - side) / 2);
    return { beside, above, beside, above };
}

void ConfusionPlot::resizeEvent(QResizeEvent* event)
{
    layout()->setContentsMargins(paddingFor(size()));
    PlotBase::resizeEvent(event);
    layout()->activate();
    queueReplot();
}

void ConfusionPlot::keyPressEvent(QKeyEvent* event)
{
    const int classes = m_model.rowCount();
    int truth = std::max(0, m_truth);
    int predicted = std::max(0, m_predicted);
    switch (event->key()) {
    case Qt::Key_Up:
        --truth;
        break;
    case Qt::Key_Down:
        ++truth;
        break;
    case Qt::Key_Left:
        --predicted;
        break;
    case Qt::Key_Right:
        ++predicted;
        break;
    default:
        PlotBase::keyPressEvent(event);
        return;
    }
    if (truth < 0 || predicted < 0 || truth >= classes || predicted >= classes)
        return;
    setChosenCell(truth, predicted);
    emit readoutChanged(m_model.cellText(truth, predicted));
    emit cellClicked(truth, predicted);
}

} // namespace maury::ui
