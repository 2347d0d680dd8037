#include "ui/pages/time_machine.h"

#include "ui/bridge/error_text.h"
#include "ui/bridge/number_text.h"
#include "ui/bridge/status_reporter.h"
#include "ui/models/line_markers.h"
#include "ui/models/workspace.h"
#include "ui/pages/elided_label.h"
#include "ui/pages/empty_state.h"
#include "ui/pages/unit_chooser.h"
#include "ui/plots/confusion_plot.h"
#include "ui/plots/filter_plot.h"
#include "ui/plots/row_table.h"

#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSlider>
#include <QSpinBox>
#include <QSplitter>
#include <QStackedLayout>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <optional>
#include <utility>

namespace maury::ui {
namespace {

constexpr int kSpacing = 8;
constexpr int kMatrixWidth = 420;
constexpr int kFilmMilliseconds = 150; ///< an epoch of the film

Trace filterTrace(const train::EpochView& view, int unit)
{
    Trace trace;
    for (std::size_t pixel = 0; pixel < view.grid.pixels; ++pixel) {
        trace.wavelength.append(view.grid.wavelength(pixel));
        trace.flux.append(static_cast<double>(
            view.firstLayer.weights(static_cast<Eigen::Index>(pixel), unit)));
    }
    trace.name = TimeMachine::tr("unit %1, weights").arg(countText(unit + 1));
    return trace;
}

} // namespace

TimeMachine::TimeMachine(const PageContext& context, QWidget* parent)
    : QWidget(parent)
    , m_context(context)
    , m_views(new QStackedLayout(this))
    , m_empty(new EmptyState(this))
{
    setAccessibleName(tr("Epochs of the run"));
    m_empty->setText(tr("No epochs to go back to"),
        tr("A run of the paper's protocol keeps its network after every epoch. Here a slider goes "
           "through them: how the answers for every standard came about, and what the first layer "
           "learned to look for. A run can branch at any of them."),
        tr("Start training"));
    m_views->addWidget(m_empty);
    makeContent();
    connect(m_empty, &EmptyState::activated, this, &TimeMachine::startRequested);
    connect(&m_viewer, &EpochViewer::viewed, this, &TimeMachine::takeView);
    connect(&m_viewer, &EpochViewer::failed, this, [this](const base::Error& error) {
        m_context.status.showMessage(errorText(error), StatusReporter::Severity::Error);
    });
    const auto markLines = [this] {
        if (const auto lines = m_context.workspace.lines())
            m_filter->setMarkers(lineMarkers(*lines, std::nullopt));
    };
    connect(&m_context.workspace, &Workspace::linesChanged, this, markLines);
    markLines();
    m_film.setInterval(kFilmMilliseconds);
    connect(&m_film, &QTimer::timeout, this, &TimeMachine::playNext);
}

void TimeMachine::makeContent()
{
    auto* content = new QWidget(this);
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(kSpacing, 0, kSpacing, 0);
    layout->setSpacing(kSpacing);
    layout->addWidget(makeControls());
    m_facts = new ElidedLabel(content);
    layout->addWidget(m_facts);
    auto* parts = new QSplitter(Qt::Horizontal, content);
    m_matrix = new ConfusionPlot(m_confusion, parts);
    m_matrix->setAccessibleName(tr("Confusion matrix of the epoch"));
    m_matrix->reportTo(m_context.status);
    auto* side = new QSplitter(Qt::Vertical, parts);
    parts->addWidget(m_matrix);
    parts->addWidget(side);
    parts->setStretchFactor(0, 2);
    parts->setStretchFactor(1, 3);
    parts->setSizes({ kMatrixWidth, 2 * kMatrixWidth });
    side->addWidget(makeAnswers());
    side->addWidget(makeFilter());
    for (QSplitter* splitter : { parts, side })
        splitter->setChildrenCollapsible(false);
    layout->addWidget(parts, 1);
    m_views->addWidget(content);
}

QWidget* TimeMachine::makeControls()
{
    auto* controls = new QWidget(this);
    auto* row = new QHBoxLayout(controls);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(kSpacing);
    m_play = new QToolButton(controls);
    m_play->setText(tr("Play"));
    m_play->setCheckable(true);
    m_play->setToolTip(tr("Show the epochs one after the other"));
    m_slider = new QSlider(Qt::Horizontal, controls);
    m_slider->setAccessibleName(tr("Epoch that is shown"));
    m_slider->setToolTip(tr("Go through the epochs; the arrow keys go one by one"));
    m_field = new QSpinBox(controls);
    m_field->setAccessibleName(tr("Number of the epoch that is shown"));
    m_field->setKeyboardTracking(false);
    m_count = new QLabel(controls);
    m_branch = new QPushButton(tr("Branch here"), controls);
    m_branch->setToolTip(
        tr("Go on from this epoch with the learning rate and head weights that stand in the "
           "settings below; the run so far stays and is drawn beside it"));
    for (QWidget* widget : QWidgetList { m_play, m_slider, m_field, m_branch })
        widget->setStatusTip(widget->toolTip());
    row->addWidget(m_play);
    row->addWidget(m_slider, 1);
    row->addWidget(new QLabel(tr("Epoch"), controls));
    row->addWidget(m_field);
    row->addWidget(m_count);
    row->addWidget(m_branch);
    connect(m_play, &QToolButton::toggled, this, &TimeMachine::setPlaying);
    connect(m_slider, &QSlider::valueChanged, this, &TimeMachine::showChosen);
    connect(m_field, &QSpinBox::valueChanged, this, [this](int number) {
        // The last kept one that is not later.
        const auto after = std::upper_bound(m_kept.begin(), m_kept.end(), number - 1,
            [](int epoch, const train::KeptEpoch& kept) { return epoch < kept.epoch; });
        m_slider->setValue(std::max(0, static_cast<int>(after - m_kept.begin()) - 1));
        showChosen();
    });
    connect(m_branch, &QPushButton::clicked, this, [this] {
        if (epoch() >= 0)
            emit branchRequested(epoch());
    });
    return controls;
}

QWidget* TimeMachine::makeAnswers()
{
    auto* part = new QWidget(this);
    auto* layout = new QVBoxLayout(part);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(kSpacing / 2);
    m_right = new QLabel(part);
    auto* table = new RowTable(m_answers, tr("Answers for every standard"), part);
    table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    table->horizontalHeader()->setStretchLastSection(true);
    layout->addWidget(m_right);
    layout->addWidget(table, 1);
    return part;
}

QWidget* TimeMachine::makeFilter()
{
    auto* part = new QWidget(this);
    auto* layout = new QVBoxLayout(part);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_units = new UnitChooser(part);
    m_units->setInitialKnown(false);
    m_filter = new FilterPlot(part);
    m_filter->reportTo(m_context.status);
    layout->addWidget(m_units);
    layout->addWidget(m_filter, 1);
    connect(m_units, &UnitChooser::chosen, this, &TimeMachine::showUnit);
    return part;
}

void TimeMachine::beginRun(const std::filesystem::path& checkpoint, int inherited)
{
    m_play->setChecked(false);
    m_checkpoint = checkpoint;
    m_history.erase(m_history.lower_bound(inherited), m_history.end());
    m_reached = inherited;
    m_kept.clear();
    m_view.reset();
    m_viewer.begin(m_set);
    m_answers.setAnswers({});
    m_views->setCurrentIndex(0);
    refresh();
}

void TimeMachine::reach(int epochs)
{
    m_reached = std::max(m_reached, epochs);
    refresh();
}

void TimeMachine::addEpoch(const train::EpochDone& epoch)
{
    m_history.insert_or_assign(epoch.epoch, epoch);
    m_reached = std::max(m_reached, epoch.epoch + 1);
}

void TimeMachine::setTestSet(const dataset::SampleSetPtr& set)
{
    if (set == m_set)
        return;
    m_set = set;
    m_answers.setSet(set);
    m_viewer.begin(set);
    m_view.reset();
    showChosen();
}

int TimeMachine::epoch() const
{
    const auto at = static_cast<std::size_t>(m_slider->value());
    return at < m_kept.size() ? m_kept[at].epoch : -1;
}

void TimeMachine::refresh()
{
    m_stale = true;
    if (!isVisible())
        return;
    m_stale = false;
    const bool follows = m_slider->value() + 1 >= static_cast<int>(m_kept.size());
    const int shown = epoch();
    m_kept = m_checkpoint.empty() ? std::vector<train::KeptEpoch> {}
                                  : train::keptEpochs(m_checkpoint);
    // A run that begins has not yet cleared away what the one before has left.
    std::erase_if(
        m_kept, [this](const train::KeptEpoch& kept) { return kept.epoch >= m_reached; });
    m_views->setCurrentIndex(m_kept.empty() ? 0 : 1);
    if (m_kept.empty())
        return;
    const auto last = static_cast<int>(m_kept.size()) - 1;
    int index = last;
    for (int i = 0; i < last && !follows; ++i)
        if (m_kept[static_cast<std::size_t>(i)].epoch >= shown) {
            index = i; // the shown one, or the next when it was let go
            break;
        }
    {
        const QSignalBlocker quiet(m_slider);
        m_slider->setRange(0, last);
        m_slider->setValue(index);
    }
    const QSignalBlocker quiet(m_field);
    m_field->setRange(m_kept.front().epoch + 1, m_kept.back().epoch + 1);
    m_count->setText(tr("of %1").arg(countText(m_kept.back().epoch + 1)));
    showChosen();
}

void TimeMachine::showChosen()
{
    if (!isVisible() || epoch() < 0)
        return;
    {
        const QSignalBlocker quiet(m_field);
        m_field->setValue(epoch() + 1);
    }
    const auto done = m_history.find(epoch());
    const bool tested = done != m_history.end() && done->second.test.samples > 0;
    m_confusion.setMetrics(tested ? done->second.test.sc : train::HeadMetrics {});
    if (done == m_history.end())
        m_facts->setWholeText(tr("The figures of this epoch come with the end of the run"));
    else
        m_facts->setWholeText(
            tr("Epoch %1: loss %2, test %3; spectral class right %4, luminosity class %5; learning "
               "rate %6")
                .arg(countText(epoch() + 1), numberText(done->second.train.loss, 4),
                    tested ? numberText(done->second.test.loss, 4) : tr("n/a"),
                    tested ? percentText(done->second.test.sc.accuracy, done->second.test.samples)
                           : tr("n/a"),
                    tested ? percentText(done->second.test.lc.accuracy, done->second.test.samples)
                           : tr("n/a"),
                    QLocale().toString(done->second.learningRate, 'g', 3)));
    const int index = m_slider->value();
    const int next = index >= m_shown ? index + 1 : index - 1;
    m_shown = index;
    const bool more = next >= 0 && next < static_cast<int>(m_kept.size());
    m_viewer.request(m_kept[static_cast<std::size_t>(index)],
        more ? std::optional(m_kept[static_cast<std::size_t>(next)]) : std::nullopt);
}

void TimeMachine::takeView(const train::EpochViewPtr& view)
{
    m_view = view;
    m_answers.setAnswers(view->answers);
    m_right->setText(view->answers.empty()
            ? tr("No test set")
            : tr("%1 of %2 standards right")
                  .arg(countText(m_answers.rowCount() - m_answers.wrong()),
                      countText(m_answers.rowCount())));
    m_units->setOrder(view->firstLayer.order);
    showUnit();
}

void TimeMachine::showUnit()
{
    if (m_view)
        m_filter->setFilter(filterTrace(*m_view, m_units->unit()));
}

void TimeMachine::setPlaying(bool playing)
{
    m_play->setText(playing ? tr("Halt") : tr("Play"));
    if (!playing) {
        m_film.stop();
        return;
    }
    if (m_slider->value() == m_slider->maximum())
        m_slider->setValue(m_slider->minimum());
    m_film.start();
}

void TimeMachine::playNext()
{
    if (m_slider->value() == m_slider->maximum())
        m_play->setChecked(false);
    else
        m_slider->setValue(m_slider->value() + 1);
}

void TimeMachine::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (m_stale)
        refresh();
    else
        showChosen();
}

void TimeMachine::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    m_play->setChecked(false);
}

} // namespace maury::ui
