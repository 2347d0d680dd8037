#pragma once

#include <QTabWidget>

class QPlainTextEdit;

namespace maury::ui {

class ComparePanel;
class EvidenceTab;
class PreparationPanel;
class VariationPanel;
class WhatIfPanel;
class Workspace;

/// The controls of the Spectra page in tabs: comparing with standards, preparation, variations,
/// evidence, what if, notices.
class SpectraInspector : public QTabWidget {
    Q_OBJECT
public:
    enum class Tab { Compare, Preparation, Variations, Evidence, WhatIf, Notices };

    /// The workspace outlives the inspector.
    explicit SpectraInspector(const Workspace& workspace, QWidget* parent = nullptr);

    void show(Tab tab) { setCurrentIndex(static_cast<int>(tab)); }

    [[nodiscard]] ComparePanel& compare() { return *m_compare; }
    [[nodiscard]] PreparationPanel& preparation() { return *m_preparation; }
    [[nodiscard]] VariationPanel& variations() { return *m_variations; }
    [[nodiscard]] EvidenceTab& evidence() { return *m_evidence; }
    [[nodiscard]] WhatIfPanel& whatIf() { return *m_whatIf; }
    void showNotices(const QStringList& notices);

private:
    ComparePanel* m_compare;
    PreparationPanel* m_preparation;
    VariationPanel* m_variations;
    EvidenceTab* m_evidence;
    WhatIfPanel* m_whatIf;
    QPlainTextEdit* m_notices;
};

} // namespace maury::ui
