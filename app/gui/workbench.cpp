#include "app/gui/workbench.h"

#include "app/gui/file_actions.h"
#include "app/gui/key_bindings.h"
#include "app/gui/main_window.h"
#include "app/gui/page_bar.h"
#include "app/gui/preferences_dialog.h"
#include "app/gui/project_actions.h"
#include "app/gui/session_keeper.h"
#include "ui/bridge/drop_target.h"
#include "ui/bridge/error_text.h"
#include "ui/bridge/run_text.h"
#include "ui/models/standard_grid.h"
#include "ui/pages/atlas_sheet.h"
#include "ui/pages/classify_page.h"
#include "ui/pages/evaluate_page.h"
#include "ui/pages/latent_page.h"
#include "ui/pages/spectra_page.h"
#include "ui/pages/star_list.h"
#include "ui/pages/surveys_page.h"
#include "ui/pages/train_page.h"

#include <QApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMenu>
#include <QMenuBar>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTimer>

#include <algorithm>

namespace maury::gui {

namespace {

// The first star of a first start: the type of the Sun, G2 V.
constexpr double kFirstTemperatureCode = 31.0;
constexpr double kFirstLuminosityCode = 5.0;
constexpr int kJoinedAtOnce = 200; ///< stars that a project takes in one turn of the event loop

bool isForPeople(const CommandLine& commandLine)
{
    return commandLine.tourFolder.isEmpty() && commandLine.bench.isEmpty();
}

/// Where the run that goes on keeps its checkpoints.
std::filesystem::path runFolder()
{
    const auto data = QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation);
    return std::filesystem::path(data.toStdString()) / "runs";
}

/// What a project keeps of a run (JSON).
std::string runSummary(const ui::RunResult& run)
{
    const QJsonObject summary { { "protocol", run.robust != nullptr ? "robust" : "paper" },
        { "trained_on",
            run.atlas != nullptr ? QString::fromStdString(run.atlas->name()) : QString() },
        { "epochs", static_cast<int>(run.report.history.size()) },
        { "seconds", run.report.seconds }, { "stopped", run.report.stopped } };
    return QJsonDocument(summary).toJson(QJsonDocument::Compact).toStdString();
}

} // namespace

Workbench::Workbench(const CommandLine& commandLine)
    : m_labels(m_spectra, &m_history)
    , m_loader(m_spectra, m_status)
    , m_resources(m_workspace, m_status)
    , m_training(mk::openAtlas)
{
    const ui::PageContext context { m_workspace, m_spectra, m_selection, m_status, &m_history };
    auto* spectra = new ui::SpectraPage(context);
    auto* classify = new ui::ClassifyPage(context, m_labels);
    auto* train = new ui::TrainPage(context, m_training, ui::RunStore(runFolder()));
    auto* evaluate = new ui::EvaluatePage(context, m_training);
    connect(evaluate, &ui::EvaluatePage::openRequested, this, &Workbench::open);
    m_latent = new ui::LatentPage(context);
    m_surveys = new ui::SurveysPage(context);
    connectJudges(*evaluate);
    connect(m_surveys, &ui::SurveysPage::storeOpened, this,
        [this] { m_latent->setStore(m_surveys->catalogue().store()); });
    const QList<ui::Page*> pages { spectra, classify, train, evaluate, m_latent, m_surveys };
    m_window
        = std::make_unique<MainWindow>(context, pages, new ui::StarList(m_spectra, m_selection, &m_history));
    connectFiles(*spectra);
    connectPages(*spectra, *train);
    connectProject(*classify);
    makeSheets();
    makePreferences();
    connectResources();
    new KeyBindings(*m_window->findChild<QMenuBar*>(), m_window.get()); // all menus are filled

    QSettings settings;
    m_window->restoreLayout(settings);
    if (commandLine.size)
        m_window->resize(*commandLine.size);
    connect(m_window.get(), &MainWindow::closing, this, [this] {
        QSettings saved;
        m_window->saveLayout(saved);
    });
    showModel();
    m_resources.openAtlas(commandLine.preferences.atlas);
    m_resources.openBuiltinModel();
    m_resources.openLines();
    openProject(commandLine);
    keepSession(commandLine, *spectra, *train);
    if (!commandLine.paths.isEmpty())
        open(commandLine.paths);
}

Workbench::~Workbench() = default;

void Workbench::open(const QStringList& paths)
{
    const QStringList others = openStores(paths);
    if (others.isEmpty())
        return;
    m_window->showPage(QStringLiteral("spectra"));
    QStringList spectra;
    for (const QString& path : others)
        if (ui::ResourceOpener::isModel(path) || ui::isGonFile(path))
            openModel(path);
        else
            spectra.append(path);
    if (spectra.isEmpty())
        return;
    m_recent.add(spectra);
    m_loader.open(spectra);
}

