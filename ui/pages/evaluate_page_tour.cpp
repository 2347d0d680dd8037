// Part of EvaluatePage: what a tour shows.

#include "ui/models/workspace.h"
#include "ui/pages/evaluate_page.h"
#include "ui/pages/judges_view.h"
#include "ui/plots/reliability_plot.h"

#include <QTabWidget>

namespace maury::ui {
namespace {

/// Small networks that are trained for a moment.
explain::SuspicionSettings tourInquiry()
{
    explain::SuspicionSettings settings;
    settings.folds = 3;
    settings.training.hidden = { 64, 32 };
    settings.training.batchSize = 64;
    settings.training.steps = 120;
    settings.training.warmUpSteps = 40;
    settings.training.threads = 2;
    return settings;
}

} // namespace

void EvaluatePage::prepareTour(const std::function<void()>& ready)
{
    judge(JudgesPanel::Stars::Evaluation);
    inquire(tourInquiry());
    ready();
}

void EvaluatePage::chooseWorstCell()
{
    std::int64_t most = 0;
    MatrixCell worst;
    for (int row = 0; row < m_spectral.rowCount(); ++row)
        for (int column = 0; column < m_spectral.rowCount(); ++column)
            if (row != column && m_spectral.count(row, column) > most) {
                most = m_spectral.count(row, column);
                worst = { Head::Spectral, row, column, {} };
            }
    if (worst.isValid())
        chooseCell(worst);
}

void EvaluatePage::showTourView(const QString& view)
{
    QTabWidget& pictures = m_plots->pictures();
    const bool judges = view == QLatin1String(kJudgesView);
    if (!judges && view != QLatin1String(kSuspectsView)) {
        chooseWorstCell();
        pictures.setCurrentIndex(view.isEmpty() ? 0 : pictures.indexOf(&m_plots->reliability()));
        m_mistakes->showList(nullptr);
        return;
    }
    restoreFilter({});
    pictures.setCurrentIndex(pictures.indexOf(m_judgesView));
    m_mistakes->showList(judges ? static_cast<QWidget*>(m_judges) : m_suspects);
    if (judges && m_judges->judges().rowCount() > 0)
        selectJudged(0); // the largest disagreement
    else if (!judges && m_suspects->suspects().rowCount() > 0)
        selectStandard(QString::fromStdString(m_suspects->suspects().suspects().front().star));
}

bool EvaluatePage::isTourBusy() const
{
    return m_judging.isBusy() || m_inquiry.isBusy()
        || (m_judgesView->isVisible() && m_judgesView->isBusy());
}

} // namespace maury::ui
