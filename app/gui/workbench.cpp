#include "app/gui/workbench.h"

#include "app/gui/file_actions.h"
#include "app/gui/main_window.h"
#include "app/gui/page_bar.h"
#include "app/gui/preferences_dialog.h"
#include "ui/bridge/drop_target.h"
#include "ui/bridge/run_text.h"
#include "ui/models/standard_grid.h"
#include "ui/pages/evaluate_page.h"
#include "ui/pages/latent_page.h"
#include "ui/pages/spectra_page.h"
#include "ui/pages/star_list.h"
#include "ui/pages/surveys_page.h"
#include "ui/pages/train_page.h"

#include <QApplication>
#include <QMenu>
#include <QSettings>
#include <QStandardPaths>

namespace maury::gui {

namespace {

// The first star of a first start: the type of the Sun, G2 V.
constexpr double kFirstTemperatureCode = 31.0;
constexpr double kFirstLuminosityCode = 5.0;

/// Where the run that goes on keeps its checkpoints.
std::filesystem::path runFolder()
{
    const auto data = QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation);
    return std::filesystem::path(data.toStdString()) / "runs";
}

} // namespace

Workbench::Workbench(const CommandLine& commandLine)
    : m_loader(m_spectra, m_status)
    , m_resources(m_workspace, m_status)
    , m_training(mk::openAtlas)
{
    const ui::PageContext context { m_workspace, m_spectra, m_selection, m_status, &m_history };
    auto* spectra = new ui::SpectraPage(context);
    auto* train = new ui::TrainPage(context, m_training, ui::RunStore(runFolder()));
    auto* evaluate = new ui::EvaluatePage(context, m_training);
    connect(evaluate, &ui::EvaluatePage::openRequested, this, &Workbench::open);
    m_latent = new ui::LatentPage(context);
    m_surveys = new ui::SurveysPage(context);
    connect(m_surveys, &ui::SurveysPage::storeOpened, this,
        [this] { m_latent->setStore(m_surveys->catalogue().store()); });
    const QList<ui::Page*> pages { spectra, train, evaluate, m_latent, m_surveys };
    m_window
        = std::make_unique<MainWindow>(context, pages, new ui::StarList(m_spectra, m_selection));
    connectFiles(*spectra);
    connectPages(*spectra, *train);
    makePreferences();
    connectResources();

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
    connect(&m_loader, &ui::SpectrumLoader::opened, &m_selection, &ui::Selection::setSpectrum);
}

void Workbench::connectPages(ui::SpectraPage& spectra, ui::TrainPage& train)
{
    connect(&spectra, &ui::SpectraPage::trainRequested, this,
        [this, &train](const dataset::AugmentationSettings& augmentation) {
            train.setAugmentation(augmentation);
            m_window->showPage(QStringLiteral("train"));
        });
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
