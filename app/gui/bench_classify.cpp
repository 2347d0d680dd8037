#include "app/gui/bench_classify.h"

#include "app/gui/main_window.h"
#include "app/gui/workbench.h"
#include "ui/pages/classify_page.h"
#include "ui/pages/plate_panel.h"
#include "ui/plots/classify_plot.h"
#include "ui/plots/plate_view.h"

#include <QElapsedTimer>

#include <algorithm>
#include <ctime>
#include <vector>

namespace maury::gui {

namespace {

constexpr int kSteps = 200;
constexpr int kStepsDown = 20; ///< before it goes up again

QJsonObject walk(ui::ClassifyPage& page)
{
    std::vector<double> steps;
    const std::clock_t start = std::clock();
    for (int i = 0; i < kSteps; ++i) {
        QElapsedTimer clock;
        clock.start();
        if (i % 5 == 4)
            page.stepLuminosity(i % 2 == 0 ? 1 : -1);
        else
            page.stepClass(i / kStepsDown % 2 == 0 ? 1 : -1);
        (void)page.plot().timeReplot();
        (void)page.plates().view().timeReplot();
        steps.push_back(static_cast<double>(clock.nsecsElapsed()) / 1e6);
    }
    // Of this program alone, whatever else the machine does.
    const double processor = 1000.0 * static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    std::sort(steps.begin(), steps.end());
    return { { "step_ms", steps[steps.size() / 2] },
        { "step_p95_ms", steps[steps.size() * 95 / 100] }, { "step_longest_ms", steps.back() },
        { "step_processor_ms", processor / kSteps }, { "steps", kSteps } };
}

} // namespace

void benchClassify(Workbench& workbench, const BenchDone& done)
{
    auto* page = workbench.window().findChild<ui::ClassifyPage*>();
    workbench.window().showPage(page->identifier());
    page->prepareTour([page, done] { done(walk(*page)); });
}

} // namespace maury::gui
