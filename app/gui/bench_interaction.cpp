#include "app/gui/bench_interaction.h"

#include "app/gui/main_window.h"
#include "app/gui/workbench.h"
#include "core/io/csv_table.h"
#include "ui/bridge/stall_monitor.h"
#include "ui/bridge/variation_preview.h"
#include "ui/pages/parameter_row.h"
#include "ui/pages/variation_panel.h"

#include <QCheckBox>
#include <QSlider>
#include <QTemporaryDir>
#include <QTimer>

#include <memory>
#include <utility>

namespace maury::gui {

namespace {

constexpr int kSpectra = 1000;
constexpr int kDragMs = 1000; ///< each slider
constexpr int kDragStepMs = 10; ///< as often as a mouse tells its place

QJsonObject pauses(const ui::StallMonitor& monitor)
{
    return { { "longest_pause_ms", monitor.longestMs() },
        { "pauses_above_50_ms", monitor.stalls() }, { "ticks", monitor.ticks() } };
}

/// Standards of the atlas in turn as text files.
base::Result<void> writeSpectra(const mk::Atlas& atlas, const QTemporaryDir& folder)
{
    const auto wavelengths = atlas.grid().wavelengths();
    for (int i = 0; i < kSpectra; ++i) {
        const auto row = atlas.flux().row(i % atlas.flux().rows());
        const std::array columns { io::CsvColumn { "wavelength", wavelengths },
            io::CsvColumn { "flux", { row.begin(), row.end() } } };
        const QString file = folder.filePath(QStringLiteral("star%1.csv").arg(i));
        if (auto written = io::writeCsv(file.toStdString(), columns); !written)
            return written;
    }
    return {};
}

/// One drag after the other; lives until the last is over.
class Drag : public QObject {
public:
    Drag(Workbench& workbench, ui::VariationPanel& panel, const BenchDone& done)
        : m_done(done)
        , m_panel(panel)
    {
        setParent(&workbench);
        auto* preview = workbench.window().findChild<ui::VariationPreview*>();
        connect(preview, &ui::VariationPreview::made, this, [this] { ++m_updates; });
        for (ui::ParameterRow* row : panel.findChildren<ui::ParameterRow*>())
            m_rows.append(row);
        connect(&m_timer, &QTimer::timeout, this, &Drag::step);
        panel.shown().setChecked(true);
        m_clock.start();
        m_monitor.start();
        m_timer.start(kDragStepMs);
    }

private:
    void step()
    {
        const auto row = m_steps / (kDragMs / kDragStepMs);
        if (row == m_rows.size()) {
            finish();
            return;
        }
        QSlider& slider = m_rows[row]->slider();
        const int place = m_steps % (kDragMs / kDragStepMs);
        slider.setValue(slider.maximum() * place * kDragStepMs / kDragMs);
        ++m_steps;
    }
    void finish()
    {
        m_timer.stop();
        m_monitor.stop();
        const double seconds = static_cast<double>(m_clock.elapsed()) / 1000.0;
        QJsonObject figures = pauses(m_monitor);
        figures.insert("updates_per_second", m_updates / seconds);
        figures.insert("sliders", m_rows.size());
        figures.insert("seconds", seconds);
        m_panel.shown().setChecked(false);
        m_done(figures);
        deleteLater();
    }

    BenchDone m_done;
    ui::VariationPanel& m_panel;
    ui::StallMonitor m_monitor;
    QTimer m_timer;
    QElapsedTimer m_clock;
    QList<ui::ParameterRow*> m_rows;
    int m_steps = 0;
    int m_updates = 0;
};

} // namespace

void benchLoad(Workbench& workbench, const BenchDone& done)
{
    const auto atlas = workbench.workspace().atlas();
    const auto folder = std::make_shared<QTemporaryDir>();
    if (atlas == nullptr || !folder->isValid()) {
        done(base::failure(base::ErrorCode::WriteFailed, folder->path().toStdString(),
            "no atlas or no folder", "an atlas and a folder for 1000 spectra"));
        return;
    }
    if (const auto written = writeSpectra(*atlas, *folder); !written) {
        done(base::Unexpected(written.error()));
        return;
    }
    const auto monitor = std::make_shared<ui::StallMonitor>();
    QElapsedTimer clock;
    clock.start();
    QObject::connect(
        &workbench.loader(), &ui::SpectrumLoader::finished, &workbench,
        [folder, monitor, clock, done](int read, int failed) {
            monitor->stop();
            QJsonObject figures = pauses(*monitor);
            figures.insert("spectra", read);
            figures.insert("failed", failed);
            figures.insert("seconds", static_cast<double>(clock.elapsed()) / 1000.0);
            done(figures);
        },
        Qt::SingleShotConnection);
    monitor->start();
    workbench.open({ folder->path() });
}

void benchDrag(Workbench& workbench, const BenchDone& done)
{
    workbench.window().showPage(QStringLiteral("spectra"));
    auto* panel = workbench.window().findChild<ui::VariationPanel*>();
    // The tabs of the inspector hide it until it is chosen; what is measured is the page.
    new Drag(workbench, *panel, done);
}

} // namespace maury::gui
