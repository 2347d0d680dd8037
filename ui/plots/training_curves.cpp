#include "ui/plots/training_curves.h"

#include "ui/bridge/number_text.h"
#include "ui/plots/decade_ticker.h"
#include "ui/plots/growing_range.h"

#include <qcustomplot.h>

#include <QLocale>

#include <algorithm>
#include <cmath>
#include <utility>

namespace maury::ui {
namespace {

constexpr const char* kBatchLayer = "batches";
constexpr std::size_t kMaximumSteps = 4096;
constexpr std::size_t kRowsWithDots = 60;
constexpr double kOneDrag = 0.02; // of the shown range: changes closer than this are one mark
constexpr double kBestLabel = 0.98; // of the height

} // namespace

TrainingCurves::TrainingCurves(QWidget* parent)
    : PlotBase(parent)
{
    setAccessibleName(tr("Loss, accuracy and learning rate of the run"));
    setMinimumSize(360, 260);
    makeRects();
    linkPanels();
    makeCurves();
    m_marks = std::make_unique<ChangeMarks>(
        QList<QCPAxisRect*> { m_lossRect, m_accuracyRect, m_rateRect },
        [this](QCPAxisRect& panel) { return addVerticalLine(panel); });
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
    m_rateRect = new QCPAxisRect(&plot());
    auto* margins = new QCPMarginGroup(&plot());
    int row = 0;
    for (QCPAxisRect* rect : panels()) {
        makePanel(row++, *rect);
        rect->setMarginGroup(QCP::msLeft | QCP::msRight, margins);
    }
    layout.setColumnStretchFactor(1, 0.001);
    layout.setRowStretchFactor(0, 1.3);
    layout.setRowStretchFactor(2, 0.5);
    m_lossRect->axis(QCPAxis::atLeft)->setLabel(tr("Loss"));
    m_accuracyRect->axis(QCPAxis::atLeft)->setLabel(tr("Accuracy"));
    QCPAxis* rate = m_rateRect->axis(QCPAxis::atLeft);
    rate->setLabel(tr("Rate"));
    rate->setScaleType(QCPAxis::stLogarithmic);
    rate->setTicker(decadeTicker());
    m_rateRect->axis(QCPAxis::atBottom)->setLabel(tr("Epoch"));
    setLossLogarithmic(true);
}

void TrainingCurves::makePanel(int row, QCPAxisRect& rect)
{
    QCPLayoutGrid& layout = *plot().plotLayout();
    layout.addElement(row, 0, &rect);
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
    legend->setIconSize(22, 16); // as high as a line of text with its descenders
    legend->setRowSpacing(0);
    legend->setMargins(QMargins(0, 8, 8, 8));
    allowZoom(rect, Qt::Horizontal | Qt::Vertical);
    addCrosshair(rect);
}

void TrainingCurves::linkPanels()
{
    for (QCPAxisRect* rect : panels()) {
        QCPAxis* axis = rect->axis(QCPAxis::atBottom);
        auto whole = QSharedPointer<QCPAxisTickerFixed>::create();
        whole->setTickStep(1.0);
        whole->setScaleStrategy(QCPAxisTickerFixed::ssMultiples);
        axis->setTicker(whole);
        axis->setSubTicks(false);
        axis->setTickLabels(rect == m_rateRect);
        for (QCPAxisRect* other : panels())
            if (other != rect)
                connect(axis, qOverload<const QCPRange&>(&QCPAxis::rangeChanged),
                    other->axis(QCPAxis::atBottom), qOverload<const QCPRange&>(&QCPAxis::setRange));
    }
}

std::array<QCPAxisRect*, TrainingCurves::kPanels> TrainingCurves::panels() const
{
    return { m_lossRect, m_accuracyRect, m_rateRect };
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

QCPGraph* TrainingCurves::addThinLine(QCPAxisRect& rect)
{
    QCPGraph* graph = plot().addGraph(rect.axis(QCPAxis::atBottom), rect.axis(QCPAxis::atLeft));
    graph->setAntialiased(false);
    graph->setSelectable(QCP::stNone);
    graph->setLayer(kBatchLayer);
    return graph;
}

void TrainingCurves::nameBatches(int steps)
{
    const bool each = steps <= 1;
    const QString number = countText(steps);
    m_stepLoss->setName(each ? tr("batches") : tr("mean of %1 batches").arg(number));
    m_stepAccuracy->setName(each ? tr("SC, batches") : tr("SC, mean of %1").arg(number));
}

void TrainingCurves::makeCurves()
{
    plot().setAutoAddPlottableToLegend(false);
    // What changes with every batch is drawn apart from what changes with every epoch.
    plot().addLayer(kBatchLayer, plot().layer("main"), QCustomPlot::limBelow);
    plot().layer(kBatchLayer)->setMode(QCPLayer::lmBuffered);
    m_stepLoss = addThinLine(*m_lossRect);
    m_stepAccuracy = addThinLine(*m_accuracyRect);
    m_rate = addThinLine(*m_rateRect);
    m_rate->setName(tr("learning rate"));
    // A point stands for the batches before it.
    m_rate->setLineStyle(QCPGraph::lsStepRight);
    nameBatches(1);
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

    makeReferences();
    m_best
        = plot().addGraph(m_lossRect->axis(QCPAxis::atBottom), m_lossRect->axis(QCPAxis::atLeft));
    m_best->setLineStyle(QCPGraph::lsNone);
    m_best->setSelectable(QCP::stNone);
    m_bestText = addPanelLabel(*m_accuracyRect);
    m_bestLine = addVerticalLine(*m_accuracyRect);
}

void TrainingCurves::makeReferences()
{
    for (std::size_t i = 0; i < kReferences; ++i) {
        QCPAxisRect* rect = i == 0 ? m_lossRect : m_accuracyRect;
        m_references[i]
            = plot().addGraph(rect->axis(QCPAxis::atBottom), rect->axis(QCPAxis::atLeft));
        m_references[i]->setSelectable(QCP::stNone);
    }
}

void TrainingCurves::setReference(const QString& name, const std::vector<EpochRow>& epochs)
{
    m_referenceName = name;
    constexpr std::array<double EpochRow::*, kReferences> kShown { &EpochRow::testLoss,
        &EpochRow::testAccuracySc, &EpochRow::testAccuracyLc };
    const std::array<QString, kReferences> names { tr("%1, test").arg(name),
        tr("%1, SC test").arg(name), tr("%1, LC test").arg(name) };
    m_referenceEnd = epochs.empty() ? 0.0 : epochs.back().epoch + 1.0;
    for (std::size_t i = 0; i < kReferences; ++i) {
        QCPGraph& graph = *m_references[i];
        QCPLegend* legend = m_legends[i == 0 ? 0 : 1];
        graph.data()->clear();
        for (const EpochRow& row : epochs) {
            graph.addData(row.epoch + 1.0, row.*kShown[i]);
            if (i == 0)
                m_losses.include(row.testLoss);
        }
        graph.setName(names[i]);
        graph.removeFromLegend(legend);
        if (!name.isEmpty())
            graph.addToLegend(legend);
    }
    m_changed = true;
    resetZoom();
}

void TrainingCurves::begin(int epochs)
{
    m_epochs = std::max(1, epochs);
    m_rows.clear();
    m_steps.clear();
    m_marks->clear();
    m_position = 0.0;
    m_losses = m_rates = {};
    nameBatches(1);
    for (int i = 0; i < plot().graphCount(); ++i)
        if (std::find(m_references.begin(), m_references.end(), plot().graph(i))
            == m_references.end())
            plot().graph(i)->data()->clear();
    for (const QCPGraphData& point : *m_references[0]->data())
        m_losses.include(point.value);
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
        addRate(point.position, point.learningRate);
        m_losses.include(point.loss);
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
    int most = 1;
    m_rate->data()->clear();
    for (const StepPoint& point : m_steps) {
        most = std::max(most, point.steps);
        addRate(point.position, point.learningRate);
    }
    nameBatches(most);
    m_changed = true; // of the legend
}

void TrainingCurves::addRate(double position, double rate)
{
    m_rate->addData(position, rate);
    m_rates.include(rate);
}

QList<QPointF> TrainingCurves::learningRates() const
{
    QList<QPointF> points;
    for (const QCPGraphData& point : *m_rate->data())
        points.append({ point.key, point.value });
    return points;
}

QList<std::pair<double, double>> TrainingCurves::shownEpochs() const
{
    QList<std::pair<double, double>> ranges;
    for (const QCPAxisRect* rect : panels()) {
        const QCPRange range = rect->axis(QCPAxis::atBottom)->range();
        ranges.append({ range.lower, range.upper });
    }
    return ranges;
}

QString TrainingCurves::batchName() const
{
    return m_stepLoss->name();
}

void TrainingCurves::showEpochs(double first, double last)
{
    m_lossRect->axis(QCPAxis::atBottom)->setRange(first, last);
    queueReplot();
}

void TrainingCurves::setLossLogarithmic(bool logarithmic)
{
    m_logarithmic = logarithmic;
    QCPAxis* axis = m_lossRect->axis(QCPAxis::atLeft);
    axis->setScaleType(logarithmic ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
    axis->setTicker(logarithmic ? decadeTicker() : QSharedPointer<QCPAxisTicker>::create());
    // The range of the other scale may not exist on this one.
    fitLoss();
    queueReplot();
}

void TrainingCurves::addEpoch(const EpochRow& row, bool best)
{
    const double x = row.epoch + 1.0;
    const std::array<double, CurveCount> values { row.trainLoss, row.testLoss, row.trainLossSc,
        row.testLossSc, row.trainLossLc, row.testLossLc, row.trainAccuracySc, row.testAccuracySc,
        row.trainAccuracyLc, row.testAccuracyLc };
    for (std::size_t curve = 0; curve < values.size(); ++curve) {
        m_curves[curve]->addData(x, values[curve]);
        if (curve <= LossLcTest)
            m_losses.include(values[curve]);
    }
    // The batches of an epoch have told its rate already; those of a run that was resumed have not.
    if (m_rate->data()->isEmpty() || (m_rate->data()->constEnd() - 1)->key < x - 0.5)
        addRate(x, row.learningRate);
    m_rows.push_back(row);
    m_changed = true;
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
    const double shown = m_accuracyRect->axis(QCPAxis::atBottom)->range().size();
    m_changed = true;
    m_marks->add(
        { setting, label, position, position, before, after }, kOneDrag * std::max(1.0, shown));
}

void TrainingCurves::refresh()
{
    if (std::exchange(m_changed, false))
        showNewData();
    else
        showNewDataOf(kBatchLayer);
}

void TrainingCurves::fitRanges()
{
    const double shown = std::min<double>(m_epochs, roundedUp(std::max({ m_position, m_referenceEnd, 1.0 })));
    m_accuracyRect->axis(QCPAxis::atBottom)->setRange(0.0, std::max(1.0, shown) * 1.01);
    m_accuracyRect->axis(QCPAxis::atLeft)->setRange(0.0, 1.02);
    fitLoss();
    const auto [low, high] = m_rates.decades(1e-3, 0.1);
    m_rateRect->axis(QCPAxis::atLeft)->setRange(low, high);
    const double middle = m_accuracyRect->axis(QCPAxis::atBottom)->range().center();
    m_bestText->setPositionAlignment(
        (m_bestText->position->key() > middle ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignBottom);
    m_marks->alignLabels(middle);
}

void TrainingCurves::fitLoss()
{
    const auto [low, high] = m_losses.decades(0.01, 10.0);
    m_lossRect->axis(QCPAxis::atLeft)->setRange(m_logarithmic ? low : 0.0, high);
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
    m_rate->setPen(QPen(theme.train, 1.5));
    for (std::size_t i = 0; i < kReferences; ++i)
        m_references[i]->setPen(QPen(theme.residual, 1.5, i == 2 ? Qt::DashLine : Qt::SolidLine));
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
    if (m_marks)
        m_marks->applyTheme(theme, font());
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
    return tr("epoch %1, train / test: loss %2 / %3, SC accuracy %4 / %5, LC accuracy %6 / %7; "
              "learning rate %8")
        .arg(countText(nearest->epoch + 1), numberText(nearest->trainLoss, 3),
            numberText(nearest->testLoss, 3), numberText(nearest->trainAccuracySc, 3),
            numberText(nearest->testAccuracySc, 3), numberText(nearest->trainAccuracyLc, 3),
            numberText(nearest->testAccuracyLc, 3),
            QLocale().toString(nearest->learningRate, 'g', 3));
}

} // namespace maury::ui
