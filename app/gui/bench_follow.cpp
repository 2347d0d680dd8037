#include "app/gui/bench_follow.h"

#include "app/gui/main_window.h"
#include "app/gui/workbench.h"
#include "ui/pages/compare_panel.h"
#include "ui/pages/parameter_row.h"
#include "ui/pages/preparation_panel.h"
#include "ui/pages/spectra_inspector.h"
#include "ui/pages/spectra_page.h"
#include "ui/pages/what_if_panel.h"
#include "ui/plots/class_probability_plot.h"
#include "ui/plots/spectrum_plot.h"

#include <QCheckBox>
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEvent>
#include <QLayout>
#include <QPushButton>
#include <QSlider>
#include <QTimer>

#include <algorithm>
#include <functional>
#include <memory>
#include <numeric>
#include <vector>

namespace maury::gui {

namespace {

constexpr int kLines = 200;
constexpr double kFirstAngstrom = 3802.0;
constexpr double kBetweenAngstrom = 3.9;
constexpr int kFrames = 200;
constexpr int kPlaces = 40; ///< of each slider of What if
constexpr qint64 kPatienceMs = 10'000;
constexpr int kWaitMs = 5;

/// Counts how often a plot is painted while `counts` says so.
class PaintCount : public QObject {
public:
    PaintCount(ui::PlotBase& plot, std::function<bool()> counts)
        : m_canvas(plot.layout()->itemAt(0)->widget())
        , m_counts(std::move(counts))
    {
        m_canvas->installEventFilter(this);
    }
    [[nodiscard]] int count() const { return m_count; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override
    {
        if (event->type() == QEvent::Paint && m_counts())
            ++m_count;
        return QObject::eventFilter(watched, event);
    }

private:
    QWidget* m_canvas;
    std::function<bool()> m_counts;
    int m_count = 0;
};

template <typename Condition> void waitFor(const Condition& condition)
{
    QElapsedTimer clock;
    clock.start();
    while (!condition() && clock.elapsed() < kPatienceMs)
        QCoreApplication::processEvents(
            QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents, kWaitMs);
}

mk::LineList manyLines()
{
    mk::LineList list;
    for (int i = 0; i < kLines; ++i) {
        mk::SpectralLine line;
        line.wavelengthAngstrom = kFirstAngstrom + kBetweenAngstrom * i;
        line.species = "Fe I";
        line.fromDecimal = 0.0; // used at every class
        line.toDecimal = 69.0;
        list.lines.push_back(line);
    }
    return list;
}

QJsonObject figuresOf(std::vector<double> frames)
{
    const double total = std::accumulate(frames.begin(), frames.end(), 0.0);
    std::sort(frames.begin(), frames.end());
    return { { "frame_ms", frames[frames.size() / 2] },
        { "frame_p95_ms", frames[frames.size() * 95 / 100] }, { "frame_longest_ms", frames.back() },
        { "frames_per_second", 1000.0 * static_cast<double>(frames.size()) / total },
        { "frames", static_cast<int>(frames.size()) } };
}

double millisecondsOf(const QElapsedTimer& clock)
{
    return static_cast<double>(clock.nsecsElapsed()) / 1e6;
}

/// The Spectra page with the tab of its inspector, once its star has been answered.
ui::SpectraPage& shownPage(Workbench& workbench, ui::SpectraInspector::Tab tab)
{
    auto& page = *workbench.window().findChild<ui::SpectraPage*>();
    workbench.window().showPage(page.identifier());
    workbench.window().findChild<ui::SpectraInspector*>()->show(tab);
    workbench.window().grab(); // lays it out
    waitFor([&page] { return !page.isTourBusy(); });
    return page;
}

QJsonObject dragVelocity(Workbench& workbench)
{
    workbench.workspace().setLines(std::make_shared<const mk::LineList>(manyLines()));
    auto& page = shownPage(workbench, ui::SpectraInspector::Tab::Preparation);
    page.inspector()
        ->findChild<ui::ComparePanel*>()
        ->check(&ui::CompareSettings::asInFile)
        .setChecked(true);
    auto& preparation = *page.inspector()->findChild<ui::PreparationPanel*>();
    preparation.givenVelocity().setChecked(true);
    auto& plot = *page.findChild<ui::SpectrumPlot*>();
    QSlider& slider = preparation.velocity().slider();
    const PaintCount paints(plot, [] { return true; });
    std::vector<double> frames;
    for (int i = 0; i < kFrames; ++i) {
        const QVector<double> before = plot.markerPlaces();
        const int painted = paints.count();
        QElapsedTimer clock;
        clock.start();
        slider.setValue(slider.minimum() + (slider.maximum() - slider.minimum()) * i / kFrames);
        waitFor([&] { return paints.count() > painted && plot.markerPlaces() != before; });
        frames.push_back(millisecondsOf(clock));
    }
    QJsonObject figures = figuresOf(std::move(frames));
    figures.insert("markers", static_cast<int>(plot.markerPlaces().size()));
    return figures;
}

QJsonObject dragWhatIf(Workbench& workbench)
{
    auto& page = shownPage(workbench, ui::SpectraInspector::Tab::WhatIf);
    auto& panel = *page.inspector()->findChild<ui::WhatIfPanel*>();
    const PaintCount paints(panel.probabilities(), [&page] { return !page.isTourBusy(); });
    std::vector<double> times;
    QJsonObject sliders;
    for (const char* id : { "velocity", "rotation", "blur", "snr", "tilt" }) {
        QSlider& slider = panel.row(id).slider();
        std::vector<double> own;
        for (int i = 1; i <= kPlaces; ++i) {
            QElapsedTimer clock;
            clock.start();
            const int painted = paints.count();
            const int length = slider.maximum() - slider.minimum();
            slider.setValue(slider.minimum() + length * i / kPlaces);
            waitFor([&] { return paints.count() > painted; });
            own.push_back(millisecondsOf(clock));
        }
        panel.resetAll().click();
        waitFor([&page] { return !page.isTourBusy(); });
        times.insert(times.end(), own.begin(), own.end());
        sliders.insert(QString::fromLatin1(id), figuresOf(own).value("frame_ms"));
    }
    const QJsonObject all = figuresOf(std::move(times));
    return { { "whatif_ms", all.value("frame_ms") }, { "whatif_p95_ms", all.value("frame_p95_ms") },
        { "whatif_longest_ms", all.value("frame_longest_ms") }, { "steps", all.value("frames") },
        { "median_ms_by_slider", sliders } };
}

} // namespace

void benchMarkers(Workbench& workbench, const BenchDone& done)
{
    QTimer::singleShot(0, &workbench, [&workbench, done] { done(dragVelocity(workbench)); });
}

void benchWhatIf(Workbench& workbench, const BenchDone& done)
{
    QTimer::singleShot(0, &workbench, [&workbench, done] { done(dragWhatIf(workbench)); });
}

} // namespace maury::gui
