#include "ui/pages/latent_page.h"

#include "ui/bridge/error_text.h"
#include "ui/bridge/number_text.h"
#include "ui/bridge/when_done.h"
#include "ui/models/spectrum_list_model.h"
#include "ui/models/workspace.h"
#include "ui/pages/elided_label.h"
#include "ui/pages/icons.h"
#include "ui/pages/latent_map_panel.h"
#include "ui/pages/latent_settings.h"
#include "ui/pages/notice_bar.h"
#include "ui/pages/reconstruction_panel.h"
#include "ui/pages/settings_form.h"
#include "ui/pages/view_switch.h"
#include "ui/plots/gon_curves.h"
#include "ui/plots/reconstruction_plot.h"
#include "ui/plots/row_table.h"

#include <QAction>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QTabWidget>
#include <QToolButton>
#include <QtConcurrent>

#include <utility>

namespace maury::ui {

namespace {

constexpr const char* kStarView = "star";
constexpr const char* kMapView = "map";
constexpr int kTourSteps = 300;
constexpr gon::WavelengthRange kTourHidden { 4080.0, 4125.0 }; ///< Hδ

} // namespace

LatentPage::LatentPage(const PageContext& context, QWidget* parent)
    : Page(QStringLiteral("latent"), tr("Latent"), parent)
    , m_context(context)
{
    m_clock.start();
    makeActions();
    makeContent();
    makeInspector();
    connectSession();
    setEmptyState(tr("What spectra have in common"),
        tr("A Gradient Origin Network describes every spectrum by a few numbers and draws it again "
           "from them: it repairs hidden parts, lays similar stars side by side, and finds odd "
           "ones. Train one, open one, or drop one on this window."),
        tr("Train on the atlas"), [this] { train(); });
    showEmptyState(true);
    takeState(GonSession::State::Idle);
}

LatentPage::~LatentPage()
{
    m_pool.waitForDone();
}

void LatentPage::makeActions()
{
    const auto add = [this](const QString& text, const QKeySequence& key, const QString& tip,
                         Symbol symbol, const auto& act) {
        auto* action = new QAction(icon(symbol), text, this);
        action->setShortcut(key);
        action->setStatusTip(tip);
        action->setToolTip(tip);
        connect(action, &QAction::triggered, this, act);
        m_actions.append(action);
        return action;
    };
    m_train = add(tr("&Train"), Qt::CTRL | Qt::ALT | Qt::Key_T,
        tr("Train a new network with these settings"), Symbol::Start, [this] { train(); });
    m_pause = add(tr("&Pause"), Qt::CTRL | Qt::ALT | Qt::Key_P,
        tr("Hold the run after its batch, or let it go on"), Symbol::Pause, [this] {
            if (m_pause->isChecked())
                m_session.pause();
            else
                m_session.resume();
        });
    m_pause->setCheckable(true);
    m_stop = add(tr("S&top"), Qt::CTRL | Qt::ALT | Qt::Key_Period,
        tr("End the run; its network is kept"), Symbol::Stop, [this] { m_session.stop(); });
    m_open = add(tr("&Open a network…"), Qt::CTRL | Qt::ALT | Qt::Key_N,
        tr("Use a network that was trained before"), Symbol::OpenFile, [this] { askForModel(); });
    m_save = add(tr("Save the &network…"), Qt::CTRL | Qt::ALT | Qt::Key_W,
        tr("Write the trained network to a file"), Symbol::Info, [this] { askWhereToSave(); });
    m_save->setIcon({});
}

QWidget* LatentPage::makeBar()
{
    auto* bar = new QWidget(this);
    auto* rows = new QVBoxLayout(bar);
    rows->setContentsMargins(8, 8, 8, 0);
    rows->setSpacing(4);
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    const auto button = [&](QAction* action) {
        auto* made = new QToolButton(bar);
        made->setDefaultAction(action);
        made->setToolButtonStyle(
            action->icon().isNull() ? Qt::ToolButtonTextOnly : Qt::ToolButtonTextBesideIcon);
        made->setFocusPolicy(Qt::StrongFocus);
        row->addWidget(made);
    };
    for (QAction* action : { m_train, m_pause, m_stop })
        button(action);
    row->addStretch();
    button(m_open);
    button(m_save);
    m_facts = new ElidedLabel(bar);
    rows->addLayout(row);
    rows->addWidget(m_facts);
    return bar;
}

void LatentPage::makeContent()
{
    auto* content = new QWidget(this);
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    m_notice = new NoticeBar(content);
    m_notice->dismiss();
    m_curves = new GonCurves(content);
    m_curves->reportTo(m_context.status);
    m_star = new ReconstructionPanel(m_context, content);
    m_views = new ViewSwitch(content);
    m_views->addView(
        kCurvesView, tr("Training"), tr("Loss and fit, step by step"), m_curves);
    m_views->addView(kStarView, tr("Star"),
        tr("The selected star as the network sees it, and how it repairs what is hidden"), m_star);
    m_map = new LatentMapPanel(m_context, content);
    m_map->setStars([this] { return mapStars(); });
    m_star->setOrigins([this](SpectrumId id) {
        const auto row = m_map->storeRowOf(id);
        return row ? ReconstructionPanel::Origin(m_map->stars()->store, *row)
                   : ReconstructionPanel::Origin();
    });
    m_views->addView(kMapView, tr("Map"),
        tr("All stars side by side, the similar ones together; twins, odd ones, and walks"), m_map);
    layout->addWidget(makeBar());
    layout->addWidget(m_notice);
    layout->addWidget(placeForEmptyState(m_views), 1);
    setContent(content);
    connect(m_views, &ViewSwitch::viewChanged, this, &LatentPage::refreshViews);
}

void LatentPage::makeInspector()
{
    m_inspector = new QTabWidget(this);
    m_inspector->setDocumentMode(true);
    m_settings = new LatentSettings(m_context.history, m_inspector);
    m_inspector->addTab(scrolling(m_settings), tr("Training"));
    addTables();
    connect(m_settings, &LatentSettings::sourceChanged, m_map, &LatentMapPanel::setStale);
    connect(m_settings, &LatentSettings::configChanged, this, &LatentPage::showChoices);
    connect(m_settings, &LatentSettings::liveChanged, this, [this](const gon::GonLive& live) {
        if (const auto done = m_session.setLive(live); !done && m_session.active())
            m_notice->showWarning(errorText(done.error()));
    });
}

void LatentPage::addTables()
{
    const auto add = [this](PlotTableModel& model, const QString& title, const QString& tip) {
        auto* table = new RowTable(model, tip, m_inspector);
        table->verticalHeader()->hide();
        table->setSelectionMode(QAbstractItemView::SingleSelection);
        const int tab = m_inspector->addTab(table, title);
        m_inspector->setTabToolTip(tab, tip);
        connect(&model, &QAbstractItemModel::modelReset, table,
            [table] { table->resizeColumnsToContents(); });
        return table->selectionModel();
    };
    add(m_star->lines(), tr("Lines"),
        tr("How well each line window is reconstructed, and where its line lies: a check of the "
           "wavelengths"));
    const auto* twins = add(m_map->twins(), tr("Twins"),
        tr("The stars of the map that are nearest to the selected one; a line draws the two and "
           "their difference"));
    connect(twins, &QItemSelectionModel::currentRowChanged, m_map,
        [this](const QModelIndex& current) {
            if (current.isValid())
                m_map->showTwin(current.row());
        });
    const auto* odd = add(m_map->odd(), tr("Odd stars"),
        tr("The stars of the map, those first that the network explains worst; a line selects its "
           "star"));
    connect(odd, &QItemSelectionModel::currentRowChanged, m_map,
        [this](const QModelIndex& current) {
            if (current.isValid())
                m_map->chooseOdd(current.row());
        });
}

QWidget* LatentPage::inspector()
{
    return m_inspector;
}

void LatentPage::onShown()
{
    refreshViews();
}

void LatentPage::refreshViews()
{
    m_star->refresh();
    m_map->refresh();
}

double LatentPage::now() const
{
    return static_cast<double>(m_clock.elapsed()) / 1000.0;
}

MapStars LatentPage::mapStars() const
{
    MapStars stars;
    stars.atlas = m_context.workspace.atlas();
    stars.standards = m_settings->source() == LatentSettings::Source::Standards;
    const SpectrumListModel& all = m_context.spectra;
    if (m_settings->source() == LatentSettings::Source::Store) {
        stars.store = m_store;
        return stars;
    }
    if (stars.standards && stars.atlas != nullptr) {
        for (std::size_t row = 0; row < stars.atlas->standards().size(); ++row)
            stars.ids.push_back(all.standardId(row));
        return stars;
    }
    for (int row = 0; row < all.openedCount(); ++row) {
        const auto id
            = all.index(row, 0).data(SpectrumListModel::IdRole).value<SpectrumId>();
        const SpectrumEntry* entry = all.entry(id);
        if (entry->spectrum == nullptr)
            continue;
        stars.opened.push_back(
            { entry->name.toStdString(), entry->type.toStdString(), entry->spectrum });
        stars.ids.push_back(id);
        stars.surveys << QString::fromStdString(store::surveyOf(entry->spectrum->format));
    }
    return stars;
}

void LatentPage::setStore(const store::StorePtr& store)
{
    m_store = store;
    if (m_settings->source() == LatentSettings::Source::Store)
        m_map->setStale();
}

void LatentPage::useModels(const GonModels& models)
{
    m_models = models;
    if (m_models.name.isEmpty())
        m_models.name = tr("this run");
    showEmptyState(false);
    m_save->setEnabled(!m_session.active());
    m_star->setModels(m_models);
    m_map->setModels(m_models);
    if (m_views->current() == QLatin1String(kCurvesView))
        m_views->setCurrent(kStarView);
    refreshViews();
    showFacts();
    emit modelsChanged();
    if (m_tourReady) {
        m_star->setHidden({ kTourHidden });
        if (!m_star->isBusy())
            m_views->setCurrent(kMapView); // there is no star to show
    }
}

void LatentPage::showFacts()
{
    QStringList facts;
    if (m_models.model != nullptr)
        facts << QString::fromStdString(gon::describe(*m_models.model)) << m_models.name
              << tr("%1 training spectra")
                     .arg(countText(m_models.model->reference.codes.rows()));
    if (m_lastEpoch && m_lastEpoch->test.samples > 0)
        facts << tr("held out χ²/dof %1").arg(numberText(m_lastEpoch->test.loss, 2));
    m_facts->setWholeText(facts.join(QStringLiteral(" · ")));
}

void LatentPage::askForModel()
{
    const QString file = QFileDialog::getOpenFileName(
        this, tr("Open a network"), {}, tr("Models (*.h5);;All files (*)"));
    if (!file.isEmpty())
        openModel(file);
}

void LatentPage::openModel(const QString& file)
{
    const int generation = ++m_opening;
    const auto job = m_context.status.beginJob(tr("Opening the network"));
    using Opened = std::shared_ptr<const base::Result<GonModels>>;
    whenDone(this,
        QtConcurrent::run(&m_pool,
            [path = file.toStdString(), atlas = m_context.workspace.atlas()] {
                return std::make_shared<const base::Result<GonModels>>(openGonModels(path, atlas));
            }),
        [this, generation, job](const Opened& opened) {
            m_context.status.endJob(job);
            if (generation != m_opening)
                return;
            if (*opened) {
                m_notice->dismiss();
                m_lastEpoch.reset();
                useModels(**opened);
                return;
            }
            showEmptyState(false); // it would hide the notice
            m_notice->showError(errorText(opened->error()));
        });
}

void LatentPage::askWhereToSave()
{
    const QString file = QFileDialog::getSaveFileName(
        this, tr("Save the trained network"), QStringLiteral("gon.h5"), tr("Models (*.h5)"));
    if (!file.isEmpty())
        saveModel(file);
}

void LatentPage::saveModel(const QString& file)
{
    if (m_models.model == nullptr)
        return;
    if (const auto done = gon::writeModel(*m_models.model, file.toStdString()); !done)
        m_notice->showError(errorText(done.error()));
    else
        m_context.status.showMessage(tr("The network was written to %1").arg(file));
}

void LatentPage::prepareTour(const std::function<void()>& ready)
{
    if (m_session.active() || m_context.workspace.atlas() == nullptr) {
        ready();
        return;
    }
    m_tourReady = ready;
    // First the star with its repaired part, then the map.
    connect(m_star, &ReconstructionPanel::reconstructed, this, [this] {
        const auto* star = m_star->reconstruction();
        if (m_tourReady && (star == nullptr || !star->request.hidden.empty()))
            m_views->setCurrent(kMapView);
    });
    connect(m_map, &LatentMapPanel::mapped, this, &LatentPage::endTour);
    gon::GonConfig config;
    config.steps = kTourSteps;
    m_settings->setConfig(config);
    train();
}

bool LatentPage::isTourBusy() const
{
    return m_session.active() || m_star->isBusy() || m_map->isBusy();
}

QStringList LatentPage::tourViews() const
{
    return { kCurvesView, kMapView };
}

void LatentPage::showTourView(const QString& view)
{
    m_views->setCurrent(view.isEmpty() ? QString(kStarView) : view);
    m_inspector->setCurrentIndex(view == QLatin1String(kCurvesView) ? 0
            : view == QLatin1String(kMapView)                       ? 3
                                                                    : 1);
}

void LatentPage::endTour()
{
    if (const auto ready = std::exchange(m_tourReady, {}))
        QMetaObject::invokeMethod(this, ready, Qt::QueuedConnection);
}

} // namespace maury::ui
