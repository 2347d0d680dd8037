#include "app/gui/bench_store.h"

#include "app/gui/main_window.h"
#include "app/gui/workbench.h"
#include "core/store/store_writer.h"
#include "ui/bridge/stall_monitor.h"
#include "ui/pages/surveys_page.h"
#include "ui/plots/row_table.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QHeaderView>
#include <QLineEdit>
#include <QScrollBar>
#include <QTemporaryDir>

#include <algorithm>
#include <cmath>
#include <functional>
#include <memory>

#include <unistd.h>

namespace maury::gui {

namespace {

constexpr int kSpectra = 100'000;
constexpr int kPixels = 120;
constexpr int kFrames = 300;
constexpr qint64 kPatienceMs = 60'000;

double residentMb()
{
    QFile status(QStringLiteral("/proc/self/statm"));
    if (!status.open(QIODevice::ReadOnly))
        return 0.0;
    const QList<QByteArray> fields = status.readAll().split(' ');
    return fields.value(1).toDouble() * static_cast<double>(::sysconf(_SC_PAGESIZE)) / 1048576.0;
}

/// A small spectrum whose numbers and names depend on its number.
spectrum::SpectrumPtr madeSpectrum(int number)
{
    auto star = std::make_shared<spectrum::Spectrum>();
    spectrum::Segment& segment = star->segments.emplace_back();
    for (int i = 0; i < kPixels; ++i) {
        segment.wavelengthAngstrom.push_back(4713.0 + 0.05 * i);
        segment.flux.push_back(1.0 + 0.1 * std::sin(0.1 * i + number));
        segment.ivar.push_back(100.0 + number % 977);
    }
    segment.mask.assign(kPixels, 0);
    segment.medium = spectrum::Medium::Air;
    segment.frame = spectrum::Frame::Barycentric;
    star->object = "14010100" + std::to_string(number);
    star->spectralType = number % 3 == 0 ? "G2 V" : "K1 III";
    star->format = number % 2 == 0 ? "galah-dr3" : "apogee-star";
    star->file = "/surveys/spectra/" + star->object + ".fits";
    star->raDeg = 360.0 * std::fmod(number * 0.618034, 1.0);
    star->decDeg = -90.0 + 180.0 * std::fmod(number * 0.414214, 1.0);
    star->radialVelocityKms = std::fmod(number * 7.31, 200.0) - 100.0;
    return star;
}

base::Result<void> writeStore(const QString& file)
{
    auto writer = store::StoreWriter::create(file.toStdString());
    if (!writer)
        return base::Unexpected(writer.error());
    for (int i = 0; i < kSpectra; ++i) {
        const auto star = madeSpectrum(i);
        if (auto added = writer->add(star, store::entryOf(*star)); !added)
            return added;
    }
    return writer->flush();
}

bool waitFor(const std::function<bool()>& isDone)
{
    QElapsedTimer clock;
    clock.start();
    while (!isDone() && clock.elapsed() < kPatienceMs)
        QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents, 10);
    return isDone();
}

double sinceMs(const QElapsedTimer& clock)
{
    return static_cast<double>(clock.nsecsElapsed()) / 1e6;
}

/// The table of the page, as a user moves it.
class Scroll {
public:
    explicit Scroll(ui::SurveysPage& page)
        : m_page(page)
        , m_table(*page.findChild<ui::RowTable*>())
    {
    }

    /// Frames while the table is scrolled from end to end, with all that happens between them.
    QJsonObject frames()
    {
        std::vector<double> times;
        QScrollBar& bar = *m_table.verticalScrollBar();
        for (int frame = 0; frame < kFrames; ++frame) {
            QElapsedTimer clock;
            clock.start();
            bar.setValue(static_cast<int>(
                static_cast<qint64>(bar.maximum()) * frame / (kFrames - 1)));
            m_table.viewport()->repaint();
            QCoreApplication::processEvents();
            times.push_back(sinceMs(clock));
        }
        std::sort(times.begin(), times.end());
        return { { "median_ms", times[times.size() / 2] }, { "longest_ms", times.back() } };
    }

    /// From a jump to a place until its lines are there.
    double untilReadMs(double place)
    {
        QScrollBar& bar = *m_table.verticalScrollBar();
        QElapsedTimer clock;
        clock.start();
        bar.setValue(static_cast<int>(bar.maximum() * place));
        m_table.viewport()->repaint();
        const QModelIndex top = m_table.indexAt({ 4, 4 });
        (void)waitFor([&] { return top.data().toString() != QStringLiteral("…"); });
        return sinceMs(clock);
    }

    double findMs(const QString& condition)
    {
        QElapsedTimer clock;
        clock.start();
        return timed(clock, [&] {
            m_page.findChild<QLineEdit*>()->setText(condition);
            emit m_page.findChild<QLineEdit*>()->returnPressed();
        });
    }
    double sortMs(int column)
    {
        QElapsedTimer clock;
        clock.start();
        return timed(clock, [&] {
            m_table.horizontalHeader()->setSortIndicator(column, Qt::DescendingOrder);
        });
    }

private:
    /// Until the table has other lines.
    double timed(const QElapsedTimer& clock, const std::function<void()>& act)
    {
        bool isReset = false;
        const auto connection = QObject::connect(&m_page.catalogue(),
            &QAbstractItemModel::modelReset, &m_page, [&isReset] { isReset = true; });
        act();
        (void)waitFor([&isReset] { return isReset; });
        QObject::disconnect(connection);
        return sinceMs(clock);
    }

    ui::SurveysPage& m_page;
    ui::RowTable& m_table;
};

} // namespace

void benchStore(Workbench& workbench, const BenchDone& done)
{
    QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("store.h5"));
    QElapsedTimer clock;
    clock.start();
    if (const auto written = writeStore(file); !written) {
        done(base::Unexpected(written.error()));
        return;
    }
    QJsonObject figures { { "spectra", kSpectra }, { "write_s", sinceMs(clock) / 1000.0 },
        { "file_mb", static_cast<double>(QFile(file).size()) / 1048576.0 } };
    auto& page = *workbench.window().findChild<ui::SurveysPage*>();
    workbench.window().showPage(QStringLiteral("surveys"));
    const double before = residentMb();
    ui::StallMonitor monitor;
    monitor.start();
    clock.restart();
    bool isOpen = false;
    QObject::connect(&page, &ui::SurveysPage::storeOpened, &page, [&isOpen] { isOpen = true; });
    workbench.open({ file });
    (void)waitFor([&isOpen] { return isOpen; });
    figures.insert("open_ms", sinceMs(clock));
    Scroll scroll(page);
    figures.insert("scroll", scroll.frames());
    figures.insert("jump_until_read_ms", scroll.untilReadMs(0.37));
    figures.insert("sort_ms", scroll.sortMs(ui::CatalogueModel::SignalToNoise));
    figures.insert("scroll_sorted", scroll.frames());
    figures.insert("jump_sorted_until_read_ms", scroll.untilReadMs(0.61));
    figures.insert("find_ms",
        scroll.findMs(QStringLiteral("survey = galah and snr > 20 and type ~ k1")));
    figures.insert("found", page.catalogue().rowCount());
    monitor.stop();
    figures.insert("longest_pause_ms", monitor.longestMs());
    figures.insert("pauses_above_50_ms", monitor.stalls());
    figures.insert("resident_mb_before", before);
    figures.insert("resident_mb_after", residentMb());
    done(figures);
}

} // namespace maury::gui
