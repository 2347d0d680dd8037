#include "app/gui/bench.h"

#include "app/gui/bench_classify.h"
#include "app/gui/bench_follow.h"
#include "app/gui/bench_interaction.h"
#include "app/gui/bench_latent.h"
#include "app/gui/bench_render.h"
#include "app/gui/bench_scrub.h"
#include "app/gui/bench_store.h"
#include "app/gui/main_window.h"
#include "app/gui/workbench.h"
#include "ui/plots/plot_base.h"

#include <QGuiApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTimer>

#include <algorithm>
#include <cstdio>

namespace maury::gui {

namespace {

constexpr const char* kTrainPage = "train";

} // namespace

Bench::Bench(Workbench& workbench, const QElapsedTimer& sinceStart, bool json)
    : m_workbench(workbench)
    , m_window(workbench.window())
    , m_sinceStart(sinceStart)
    , m_json(json)
{
}

void Bench::run(const QString& what, const std::function<void(base::Result<void>)>& done)
{
    m_done = done;
    if (what == "start")
        start();
    else if (what == "render")
        render(0);
    else if (what == "train")
        train();
    else if (what == "load")
        benchLoad(m_workbench, [this](const auto& figures) { take(figures); });
    else if (what == "drag")
        benchDrag(m_workbench, [this](const auto& figures) { take(figures); });
    else if (what == "scrub")
        benchScrub(m_workbench, [this](const auto& figures) { take(figures); });
    else if (what == "classify")
        benchClassify(m_workbench, [this](const auto& figures) { take(figures); });
    else if (what == "store")
        benchStore(m_workbench, [this](const auto& figures) { take(figures); });
    else if (what == "markers")
        benchMarkers(m_workbench, [this](const auto& figures) { take(figures); });
    else if (what == "whatif")
        benchWhatIf(m_workbench, [this](const auto& figures) { take(figures); });
    else if (what == "latent")
        benchLatent(m_workbench, [this](const auto& figures) { take(figures); });
    else
        m_done(base::failure(base::ErrorCode::OptionInvalid, "--bench", what.toStdString(),
            "start, render, train, load, drag, scrub, store, classify, markers, whatif or latent"));
}

void Bench::start()
{
    if (m_workbench.isReading()) { // the star of a project is read when it is shown
        QTimer::singleShot(1, this, &Bench::start);
        return;
    }
    ui::Page& first = *m_window.pages().at(m_window.currentPage());
    first.prepareTour([this] {
        const auto seconds = static_cast<double>(m_sinceStart.nsecsElapsed()) / 1e9;
        finish({ { "start_s", seconds } });
    });
}

void Bench::render(int page)
{
    if (page == m_window.pages().size()) {
        QJsonArray plots;
        for (const auto& [name, ms] : std::as_const(m_replots))
            plots.append(QJsonObject { { "plot", name }, { "replot_ms", ms } });
        QJsonObject figures = benchRender(*m_workbench.workspace().atlas());
        figures.insert("plots", plots);
        finish(figures);
        return;
    }
    m_window.showPage(page);
    m_window.pages().at(page)->prepareTour([this, page] {
        for (auto* plot : m_window.pages().at(page)->findChildren<ui::PlotBase*>())
            m_replots.append(
                { m_window.pages().at(page)->identifier() + ": " + plot->accessibleName(),
                    medianMs([plot](int) { (void)plot->timeReplot(); }) });
        render(page + 1);
    });
}

void Bench::train()
{
    const auto& pages = m_window.pages();
    const auto page = std::find_if(pages.begin(), pages.end(),
        [](const ui::Page* each) { return each->identifier() == kTrainPage; });
    if (page == pages.end()) {
        m_done(base::failure(base::ErrorCode::OptionInvalid, "--bench", "no page that trains"));
        return;
    }
    m_window.showPage(QString::fromLatin1(kTrainPage));
    m_window.grab(); // lays the page out and draws it: what follows is the run alone
    m_monitor.start();
    QElapsedTimer clock;
    clock.start();
    (*page)->prepareTour([this, clock] {
        m_monitor.stop();
        finish({ { "longest_pause_ms", m_monitor.longestMs() },
            { "pauses_above_50_ms", m_monitor.stalls() }, { "ticks", m_monitor.ticks() },
            { "seconds", static_cast<double>(clock.elapsed()) / 1000.0 } });
    });
}

void Bench::take(const base::Result<QJsonObject>& figures)
{
    if (figures)
        finish(*figures);
    else
        m_done(base::Unexpected(figures.error()));
}

void Bench::finish(const QJsonObject& figures)
{
    QJsonObject document = figures;
    document.insert("platform", QGuiApplication::platformName());
    document.insert("window", QJsonArray { m_window.width(), m_window.height() });
    const QJsonDocument text(document);
    std::fputs(
        text.toJson(m_json ? QJsonDocument::Indented : QJsonDocument::Compact).constData(), stdout);
    if (!m_json)
        std::fputs("\n", stdout);
    m_done({});
}

} // namespace maury::gui
