#include "ui/pages/spectra_inspector.h"

#include "ui/pages/compare_panel.h"
#include "ui/pages/evidence_tab.h"
#include "ui/pages/preparation_panel.h"
#include "ui/pages/settings_form.h"
#include "ui/pages/variation_panel.h"
#include "ui/pages/what_if_panel.h"

#include <QPlainTextEdit>
#include <QScrollArea>

namespace maury::ui {

SpectraInspector::SpectraInspector(const Workspace& workspace, QWidget* parent)
    : QTabWidget(parent)
    , m_compare(new ComparePanel(this))
    , m_preparation(new PreparationPanel(this))
    , m_variations(new VariationPanel(this))
    , m_evidence(new EvidenceTab(this))
    , m_whatIf(new WhatIfPanel(workspace, this))
    , m_notices(new QPlainTextEdit(this))
{
    setDocumentMode(true);
    m_notices->setReadOnly(true);
    m_notices->setFrameShape(QFrame::NoFrame);
    m_notices->setAccessibleName(tr("Notices"));
    m_notices->setTabChangesFocus(true);
    m_notices->setPlaceholderText(tr("Nothing to report about this spectrum"));
    addTab(m_compare, tr("Compare"));
    addTab(scrolling(m_preparation), tr("Preparation"));
    // Its rows need more height in a narrow window: they scroll.
    auto* place = new QScrollArea(this);
    place->setFrameShape(QFrame::NoFrame);
    place->setWidgetResizable(true);
    place->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    place->setWidget(m_variations);
    addTab(place, tr("Variations"));
    addTab(m_evidence, tr("Evidence"));
    addTab(scrolling(m_whatIf), tr("What if"));
    addTab(m_notices, {});
    showNotices({});
}

void SpectraInspector::showNotices(const QStringList& notices)
{
    m_notices->setPlainText(notices.isEmpty()
            ? QString()
            : QStringLiteral("• ") + notices.join(QStringLiteral("\n• ")));
    setTabText(indexOf(m_notices),
        notices.isEmpty() ? tr("Notices") : tr("Notices (%1)").arg(notices.size()));
}

} // namespace maury::ui
