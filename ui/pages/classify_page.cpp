#include "ui/pages/classify_page.h"

#include "ui/bridge/error_text.h"
#include "ui/bridge/label_desk.h"
#include "ui/bridge/status_reporter.h"
#include "ui/models/spectrum_list_model.h"
#include "ui/pages/elided_label.h"
#include "ui/pages/label_panel.h"
#include "ui/pages/notice_bar.h"
#include "ui/pages/plate_panel.h"
#include "ui/plots/classify_plot.h"
#include "ui/plots/plate_view.h"

#include <QAction>
#include <QCheckBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QSplitter>
#include <QStyle>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>
#include <limits>
#include <utility>

namespace maury::ui {

namespace {

constexpr int kGap = 8;
constexpr int kGridRow = 18;
constexpr int kGridColumn = 32;
constexpr int kGridWidth = 320;
constexpr double kGridFont = 0.85; ///< of the font
constexpr int kTraceShare = 2; ///< of the height, in plates
constexpr int kPlateHeight = 160;
constexpr double kTourFirst = 4050.0; // Å
constexpr double kTourLast = 4400.0;
constexpr double kTypeSize = 1.5; ///< of the font

} // namespace

ClassifyPage::ClassifyPage(const PageContext& context, LabelDesk& desk, QWidget* parent)
    : Page("classify", tr("Classify"), parent)
    , m_context(context)
    , m_desk(desk)
    , m_analyser(context.workspace)
    , m_panel(new LabelPanel(m_criteria, this))
{
    // Every standard is fitted once, so that walking to it costs no more than drawing it.
    m_analyser.setNearest(std::numeric_limits<std::size_t>::max());
    makeContent();
    makeActions();
    setEmptyState(tr("No star to classify"),
        tr("Open files or a folder of spectra, drop them on this window, or open a project."),
        tr("Open spectra…"), [this] { emit openRequested(); });
    m_plot->reportTo(m_context.status);
    m_plates->view().reportTo(m_context.status);
    connect(&m_context.selection, &Selection::spectrumChanged, this, &ClassifyPage::showStar);
    connect(&m_context.spectra, &SpectrumListModel::dataChanged, this,
        [this](const QModelIndex& first, const QModelIndex& last) {
            const int row = m_context.spectra.indexOf(m_context.selection.spectrum()).row();
            if (row >= first.row() && row <= last.row())
                showStar();
        });
    connect(&m_context.spectra, &SpectrumListModel::rowsRemoved, this, &ClassifyPage::showStar);
    connect(&m_context.workspace, &Workspace::atlasChanged, this, [this] {
        m_row = -1;
        showGrid();
        showStar();
    });
    connect(&m_context.workspace, &Workspace::modelChanged, this, &ClassifyPage::analyse);
    connect(&m_analyser, &SpectrumAnalyser::analysed, this, &ClassifyPage::takeAnalysis);
    connectDesk();
    connectPanel();
    showGrid();
    showStar();
}

QWidget* ClassifyPage::inspector()
{
    return m_panel;
}

void ClassifyPage::makeContent()
{
    auto* content = new QWidget(this);
    m_notice = new NoticeBar(content);
    m_name = new ElidedLabel(content);
    m_answers = new ElidedLabel(content);
    m_type = new QLabel(content);
    m_type->setAccessibleName(tr("Type at hand"));
    QFont large = m_type->font();
    large.setPointSizeF(large.pointSizeF() * kTypeSize);
    large.setBold(true);
    m_type->setFont(large);
    QWidget* spectra = makeSpectra();
    m_gridView = makeGrid();

    auto* header = new QHBoxLayout;
    header->setContentsMargins(2 * kGap, kGap, 2 * kGap, 0);
    header->setSpacing(2 * kGap);
    header->addWidget(m_name, 1);
    header->addWidget(m_answers, 2);
    header->addWidget(m_type);
    auto* middle = new QHBoxLayout;
    middle->setSpacing(0);
    middle->addWidget(spectra, 1);
    middle->addWidget(m_gridView);
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_notice);
    layout->addLayout(header);
    layout->addLayout(middle, 1);
    m_notice->dismiss();
    setContent(content);
}

/// The traces, and the same as on a plate below them: one range of wavelengths for both.
QWidget* ClassifyPage::makeSpectra()
{
    auto* both = new QSplitter(Qt::Vertical, this);
    m_plot = new ClassifyPlot(both);
    m_plates = new PlatePanel(both);
    both->addWidget(m_plot);
    both->addWidget(m_plates);
    both->setStretchFactor(0, kTraceShare);
    both->setStretchFactor(1, 1);
    both->setSizes({ kTraceShare * kPlateHeight, kPlateHeight });
    connect(m_plot, &ClassifyPlot::rangeShown, &m_plates->view(), &PlateView::setWavelengthRange);
    connect(&m_plates->view(), &PlateView::rangeShown, m_plot, &ClassifyPlot::setWavelengthRange);
    connect(m_plates, &PlatePanel::styleChanged, this, [this] {
        const auto [first, last] = m_plot->wavelengthRange();
        m_plates->view().setWavelengthRange(first, last);
    });
    connect(m_plot, &ClassifyPlot::placed, &m_plates->view(), &PlateView::setSideMargins);
    return both;
}