/// A model of either protocol answers from now on; a Gradient Origin Network has a page of its own.
void Workbench::openModel(const QString& file)
{
    if (!ui::isGonFile(file)) {
        m_resources.openModel(file);
        return;
    }
    m_window->showPage(QStringLiteral("latent"));
    m_latent->openModel(file);
}

/// Shows the last of the stores among the paths; returns the others.
QStringList Workbench::openStores(const QStringList& paths)
{
    QStringList others;
    for (const QString& path : paths) {
        if (!store::Store::isStore(path.toStdString())) {
            others.append(path);
            continue;
        }
        m_recent.add({ path });
        m_window->showPage(QStringLiteral("surveys"));
        m_surveys->openStore(path);
    }
    return others;
}

void Workbench::connectFiles(ui::SpectraPage& spectra)
{
    auto* files = new FileActions(m_window->fileMenu(), m_recent, m_window.get());
    connect(files, &FileActions::openRequested, this, &Workbench::open);
    connect(files, &FileActions::atlasRequested, &m_resources, &ui::ResourceOpener::openAtlas);
    connect(files, &FileActions::modelRequested, this, &Workbench::openModel);
    connect(files, &FileActions::builtinModelRequested, &m_resources,
        &ui::ResourceOpener::openBuiltinModel);
    connect(&spectra, &ui::SpectraPage::openRequested, files, &FileActions::askForFiles);
    auto* drop = new ui::DropTarget(*m_window);
    connect(drop, &ui::DropTarget::pathsDropped, this, &Workbench::open);
    connect(&m_loader, &ui::SpectrumLoader::opened, this, [this](ui::SpectrumId id) {
        if (m_session == nullptr || !m_session->isRestoring())
            m_selection.setSpectrum(id);
    });
    connect(&m_loader, &ui::SpectrumLoader::finished, this, [this] { joinProject(0); });
}

void Workbench::connectPages(ui::SpectraPage& spectra, ui::TrainPage& train)
{
    connect(&spectra, &ui::SpectraPage::trainRequested, this,
        [this, &train](const dataset::AugmentationSettings& augmentation) {
            train.setAugmentation(augmentation);
            m_window->showPage(QStringLiteral("train"));
        });
}

void Workbench::connectJudges(ui::EvaluatePage& evaluate)
{
    evaluate.setLabels([this](ui::SpectrumId star) {
        const auto label = m_labels.accepted(star);
        return label ? QString::fromStdString(label->type) : QString();
    });
    connect(&m_labels, &ui::LabelDesk::changed, &evaluate, &ui::EvaluatePage::followLabel);
    connect(m_latent, &ui::LatentPage::modelsChanged, &evaluate,
        [this, &evaluate] { evaluate.setGon(m_latent->models().model); });
}

void Workbench::connectProject(ui::ClassifyPage& classify)
{
    m_project = new ProjectActions(m_window->fileMenu(), m_labels, m_status, m_window.get());
    connect(&classify, &ui::ClassifyPage::openRequested, m_window->findChild<FileActions*>(),
        &FileActions::askForFiles);
    connect(&classify, &ui::ClassifyPage::copyRequested, m_project, &ProjectActions::askForCopy);
    connect(&m_selection, &ui::Selection::spectrumChanged, this, &Workbench::readShown);
    connect(
        &m_reader, &ui::SpectrumRereader::read, &m_spectra, &ui::SpectrumListModel::setSpectrum);
    connect(
        &m_reader, &ui::SpectrumRereader::failed, &m_spectra, &ui::SpectrumListModel::setFailure);
    connect(&m_training, &ui::TrainingSession::finished, this, [this](const ui::RunResultPtr& run) {
        if (run != nullptr)
            m_labels.keepRun(runSummary(*run));
    });
}

/// All opened stars are stars of the project, also those that nobody has looked at. In turns: the
/// window stays live while thousands are written.
void Workbench::joinProject(int fromRow)
{
    QList<ui::SpectrumId> stars;
    int row = fromRow;
    for (; row < std::min(m_spectra.openedCount(), fromRow + kJoinedAtOnce); ++row) {
        const auto id = m_spectra.index(row, 0)
                            .data(ui::SpectrumListModel::IdRole)
                            .value<ui::SpectrumId>();
        if (m_spectra.entry(id)->state == ui::SpectrumEntry::State::Ready)
            stars.append(id);
    }
    if (m_labels.join(stars) && row < m_spectra.openedCount())
        QTimer::singleShot(0, this, [this, row] { joinProject(row); });
}

void Workbench::keepSession(
    const CommandLine& commandLine, ui::SpectraPage& spectra, ui::TrainPage& train)
{
    if (!isForPeople(commandLine))
        return;
    m_session = std::make_unique<SessionKeeper>(
        SessionKeeper::Parts { *m_window, m_spectra, m_selection, m_loader, m_status, spectra,
            train.settings() },
        SessionKeeper::userFile());
    const bool wanted = commandLine.preferences.restoreSession && commandLine.paths.isEmpty();
    connect(
        this, &Workbench::usable, m_session.get(),
        [this, wanted] {
            if (wanted)
                m_session->restore();
            m_session->begin();
        },
        Qt::SingleShotConnection);
}

