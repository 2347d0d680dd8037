// Parts of SpectraPage: what can be undone.

#include "ui/bridge/edit_history.h"
#include "ui/pages/compare_panel.h"
#include "ui/pages/preparation_panel.h"
#include "ui/pages/spectra_page.h"
#include "ui/pages/variation_panel.h"
#include "ui/pages/what_if_panel.h"

namespace maury::ui {

void SpectraPage::recordCompare(const QString& label, const CompareSettings& before)
{
    if (m_context.history == nullptr)
        return;
    // What was set belongs to a star: undoing it shows that star again.
    const auto restore
        = [this, star = m_context.selection.spectrum()](const CompareSettings& settings) {
              return [this, star, settings] {
                  m_context.selection.setSpectrum(star);
                  m_panel->setSettings(settings);
                  applySettings();
              };
          };
    m_context.history->record(label, QStringLiteral("compare/%1").arg(label), restore(before),
        restore(m_panel->settings()));
}

void SpectraPage::recordPreparation(const QString& label, const classify::PrepareOptions& before)
{
    if (m_context.history == nullptr)
        return;
    const auto restore
        = [this, star = m_context.selection.spectrum()](const classify::PrepareOptions& options) {
              return [this, star, options] {
                  m_context.selection.setSpectrum(star);
                  m_preparation->setSettings(options);
                  analyse();
              };
          };
    m_context.history->record(label, QStringLiteral("preparation/%1").arg(label), restore(before),
        restore(m_preparation->settings()));
}

void SpectraPage::recordWhatIf(const QString& label, const preprocess::WhatIf& before)
{
    if (m_context.history == nullptr)
        return;
    const auto restore
        = [this, star = m_context.selection.spectrum()](const preprocess::WhatIf& settings) {
              return [this, star, settings] {
                  m_context.selection.setSpectrum(star);
                  m_whatIf->setSettings(settings);
                  analyse();
              };
          };
    m_context.history->record(label, QStringLiteral("what-if/%1").arg(label), restore(before),
        restore(m_whatIf->settings()));
}

void SpectraPage::recordVariations(const QString& label, const VariationSettings& before)
{
    if (m_context.history == nullptr)
        return;
    const auto restore = [this](const VariationSettings& settings) {
        return [this, settings] {
            m_variations->setSettings(settings);
            vary();
        };
    };
    m_context.history->record(label, QStringLiteral("variations/%1").arg(label), restore(before),
        restore(m_variations->settings()));
}

} // namespace maury::ui