QTableView* ClassifyPage::makeGrid()
{
    auto* view = new QTableView(this);
    view->setModel(&m_grid);
    view->setAccessibleName(tr("Grid of types"));
    view->setToolTip(tr("Standards of the atlas: a click takes its type"));
    view->setShowGrid(false);
    view->setFrameShape(QFrame::NoFrame);
    view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    view->setSelectionMode(QAbstractItemView::NoSelection);
    view->setFocusPolicy(Qt::NoFocus);
    view->setTabKeyNavigation(false);
    QFont small = view->font();
    small.setPointSizeF(small.pointSizeF() * kGridFont);
    for (QHeaderView* header : { view->verticalHeader(), view->horizontalHeader() }) {
        header->setFont(small);
        header->setSectionsClickable(false);
        header->setMinimumSectionSize(1);
    }
    view->verticalHeader()->setDefaultSectionSize(kGridRow);
    view->horizontalHeader()->setDefaultSectionSize(kGridColumn);
    connect(view, &QTableView::clicked, this, [this](const QModelIndex& cell) {
        if (const int row = m_grid.standardAt(cell); row >= 0)
            chooseType(row, false);
    });
    return view;
}

/// The grid of the present atlas, as wide as its luminosities need.
void ClassifyPage::showGrid()
{
    m_grid.setAtlas(m_context.workspace.atlas());
    const int wanted = m_gridView->verticalHeader()->sizeHint().width()
        + m_grid.columnCount() * kGridColumn
        + m_gridView->style()->pixelMetric(QStyle::PM_ScrollBarExtent) + kGap;
    m_gridView->setFixedWidth(std::min(wanted, kGridWidth));
}

QAction* ClassifyPage::addAction(
    const QString& text, const QKeySequence& key, const QString& tip, std::function<void()> act)
{
    auto* action = new QAction(text, this);
    action->setShortcut(key);
    action->setStatusTip(tip);
    // Single keys belong to this page alone, and not to the fields of the inspector.
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(action, &QAction::triggered, this, std::move(act));
    QWidget::addAction(action);
    m_actions.append(action);
    return action;
}

void ClassifyPage::makeActions()
{
    const auto separate = [this] {
        auto* line = new QAction(this);
        line->setSeparator(true);
        m_actions.append(line);
    };
    using project::Flags;
    addAction(tr("&Earlier type"), Qt::Key_Up, tr("The next hotter standard of this luminosity"),
        [this] { stepClass(-1); });
    addAction(tr("&Later type"), Qt::Key_Down, tr("The next cooler standard of this luminosity"),
        [this] { stepClass(1); });
    addAction(tr("&Brighter type"), Qt::Key_Left, tr("The next brighter luminosity class"),
        [this] { stepLuminosity(-1); });
    addAction(tr("&Fainter type"), Qt::Key_Right, tr("The next fainter luminosity class"),
        [this] { stepLuminosity(1); });
    addAction(tr("Between &two classes"), Qt::Key_Period,
        tr("The type lies between this standard and the next cooler one"),
        [this] { toggleBetween(); });
    separate();
    addAction(tr("&Accept, next star"), Qt::Key_Space,
        tr("Keep the label and go to the next star of the queue"), [this] { accept(); })
        ->setShortcuts({ Qt::Key_Space, Qt::Key_Return, Qt::Key_Enter });
    addAction(tr("&Previous star"), Qt::Key_Backspace, tr("Go back to the star before"),
        [this] { go(-1); });
    addAction(tr("&Next star"), Qt::Key_N, tr("Go to the next star without accepting"),
        [this] { go(1); });
    separate();
    for (int quality = 0; quality <= project::kBestQuality; ++quality)
        addAction(tr("Quality %1").arg(qualityText(quality)),
            static_cast<Qt::Key>(Qt::Key_0 + quality), tr("How well the spectrum could be typed"),
            [this, quality] { setQuality(quality); });
    addAction(tr("&Odd"), Qt::Key_O, tr("Mark the star as unlike any standard"),
        [this] { toggleFlag(&Flags::odd, tr("Odd")); });
    addAction(tr("Ba&d"), Qt::Key_B, tr("Mark the spectrum as bad"),
        [this] { toggleFlag(&Flags::bad, tr("Bad")); });
    addAction(tr("E&mission"), Qt::Key_E, tr("Mark lines in emission"),
        [this] { toggleFlag(&Flags::emission, tr("Emission")); });
    addAction(tr("&Composite"), Qt::Key_C, tr("Mark the light of two stars"),
        [this] { toggleFlag(&Flags::composite, tr("Composite")); });
    addAction(tr("&Write notes"), Qt::Key_W, tr("Type notes; Enter or Escape comes back"),
        [this] { m_panel->notes().setFocus(Qt::ShortcutFocusReason); });
    separate();
    addAction(tr("L&ine names"), Qt::Key_L, tr("Show or hide the names of lines"),
        [this] { toggleMarkers(); });
    addAction(tr("&Plates"), Qt::Key_P, tr("Show or hide the spectra as on a plate"),
        [this] { m_plates->setVisible(m_plates->isHidden()); });
    addAction(tr("Criteria as bands"), Qt::Key_K,
        tr("Show or hide what the criteria measure in the spectrum"),
        [this] { m_panel->bands().toggle(); });
    addAction(tr("Blind"), Qt::Key_H, tr("Hide or show the catalogue's type and the answers"),
        [this] { m_panel->blind().toggle(); });
}