/// Pictures and measurements leave the user's own labels alone.
void Workbench::openProject(const CommandLine& commandLine)
{
    if (isForPeople(commandLine) || !commandLine.project.isEmpty()) {
        m_project->start(commandLine.project);
        return;
    }
    m_passing = std::make_unique<QTemporaryDir>();
    auto made = project::Project::create(m_passing->filePath("labels.maury").toStdString());
    if (made)
        if (auto set = m_labels.setProject(*std::move(made), "Maury", false); !set)
            m_status.showMessage(ui::errorText(set.error()), ui::StatusReporter::Severity::Error);
}

bool Workbench::isReading() const
{
    const ui::SpectrumEntry* entry = m_spectra.entry(m_selection.spectrum());
    return entry != nullptr && entry->state == ui::SpectrumEntry::State::Waiting;
}

/// A project lists its stars without reading them.
void Workbench::readShown(ui::SpectrumId id)
{
    const ui::SpectrumEntry* entry = m_spectra.entry(id);
    if (entry != nullptr && entry->state == ui::SpectrumEntry::State::Waiting
        && !m_loader.isRunning())
        m_reader.request(id, { entry->file.toStdString() }, {});
}

void Workbench::makeSheets()
{
    auto* sheet = new QAction(tr("&Atlas sheet…"), m_window.get());
    sheet->setStatusTip(tr("A whole sequence of standards as on a photographic plate"));
    connect(sheet, &QAction::triggered, this, [this] {
        if (m_workspace.atlas() != nullptr)
            ui::AtlasSheet(m_workspace.atlas(), m_workspace.lines(), m_status, m_window.get())
                .exec();
    });
    m_window->addAction(sheet);
}

void Workbench::makePreferences()
{
    QAction* preferences
        = m_window->editMenu()->addAction(tr("&Preferences…"), this, &Workbench::askForPreferences);
    preferences->setShortcuts(QKeySequence::Preferences);
    preferences->setMenuRole(QAction::PreferencesRole);
    preferences->setStatusTip(tr("Appearance, language, and the atlas at the start"));
}

void Workbench::askForPreferences()
{
    QSettings settings;
    PreferencesDialog dialog(readPreferences(settings), m_window.get());
    connect(&dialog, &PreferencesDialog::styleChosen, this,
        [](Style style) { applyAppearance(*qApp, style); });
    if (dialog.exec() == QDialog::Accepted)
        writePreferences(settings, dialog.preferences());
}

void Workbench::connectResources()
{
    // The list first, so that whoever follows the atlas finds its standards listed.
    connect(&m_workspace, &ui::Workspace::atlasChanged, this, [this] {
        m_spectra.setAtlas(m_workspace.atlas());
        selectFirstStandard();
        showModel();
    });
    connect(&m_workspace, &ui::Workspace::modelChanged, this, &Workbench::showModel);
    connect(
        &m_resources, &ui::ResourceOpener::atlasOpened, this, [this] { settle(m_atlasSettled); });
    connect(
        &m_resources, &ui::ResourceOpener::atlasFailed, this, [this] { settle(m_atlasSettled); });
    connect(&m_workspace, &ui::Workspace::modelChanged, this, [this] { settle(m_modelSettled); });
    connect(
        &m_resources, &ui::ResourceOpener::modelFailed, this, [this] { settle(m_modelSettled); });
}

void Workbench::settle(bool& part)
{
    const bool before = m_atlasSettled && m_modelSettled;
    part = true;
    if (!before && m_atlasSettled && m_modelSettled)
        emit usable();
}

void Workbench::selectFirstStandard()
{
    if (m_spectra.entry(m_selection.spectrum()) != nullptr || m_workspace.atlas() == nullptr)
        return;
    const int row = ui::StandardGrid(*m_workspace.atlas())
                        .nearest(kFirstTemperatureCode, kFirstLuminosityCode);
    m_selection.setSpectrum(m_spectra.standardId(static_cast<std::size_t>(row)));
}

void Workbench::showModel()
{
    const auto atlas = m_workspace.atlas();
    const mk::ClassScheme* scheme = m_workspace.scheme();
    const QString atlasName = atlas != nullptr ? ui::atlasText(atlas->name()) : tr("no atlas");
    const QString modelName = scheme != nullptr ? m_workspace.modelName() : tr("no model");
    m_window->pageBar().setModelText(QStringLiteral("%1  ·  %2").arg(modelName, atlasName),
        scheme != nullptr ? tr("The model that answers: %1 classes, trained on %2")
                                .arg(scheme->size())
                                .arg(ui::atlasText(m_workspace.trainedOn()))
                          : tr("There is no model: spectra are shown without an answer"));
}

} // namespace maury::gui
