#include "ui/plots/training_curves.h"

#include "ui/bridge/number_text.h"
#include "ui/plots/decade_ticker.h"

#include <qcustomplot.h>

#include <QLocale>

#include <algorithm>
#include <cmath>

namespace maury::ui {
namespace {

constexpr std::size_t kMaximumSteps = 4096;
constexpr std::size_t kRowsWithDots = 60;
constexpr double kOneDrag = 0.02; // of the shown range: changes closer than this are one mark
constexpr int kLabelRows = 3;
constexpr double kBestLabel = 0.98; // of the height

/// 2, 5, 10, 20, 50 …: ranges that need not grow with every batch.
double roundedUp(double value)
{
    double decade = 1.0;
    while (true) {
        for (const double step : { 2.0, 5.0, 10.0 })
            if (value <= step * decade)
                return step * decade;
        decade *= 10.0;
    }
}

QString rateText(double value)
{
    return QLocale().toString(value, 'g', 3);
}

void placeVertical(QCPItemStraightLine& line, double x)
{
    line.point1->setCoords(x, 0.0);
    line.point2->setCoords(x, 1.0);
}

/// A label at an epoch and at a fraction of the height of an axis rect.
void placeByRatio(QCPItemText& text, QCPAxisRect& rect)
{
    text.setClipAxisRect(&rect);
    text.setSelectable(false);
    text.setPadding(QMargins(4, 1, 4, 1));
    text.position->setAxisRect(&rect);
    text.position->setAxes(rect.axis(QCPAxis::atBottom), rect.axis(QCPAxis::atLeft));
    text.position->setTypeX(QCPItemPosition::ptPlotCoords);
    text.position->setTypeY(QCPItemPosition::ptAxisRectRatio);
}

} // namespace

TrainingCurves::TrainingCurves(QWidget* parent)
    : PlotBase(parent)
{
    setAccessibleName(tr("Loss and accuracy of the run"));
    setMinimumSize(360, 220);
    makeRects();
    makeCurves();
    applyTheme(theme());
    begin(1);
}

void TrainingCurves::makeRects()
{
    QCPLayoutGrid& layout = *plot().plotLayout();
    layout.clear();
    layout.setRowSpacing(0);
    m_lossRect = new QCPAxisRect(&plot());
    m_accuracyRect = new QCPAxisRect(&plot());
    auto* margins = new QCPMarginGroup(&plot());
    int row = 0;
    for (QCPAxisRect* rect : { m_lossRect, m_accuracyRect }) {
        layout.addElement(row, 0, rect);
        auto* legend = new QCPLegend;
        m_legends[static_cast<std::size_t>(row)] = legend;
        // In the plot before anything is in it: the elements take their plot from their parent.
        auto* side = new QCPLayoutGrid;
        layout.addElement(row, 1, side);
        side->addElement(0, 0, legend);
        side->addElement(1, 0, new QCPLayoutElement(&plot())); // takes the room below
        side->setRowStretchFactor(0, 0.001);
        legend->setLayer("legend");
        legend->setBorderPen(Qt::NoPen);
        legend->setBrush(Qt::NoBrush);
        legend->setIconSize(22, 12);
        legend->setRowSpacing(0);
        legend->setMargins(QMargins(0, 8, 8, 8));
        rect->setMarginGroup(QCP::msLeft | QCP::msRight, margins);
        allowZoom(*rect, Qt::Horizontal | Qt::Vertical);
        addCrosshair(*rect);
        ++row;
    }
    layout.setColumnStretchFactor(1, 0.001);
    layout.setRowStretchFactor(0, 1.3);
    QCPAxis* loss = m_lossRect->axis(QCPAxis::atLeft);
    loss->setScaleType(QCPAxis::stLogarithmic);
    loss->setTicker(decadeTicker());
    loss->setLabel(tr("Loss (cross-entropy)"));
    m_lossRect->axis(QCPAxis::atBottom)->setTickLabels(false);
    m_accuracyRect->axis(QCPAxis::atLeft)->setLabel(tr("Accuracy"));
    m_accuracyRect->axis(QCPAxis::atBottom)->setLabel(tr("Epoch"));
    for (QCPAxisRect* rect : { m_lossRect, m_accuracyRect }) {
        auto whole = QSharedPointer<QCPAxisTickerFixed>::create();
        whole->setTickStep(1.0);
        whole->setScaleStrategy(QCPAxisTickerFixed::ssMultiples);
        rect->axis(QCPAxis::atBottom)->setTicker(whole);
        rect->axis(QCPAxis::atBottom)->setSubTicks(false);
    }
    QCPAxis* upper = m_lossRect->axis(QCPAxis::atBottom);
    QCPAxis* lower = m_accuracyRect->axis(QCPAxis::atBottom);
    connect(upper, qOverload<const QCPRange&>(&QCPAxis::rangeChanged), lower,
        qOverload<const QCPRange&>(&QCPAxis::setRange));
    connect(lower, qOverload<const QCPRange&>(&QCPAxis::rangeChanged), upper,
        qOverload<const QCPRange&>(&QCPAxis::setRange));
}

void TrainingCurves::addCurve(
    Curve curve, QCPAxisRect& rect, const QString& name, QCPLegend* legend)
{
    QCPGraph* graph = plot().addGraph(rect.axis(QCPAxis::atBottom), rect.axis(QCPAxis::atLeft));
    graph->setName(name);
    graph->setSelectable(QCP::stNone);
    graph->addToLegend(legend);
    m_curves[curve] = graph;
}

void TrainingCurves::makeCurves()
{
    plot().setAutoAddPlottableToLegend(false);
    m_stepLoss
        = plot().addGraph(m_lossRect->axis(QCPAxis::atBottom), m_lossRect->axis(QCPAxis::atLeft));
    m_stepLoss->setName(tr("batches"));
    m_stepAccuracy = plot().addGraph(
        m_accuracyRect->axis(QCPAxis::atBottom), m_accuracyRect->axis(QCPAxis::atLeft));
    m_stepAccuracy->setName(tr("SC, batches"));
    for (QCPGraph* graph : { m_stepLoss, m_stepAccuracy }) {
        graph->setAntialiased(false);
        graph->setSelectable(QCP::stNone);
    }
    QCPLegend* loss = m_legends[0];
    addCurve(LossTrain, *m_lossRect, tr("total, train"), loss);
    addCurve(LossTest, *m_lossRect, tr("total, test"), loss);
    addCurve(LossScTrain, *m_lossRect, tr("SC, train"), loss);
    addCurve(LossScTest, *m_lossRect, tr("SC, test"), loss);
    addCurve(LossLcTrain, *m_lossRect, tr("LC, train"), loss);
    addCurve(LossLcTest, *m_lossRect, tr("LC, test"), loss);
    m_stepLoss->addToLegend(loss);
    QCPLegend* accuracy = m_legends[1];
    addCurve(AccuracyScTrain, *m_accuracyRect, tr("SC, train"), accuracy);
    addCurve(AccuracyScTest, *m_accuracyRect, tr("SC, test"), accuracy);
    addCurve(AccuracyLcTrain, *m_accuracyRect, tr("LC, train"), accuracy);
    addCurve(AccuracyLcTest, *m_accuracyRect, tr("LC, test"), accuracy);
    m_stepAccuracy->addToLegend(accuracy);

    m_best
        = plot().addGraph(m_lossRect->axis(QCPAxis::atBottom), m_lossRect->axis(QCPAxis::atLeft));
    m_best->setLineStyle(QCPGraph::lsNone);
    m_best->setSelectable(QCP::stNone);
    m_bestText = new QCPItemText(&plot());
    placeByRatio(*m_bestText, *m_accuracyRect);
    m_bestLine = addVerticalLine(*m_accuracyRect);
}

void TrainingCurves::begin(int epochs)
{
    m_epochs = std::max(1, epochs);
    m_rows.clear();
    m_steps.clear();
    m_marks.clear();
    m_position = m_lossLow = m_lossHigh = 0.0;
    for (int i = 0; i < plot().graphCount(); ++i)
        plot().graph(i)->data()->clear();
    for (const MarkItems& items : m_markItems) {
        for (QCPItemStraightLine* line : items.lines)
            plot().removeItem(line);
        plot().removeItem(items.text);
    }
    m_markItems.clear();
    m_bestText->setVisible(false);
    m_bestLine->setVisible(false);
    resetZoom();
}

void TrainingCurves::addSteps(const std::vector<StepPoint>& points)
{
    for (const StepPoint& point : points) {
        m_steps.push_back(point);
        m_stepLoss->addData(point.position, point.loss);
        m_stepAccuracy->addData(point.position, point.accuracySc);
        m_position = std::max(m_position, point.position);
        if (std::isfinite(point.loss) && point.loss > 0.0) {
            m_lossLow = m_lossLow > 0.0 ? std::min(m_lossLow, point.loss) : point.loss;
            m_lossHigh = std::max(m_lossHigh, point.loss);
        }
    }
    if (m_steps.size() > kMaximumSteps)
        condenseSteps();
}

void TrainingCurves::condenseSteps()
{
    QVector<double> positions;
    QVector<double> losses;
    QVector<double> accuracies;
    std::vector<StepPoint> half;
    for (std::size_t i = 0; i < m_steps.size(); i += 2) {
        half.push_back(i + 1 < m_steps.size() ? merged(m_steps[i], m_steps[i + 1]) : m_steps[i]);
        positions.append(half.back().position);
        losses.append(half.back().loss);
        accuracies.append(half.back().accuracySc);
    }
    m_steps = std::move(half);
    m_stepLoss->setData(positions, losses, true);
    m_stepAccuracy->setData(positions, accuracies, true);
}

void TrainingCurves::addEpoch(const EpochRow& row, bool best)
{
    const double x = row.epoch + 1.0;
    const std::array<double, CurveCount> values { row.trainLoss, row.testLoss, row.trainLossSc,
        row.testLossSc, row.trainLossLc, row.testLossLc, row.trainAccuracySc, row.testAccuracySc,
        row.trainAccuracyLc, row.testAccuracyLc };
    for (std::size_t curve = 0; curve < values.size(); ++curve) {
        m_curves[curve]->addData(x, values[curve]);
        if (curve <= LossLcTest && std::isfinite(values[curve]) && values[curve] > 0.0) {
            m_lossLow = m_lossLow > 0.0 ? std::min(m_lossLow, values[curve]) : values[curve];
            m_lossHigh = std::max(m_lossHigh, values[curve]);
        }
    }
    m_rows.push_back(row);
    m_position = std::max(m_position, x);
    if (best)
        pinBest(row);
    if (m_rows.size() == 1 || m_rows.size() == kRowsWithDots + 1)
        for (QCPGraph* graph : m_curves)
            graph->setScatterStyle(m_rows.size() <= kRowsWithDots
                    ? QCPScatterStyle(QCPScatterStyle::ssDisc, 4.0)
                    : QCPScatterStyle());
}

void TrainingCurves::pinBest(const EpochRow& row)
{
    const double loss = std::isfinite(row.testLoss) ? row.testLoss : row.trainLoss;
    m_best->setData(QVector<double> { row.epoch + 1.0 }, QVector<double> { loss });
    m_bestText->setText(tr("best: epoch %1").arg(countText(row.epoch + 1)));
    m_bestText->position->setCoords(row.epoch + 1.0, kBestLabel);
    m_bestText->setVisible(true);
    placeVertical(*m_bestLine, row.epoch + 1.0);
    m_bestLine->setVisible(true);
}

void TrainingCurves::addChange(
    const std::string& setting, const QString& label, double position, double before, double after)
{
    const double near
        = kOneDrag * std::max(1.0, m_accuracyRect->axis(QCPAxis::atBottom)->range().size());
    for (qsizetype mark = m_marks.size() - 1; mark >= 0; --mark) {
        if (m_marks[mark].setting != setting)
            continue;
        if (position - m_marks[mark].last > near)
            break;
        m_marks[mark].last = position;
        m_marks[mark].after = after;
        updateMark(mark);
        return;
    }
    m_marks.append({ setting, label, position, position, before, after });
    makeMarkItems();
    updateMark(m_marks.size() - 1);
}

void TrainingCurves::makeMarkItems()
{
    MarkItems items;
    items.lines = { addVerticalLine(*m_lossRect), addVerticalLine(*m_accuracyRect) };
    items.text = new QCPItemText(&plot());
    placeByRatio(*items.text, *m_lossRect);
    m_markItems.append(items);
    applyTheme(theme());
}

void TrainingCurves::updateMark(qsizetype mark)
{
    const Mark& value = m_marks[mark];
    const MarkItems& items = m_markItems[mark];
    for (QCPItemStraightLine* line : items.lines)
        placeVertical(*line, value.last);
    items.text->setText(
        tr("%1 %2 → %3").arg(value.label, rateText(value.before), rateText(value.after)));
    // Labels of neighbouring marks stand in different rows.
    const double row = 0.01 + 0.09 * static_cast<double>(mark % kLabelRows);
    items.text->position->setCoords(value.last, row);
}

void TrainingCurves::fitRanges()
{
    const double shown = std::min<double>(m_epochs, roundedUp(std::max(m_position, 1.0)));
    m_accuracyRect->axis(QCPAxis::atBottom)->setRange(0.0, std::max(1.0, shown) * 1.01);
    m_accuracyRect->axis(QCPAxis::atLeft)->setRange(0.0, 1.02);
    // Quarters of a decade, so that the axis does not move with every batch.
    const auto step = [](double value, double offset) {
        return std::pow(10.0, std::round(std::log10(value) * 4.0 + offset) / 4.0);
    };
    const bool known = m_lossLow > 0.0;
    m_lossRect->axis(QCPAxis::atLeft)
        ->setRange(known ? step(m_lossLow, -0.7) : 0.01, known ? step(m_lossHigh, 0.7) : 10.0);
    const double middle = m_accuracyRect->axis(QCPAxis::atBottom)->range().center();
    m_bestText->setPositionAlignment(
        (m_bestText->position->key() > middle ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignBottom);
    for (const MarkItems& items : m_markItems)
        items.text->setPositionAlignment(
            (items.text->position->key() > middle ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignTop);
}

void TrainingCurves::applyTheme(const PlotTheme& theme)
{
    PlotBase::applyTheme(theme);
    for (std::size_t curve = 0; curve < CurveCount; ++curve) {
        const bool train = curve % 2 == 0;
        Qt::PenStyle style = Qt::SolidLine;
        double width = 2.0;
        if (curve >= LossScTrain && curve <= LossLcTest) {
            style = curve >= LossLcTrain ? Qt::DotLine : Qt::DashLine;
            width = 1.2;
        } else if (curve >= AccuracyLcTrain) {
            style = Qt::DashLine;
            width = 1.5;
        }
        m_curves[curve]->setPen(QPen(train ? theme.train : theme.test, width, style));
    }
    QColor faint = theme.train;
    faint.setAlphaF(0.22F);
    for (QCPGraph* graph : { m_stepLoss, m_stepAccuracy })
        graph->setPen(QPen(faint, 1.0));
    m_best->setScatterStyle(
        QCPScatterStyle(QCPScatterStyle::ssDiamond, QPen(theme.text, 1.5), theme.test, 10.0));
    m_bestLine->setPen(QPen(theme.test, 1.0, Qt::DotLine));
    m_bestText->setBrush(theme.background);
    m_bestText->setColor(theme.text);
    m_bestText->setFont(font());
    for (QCPLegend* legend : m_legends) {
        legend->setTextColor(theme.text);
        legend->setFont(font());
    }
    for (const MarkItems& items : m_markItems) {
        for (QCPItemStraightLine* line : items.lines)
            line->setPen(QPen(theme.marker, 1.0, Qt::DashDotLine));
        items.text->setColor(theme.text);
        items.text->setBrush(theme.background);
        items.text->setFont(font());
    }
}

QString TrainingCurves::readoutAt(const QPointF& pixel)
{
    const double x = m_accuracyRect->axis(QCPAxis::atBottom)->pixelToCoord(pixel.x());
    const auto nearest
        = std::min_element(m_rows.begin(), m_rows.end(), [x](const EpochRow& a, const EpochRow& b) {
              return std::abs(a.epoch + 1.0 - x) < std::abs(b.epoch + 1.0 - x);
          });
    if (nearest == m_rows.end())
        return {};
    return tr("epoch %1, train / test: loss %2 / %3, SC accuracy %4 / %5, LC accuracy %6 / %7")
        .arg(countText(nearest->epoch + 1), numberText(nearest->trainLoss, 3),
            numberText(nearest->testLoss, 3), numberText(nearest->trainAccuracySc, 3),
            numberText(nearest->testAccuracySc, 3), numberText(nearest->trainAccuracyLc, 3),
            numberText(nearest->testAccuracyLc, 3));
}

} // namespace maury::ui
