// Parts of SpectraPage: the evidence under the spectrum, and what a tour shows.

#include "ui/pages/evidence_tab.h"
#include "ui/pages/spectra_inspector.h"
#include "ui/pages/spectra_page.h"
#include "ui/pages/variation_panel.h"

#include <QCheckBox>

namespace maury::ui {

namespace {

/// Å on either side of a line that is looked at.
constexpr double kBesideLine = 25.0;

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
        ready();
    };
    if (m_analyser.isBusy())
        m_ready = finish;
    else
        finish();
}

void SpectraPage::showTourView(const QString& view)
{
    using Tab = SpectraInspector::Tab;
    const bool variations = view == QLatin1String(kVariationsView);
    const bool evidence = view == QLatin1String(kEvidenceView);
    const bool whatIf = view == QLatin1String(kWhatIfView);
    const bool preparation = view == QLatin1String(kPreparationView);
    m_inspector->show(variations ? Tab::Variations
            : evidence           ? Tab::Evidence
            : whatIf             ? Tab::WhatIf
            : preparation        ? Tab::Preparation
                                 : Tab::Compare);
    m_variations->shown().setChecked(variations);
    m_evidence->onBox().setChecked(evidence);
}

} // namespace maury::ui
