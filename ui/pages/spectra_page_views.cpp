// Parts of SpectraPage: the evidence under the spectrum, and what a tour shows.

#include "core/robust/robust_trainer.h"
#include "ui/bridge/when_done.h"
#include "ui/models/workspace.h"
#include "ui/pages/evidence_tab.h"
#include "ui/pages/parameter_row.h"
#include "ui/pages/spectra_inspector.h"
#include "ui/pages/spectra_page.h"
#include "ui/pages/variation_panel.h"
#include "ui/pages/what_if_panel.h"

#include <QCheckBox>
#include <QtConcurrent>

#include <utility>

namespace maury::ui {

namespace {

/// Å on either side of a line that is looked at.
constexpr double kBesideLine = 25.0;
/// km/s, in the picture of What if.
constexpr double kTourRotation = 250.0;

/// Null when the atlas does not reach over the grid of the robust protocol.
RobustPtr tourModel(const mk::AtlasPtr& atlas)
{
    constexpr int kThreads = 2;
    robust::RobustConfig config;
    config.steps = 150;
    config.warmUpSteps = 75;
    config.batchSize = 128;
    config.threads = kThreads;
    const auto backend = train::createBackend("cpu", kThreads);
    if (!backend)
        return nullptr;
    auto report = robust::trainRobust(
        { robust::Library { atlas } }, config, **backend, [](const robust::RobustStep&) {});
    if (!report)
        return nullptr;
    return std::make_shared<const RobustAnswerer>(
        RobustAnswerer { std::move(report->model), atlas });
}

} // namespace

void SpectraPage::connectEvidence()
{
    m_evidence = &m_inspector->evidence();
    connect(m_evidence, &EvidenceTab::switched, this, [this] {
        showEvidence();
        if (m_evidence->isOn() && (!m_analysis || m_analysis->explanation == nullptr))
            analyse();
    });
    connect(m_evidence, &EvidenceTab::headChanged, this, &SpectraPage::showEvidence);
    connect(m_evidence, &EvidenceTab::lineChosen, this, [this](double first, double last) {
        m_plot->setWavelengthRange(first - kBesideLine, last + kBesideLine);
    });
}

void SpectraPage::showEvidence()
{
    m_evidence->setExplanation(m_analysis ? m_analysis->explanation : nullptr);
    const explain::HeadExplanation* head = m_evidence->shown();
    const bool possible = head != nullptr && !isShownAsInFile();
    m_plot->setEvidence(possible ? evidenceTrace(*head) : EvidenceTrace());
}

void SpectraPage::prepareTour(const std::function<void()>& ready)
{
    // The view with the evidence needs it at hand.
    m_evidence->onBox().setChecked(true);
    const auto finish = [this, ready] {
        m_evidence->onBox().setChecked(false);
        makeTourModel(ready);
    };
    if (m_analyser.isBusy())
        m_ready = finish;
    else
        finish();
}

void SpectraPage::makeTourModel(const std::function<void()>& ready)
{
    const auto atlas = m_context.workspace.atlas();
    if (atlas == nullptr) {
        ready();
        return;
    }
    whenDone(this, QtConcurrent::run([atlas] { return tourModel(atlas); }),
        [this, ready](const RobustPtr& model) {
            m_tourModel = model;
            ready();
        });
}

void SpectraPage::showTourModel(bool robust)
{
    Workspace& workspace = m_context.workspace;
    if (robust && m_tourModel != nullptr && workspace.model() != nullptr) {
        m_modelNameBefore = workspace.modelName();
        m_modelBefore = workspace.model();
        workspace.setRobustModel(m_tourModel, tr("a robust model, trained for a moment"));
    } else if (!robust && m_modelBefore != nullptr) {
        workspace.setModel(std::exchange(m_modelBefore, nullptr), m_modelNameBefore);
    }
}

void SpectraPage::showTourView(const QString& view)
{
    using Tab = SpectraInspector::Tab;
    const bool robust = view == QLatin1String(kRobustView);
    showTourModel(robust);
    const bool variations = view == QLatin1String(kVariationsView);
    const bool evidence = robust || view == QLatin1String(kEvidenceView);
    const bool whatIf = view == QLatin1String(kWhatIfView);
    const bool preparation = view == QLatin1String(kPreparationView);
    m_inspector->show(variations ? Tab::Variations
            : evidence           ? Tab::Evidence
            : whatIf             ? Tab::WhatIf
            : preparation        ? Tab::Preparation
                                 : Tab::Compare);
    m_variations->shown().setChecked(variations);
    m_evidence->onBox().setChecked(evidence);
    m_whatIf->row("rotation").field().setValue(whatIf ? kTourRotation : 0.0);
}

} // namespace maury::ui
