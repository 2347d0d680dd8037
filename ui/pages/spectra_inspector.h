#pragma once

#include <QTabWidget>

class QPlainTextEdit;

namespace maury::ui {

class ComparePanel;
class VariationPanel;

/// The controls of the Spectra page in tabs: comparing with standards, variations, notices.
class SpectraInspector : public QTabWidget {
    Q_OBJECT
public:
    explicit SpectraInspector(QWidget* parent = nullptr);

    [[nodiscard]] ComparePanel& compare() { return *m_compare; }
    [[nodiscard]] VariationPanel& variations() { return *m_variations; }
    void showNotices(const QStringList& notices);

private:
    ComparePanel* m_compare;
    VariationPanel* m_variations;
    QPlainTextEdit* m_notices;
};

} // namespace maury::ui
