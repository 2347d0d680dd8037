#pragma once

#include <QTabWidget>

class QPlainTextEdit;

namespace maury::ui {

class ComparePanel;
class EvidenceTab;
class PreparationPanel;
class VariationPanel;

/// The controls of the Spectra page in tabs: comparing with standards, preparation, variations,
/// evidence, notices.
class SpectraInspector : public QTabWidget {
    Q_OBJECT
public:
    enum class Tab { Compare, Preparation, Variations, Evidence, Notices };

    explicit SpectraInspector(QWidget* parent = nullptr);

    void show(Tab tab) { setCurrentIndex(static_cast<int>(tab)); }

    [[nodiscard]] ComparePanel& compare() { return *m_compare; }
    [[nodiscard]] PreparationPanel& preparation() { return *m_preparation; }
    [[nodiscard]] VariationPanel& variations() { return *m_variations; }
    [[nodiscard]] EvidenceTab& evidence() { return *m_evidence; }
    void showNotices(const QStringList& notices);

private:
    ComparePanel* m_compare;
    PreparationPanel* m_preparation;
    VariationPanel* m_variations;
    EvidenceTab* m_evidence;
    QPlainTextEdit* m_notices;
};

} // namespace maury::ui