void ClassifyPage::connectDesk()
{
    connect(&m_desk, &LabelDesk::changed, this, [this](SpectrumId star) {
        if (star == m_desk.star())
            takeLabel();
        showProgress();
    });
    connect(&m_desk, &LabelDesk::wanted, &m_context.selection, &Selection::setSpectrum);
    connect(&m_desk, &LabelDesk::projectChanged, this, [this] {
        m_panel->showClassifier(m_desk.classifier());
        m_notice->dismiss();
        if (m_desk.project() != nullptr && !m_desk.canWrite())
            offerCopy();
        showStar();
    });
    connect(&m_desk, &LabelDesk::told, m_notice, &NoticeBar::showWarning);
    connect(&m_desk, &LabelDesk::failed, this, [this](const base::Error& error) {
        m_notice->showError(tr("Not written: %1").arg(errorText(error)));
    });
}

void ClassifyPage::offerCopy()
{
    m_notice->offer(tr("This project is read-only: its labels can be looked at. To go on, save a "
                       "copy that can be written"),
        tr("Save a copy…"), [this] { emit copyRequested(); });
}

void ClassifyPage::connectPanel()
{
    connect(m_panel, &LabelPanel::qualityChosen, this, &ClassifyPage::setQuality);
    connect(m_panel, &LabelPanel::flagsChosen, this, [this](const project::Flags& flags) {
        m_desk.edit(tr("Flags"), {}, [&flags](project::Label& label) { label.flags = flags; });
    });
    connect(m_panel, &LabelPanel::notesEdited, this, [this](const QString& notes) {
        m_desk.edit(tr("Notes"), QStringLiteral("notes"),
            [&notes](project::Label& label) { label.notes = notes.toStdString(); });
    });
    connect(m_panel, &LabelPanel::typeEntered, this, [this](const QString& type) {
        if (!type.isEmpty() && !mk::parseSpectralType(type.toStdString())) {
            m_notice->showWarning(tr("%1 is not a spectral type").arg(type));
            takeLabel();
            return;
        }
        m_notice->dismiss();
        m_desk.edit(tr("Type %1").arg(type), QStringLiteral("type"),
            [&type](project::Label& label) { label.type = type.toStdString(); });
    });
    connect(m_panel, &LabelPanel::classifierEntered, this, &ClassifyPage::takeClassifier);
    connect(m_panel, &LabelPanel::left, m_plot, [this] { m_plot->setFocus(); });
    connect(m_panel, &LabelPanel::queueChanged, this, &ClassifyPage::showProgress);
    connect(m_panel, &LabelPanel::blindChanged, this, [this] {
        if (m_analysis && !m_begun)
            beginAtFirstType();
        showHeader();
        draw();
    });
    connect(&m_panel->bands(), &QCheckBox::toggled, this, &ClassifyPage::drawCriteria);
    connect(m_panel->criteria().selectionModel(), &QItemSelectionModel::selectionChanged, this,
        &ClassifyPage::drawCriteria);
}

void ClassifyPage::takeClassifier(const QString& name)
{
    if (name.isEmpty())
        m_panel->showClassifier(m_desk.classifier());
    else if (auto set = m_desk.setClassifier(name); !set)
        m_notice->showError(errorText(set.error()));
}

void ClassifyPage::onShown()
{
    m_isShown = true;
    const bool isDrawn = m_analysis && m_analysis->id == m_context.selection.spectrum()
        && m_analysis->atlas == m_context.workspace.atlas();
    if (isDrawn) {
        m_desk.show(m_analysis->id);
        takeLabel();
        showProgress();
    } else {
        showStar();
    }
    m_plot->setFocus();
}

void ClassifyPage::onHidden()
{
    m_isShown = false;
    m_desk.show(kNoSpectrum); // its seconds are those spent here
}

void ClassifyPage::prepareTour(const std::function<void()>& ready)
{
    if (m_analyser.isBusy())
        m_ready = ready;
    else
        ready();
}

void ClassifyPage::showTourView(const QString& view)
{
    const bool plates = view == QLatin1String(kPlatesView);
    m_panel->showCriteria(view == QLatin1String(kCriteriaView));
    m_plates->box(&PlateStyle::negative).setChecked(!plates);
    m_plates->box(&PlateStyle::colour).setChecked(plates);
    if (plates)
        m_plot->setWavelengthRange(kTourFirst, kTourLast);
    else
        m_plot->resetZoom();
}

} // namespace maury::ui
