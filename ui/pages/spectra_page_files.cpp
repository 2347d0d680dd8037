// Parts of SpectraPage: which spectrum of a file is shown, and writing what is shown.

#include "ui/bridge/edit_history.h"
#include "ui/bridge/error_text.h"
#include "ui/bridge/status_reporter.h"
#include "ui/models/spectrum_export.h"
#include "ui/models/spectrum_list_model.h"
#include "ui/pages/file_choice.h"
#include "ui/pages/preparation_panel.h"
#include "ui/pages/spectra_page.h"

#include <QDir>
#include <QFileDialog>
#include <QSettings>

namespace maury::ui {

namespace {

const QString kFolderKey = QStringLiteral("spectrum/folder");

} // namespace

void SpectraPage::connectFileChoice()
{
    FileChoice& choice = m_preparation->fileChoice();
    connect(&choice, &FileChoice::readRequested, this,
        [this, &choice](const QString& label, const io::ReadOptions& before) {
            if (m_context.history != nullptr) {
                const auto restore = [this, &choice, star = m_context.selection.spectrum()](
                                         const io::ReadOptions& options) {
                    return [this, &choice, star, options] {
                        m_context.selection.setSpectrum(star);
                        choice.setOptions(options);
                        readAgain();
                    };
                };
                m_context.history->record(label, QStringLiteral("file/%1").arg(label),
                    restore(before), restore(choice.options()));
            }
            readAgain();
        });
    connect(&choice, &FileChoice::segmentChanged, this, &SpectraPage::draw);
    connect(&m_rereader, &SpectrumRereader::read, this,
        [this](SpectrumId id, const spectrum::SpectrumPtr& spectrum) {
            m_context.spectra.setSpectrum(id, spectrum);
        });
    connect(&m_rereader, &SpectrumRereader::failed, this,
        [this](SpectrumId, const base::Error& error) {
            m_context.status.showMessage(errorText(error), StatusReporter::Severity::Error);
        });
}

void SpectraPage::readAgain()
{
    const SpectrumEntry* shown = entry();
    if (shown == nullptr || shown->spectrum == nullptr || shown->spectrum->file.empty())
        return;
    io::SpectrumFiles files { shown->spectrum->file };
    files.insert(files.end(), shown->spectrum->moreFiles.begin(), shown->spectrum->moreFiles.end());
    m_rereader.request(shown->id, files, m_preparation->fileChoice().options());
}

bool SpectraPage::writeShown(const QString& file)
{
    const SpectrumEntry* shown = entry();
    if (shown == nullptr || shown->spectrum == nullptr)
        return false;
    if (!isShownAsInFile() && !m_analysis->change.isNone()) {
        m_context.status.showMessage(
            tr("Not written: the sliders of What if have changed the spectrum. Reset them first"),
            StatusReporter::Severity::Error);
        return false;
    }
    const io::SpectrumToWrite spectrum = isShownAsInFile()
        ? fileExport(*shown->spectrum, m_preparation->fileChoice().segment())
        : preparedExport(*shown->spectrum, *m_analysis->prepared, m_analysis->atlas->grid());
    const auto written = io::writeSpectrum(file.toStdString(), spectrum);
    if (written)
        m_context.status.showMessage(tr("The spectrum was written to %1").arg(file));
    else
        m_context.status.showMessage(errorText(written.error()), StatusReporter::Severity::Error);
    return written.has_value();
}

void SpectraPage::exportSpectrum()
{
    const SpectrumEntry* shown = entry();
    if (shown == nullptr || shown->spectrum == nullptr) {
        m_context.status.showMessage(tr("No spectrum is shown"));
        return;
    }
    const QString fits = tr("FITS tables (*.fits)");
    const QString ecsv = tr("Enhanced CSV (*.ecsv)");
    const QString csv = tr("Comma-separated values (*.csv)");
    QString filter = fits;
    QString file = QFileDialog::getSaveFileName(this, tr("Export spectrum"),
        QDir(QSettings().value(kFolderKey).toString()).filePath(shown->name + ".fits"),
        QStringList { fits, ecsv, csv }.join(QStringLiteral(";;")), &filter);
    if (file.isEmpty())
        return;
    if (!io::checkTableFormat(file.toStdString()))
        file += filter == csv ? ".csv" : filter == ecsv ? ".ecsv" : ".fits";
    QSettings().setValue(kFolderKey, QFileInfo(file).absolutePath());
    writeShown(file);
}

} // namespace maury::ui
