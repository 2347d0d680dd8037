#include "app/gui/session_keeper.h"

#include "app/gui/main_window.h"
#include "ui/bridge/error_text.h"
#include "ui/bridge/spectrum_loader.h"
#include "ui/bridge/status_reporter.h"
#include "ui/bridge/when_done.h"
#include "ui/models/spectrum_list_model.h"
#include "ui/pages/run_settings_panel.h"
#include "ui/pages/spectra_page.h"

#include <QStandardPaths>
#include <QtConcurrent>

#include <utility>

namespace maury::gui {

using Severity = ui::StatusReporter::Severity;

QString SessionKeeper::userFile()
{
    return QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation)
        + QStringLiteral("/session.json");
}

SessionKeeper::SessionKeeper(const Parts& parts, QString file, QObject* parent)
    : QObject(parent)
    , m_parts(parts)
    , m_file(std::move(file))
{
    m_pool.setMaxThreadCount(1);
    m_delay.setSingleShot(true);
    m_delay.setInterval(kDelayMs);
    connect(&m_delay, &QTimer::timeout, this, &SessionKeeper::write);
    connect(&m_parts.spectra, &QAbstractItemModel::rowsInserted, this, &SessionKeeper::changed);
    connect(&m_parts.spectra, &QAbstractItemModel::rowsRemoved, this, &SessionKeeper::changed);
    connect(&m_parts.selection, &ui::Selection::spectrumChanged, this, &SessionKeeper::changed);
    connect(&m_parts.window, &MainWindow::pageShown, this, &SessionKeeper::changed);
    connect(&m_parts.spectraPage, &ui::SpectraPage::zoomChanged, this, &SessionKeeper::changed);
    connect(&m_parts.run, &ui::RunSettingsPanel::requestEdited, this, &SessionKeeper::changed);
    connect(&m_parts.run, &ui::RunSettingsPanel::requestShown, this, &SessionKeeper::changed);
    connect(&m_parts.loader, &ui::SpectrumLoader::finished, this, [this] { m_restoring = false; });
}

SessionKeeper::~SessionKeeper()
{
    if (m_delay.isActive())
        write();
    m_pool.waitForDone();
}

void SessionKeeper::begin()
{
    m_begun = true;
}

/// Not put off by further changes: while a slider is dragged, states are written all the same.
void SessionKeeper::changed()
{
    if (m_begun && !m_delay.isActive())
        m_delay.start();
}

void SessionKeeper::write()
{
    m_delay.stop();
    const auto written = QtConcurrent::run(
        &m_pool, [file = m_file, state = state()] { return writeSession(file, state); });
    ui::whenDone(this, written, [this](const base::Result<void>& result) {
        if (result || std::exchange(m_failureTold, true))
            return;
        m_parts.status.showMessage(
            tr("The session cannot be kept: %1").arg(ui::errorText(result.error())),
            Severity::Warning);
    });
}

SessionState SessionKeeper::state() const
{
    SessionState state;
    const auto& spectra = m_parts.spectra;
    for (int row = 0; row < spectra.openedCount(); ++row) {
        const auto id
            = spectra.index(row, 0).data(ui::SpectrumListModel::IdRole).value<ui::SpectrumId>();
        const ui::SpectrumEntry& entry = *spectra.entry(id);
        if (entry.file.isEmpty())
            continue;
        state.files.append(entry.file);
        if (entry.spectrum != nullptr) // cameras of the same star
            for (const auto& more : entry.spectrum->moreFiles)
                state.files.append(QString::fromStdString(more.string()));
    }
    if (const ui::SpectrumEntry* shown = spectra.entry(m_parts.selection.spectrum())) {
        state.starFile = shown->file;
        if (shown->standard)
            state.standard = shown->name;
    }
    const int page = m_parts.window.currentPage();
    if (page >= 0)
        state.page = m_parts.window.pages()[page]->identifier();
    state.zoom = m_parts.spectraPage.zoom();
    if (auto run = m_parts.run.request())
        state.run = *std::move(run);
    return state;
}

void SessionKeeper::restore()
{
    const auto read = readSession(m_file);
    if (read) {
        apply(*read);
        return;
    }
    if (read.error().code == base::ErrorCode::FileMissing)
        return;
    const QString aside = keepDamagedSession(m_file);
    m_parts.status.showMessage(
        tr("The last session does not come back: %1. Its file is kept as %2")
            .arg(ui::errorText(read.error()), aside.isEmpty() ? m_file : aside),
        Severity::Warning);
}

void SessionKeeper::apply(const SessionState& state)
{
    if (state.run) {
        ui::RunRequest request = *state.run;
        ui::setCheckpoint(request, {});
        m_parts.run.setRequest(request);
    }
    if (!state.files.isEmpty()) {
        m_restoring = true;
        (void)m_parts.spectra.addFiles(state.files); // at once; read in the background
        m_parts.loader.open(state.files);
    }
    const auto& spectra = m_parts.spectra;
    for (int row = 0; row < spectra.rowCount(); ++row) {
        const auto id
            = spectra.index(row, 0).data(ui::SpectrumListModel::IdRole).value<ui::SpectrumId>();
        const ui::SpectrumEntry& entry = *spectra.entry(id);
        const bool wanted = entry.standard ? entry.name == state.standard
                                           : !entry.file.isEmpty() && entry.file == state.starFile;
        if (wanted) {
            m_parts.selection.setSpectrum(id);
            break;
        }
    }
    if (state.zoom)
        m_parts.spectraPage.setZoom(state.zoom->first, state.zoom->second);
    m_parts.window.showPage(state.page);
}

} // namespace maury::gui
