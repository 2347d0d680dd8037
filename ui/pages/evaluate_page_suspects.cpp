// Part of EvaluatePage: which labels of the atlas are probably wrong.

#include "ui/bridge/error_text.h"
#include "ui/bridge/run_text.h"
#include "ui/bridge/status_reporter.h"
#include "ui/models/selection.h"
#include "ui/models/spectrum_list_model.h"
#include "ui/models/workspace.h"
#include "ui/pages/evaluate_page.h"

namespace maury::ui {

void EvaluatePage::makeSuspects()
{
    m_suspects = new SuspectsPanel;
    m_mistakes->addList(m_suspects, tr("Suspect la&bels"));
    const auto showPossible = [this] {
        m_suspects->setPossible(m_context.workspace.atlas() != nullptr && !m_inquiry.isBusy());
    };
    connect(m_suspects, &SuspectsPanel::inquiryRequested, this, [this] { inquire({}); });
    connect(m_suspects, &SuspectsPanel::starChosen, this, &EvaluatePage::selectStandard);
    connect(m_suspects, &SuspectsPanel::starOpened, this, [this](const QString& standard) {
        selectStandard(standard);
        emit pageRequested(QStringLiteral("spectra"));
    });
    connect(m_suspects, &SuspectsPanel::saveRequested, this,
        [this](const PlotTable& table) { saveList(table, QStringLiteral("suspects.csv")); });
    connect(&m_inquiry, &LabelInquiry::found, this, [this](const LabelInquiry::Suspects& found) {
        m_suspects->setSuspects(*found, m_inquiredAtlas);
        followSelection();
        m_context.status.showMessage(
            tr("The standards whose labels are most suspect come first; look at their spectra"));
    });
    connect(&m_inquiry, &LabelInquiry::failed, this, [this](const base::Error& error) {
        m_context.status.showMessage(errorText(error), StatusReporter::Severity::Error);
    });
    connect(&m_context.status, &StatusReporter::jobsChanged, this, showPossible);
    connect(&m_context.workspace, &Workspace::atlasChanged, this, showPossible);
    showPossible();
}

void EvaluatePage::inquire(const explain::SuspicionSettings& settings)
{
    const auto atlas = m_context.workspace.atlas();
    if (atlas == nullptr)
        return;
    m_inquiredAtlas = atlasText(atlas->name());
    m_inquiry.start(settings);
    m_suspects->setPossible(false);
}

void EvaluatePage::selectStandard(const QString& name)
{
    const auto atlas = m_context.workspace.atlas();
    const auto row = atlas ? standardRow(*atlas, name) : std::nullopt;
    if (row)
        m_context.selection.setSpectrum(
            m_context.spectra.standardId(static_cast<std::size_t>(*row)));
    else
        m_context.status.showMessage(
            tr("%1 is not among the standards of the open atlas").arg(name));
}

} // namespace maury::ui
