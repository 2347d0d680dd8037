#pragma once

#include "core/explain/explanation.h"
#include "ui/models/evidence_model.h"

#include <QWidget>

#include <memory>

class QCheckBox;
class QComboBox;
class QLabel;
class QPlainTextEdit;
class QTableView;

namespace maury::ui {

/// Why the model answers as it does: the lines that speak for the answer and against it, and the
/// criteria of the textbooks in words.
class EvidenceTab : public QWidget {
    Q_OBJECT
public:
    explicit EvidenceTab(QWidget* parent = nullptr);

    /// Whether evidence is asked for at all.
    [[nodiscard]] bool isOn() const;
    /// The head that is looked at; null without an explanation or while evidence is off.
    [[nodiscard]] const explain::HeadExplanation* shown() const;
    /// Null while nothing is known of the star.
    void setExplanation(std::shared_ptr<const explain::Explanation> explanation);
    [[nodiscard]] QCheckBox& onBox() { return *m_on; }

signals:
    /// Evidence was switched on or off.
    void switched(bool on);
    /// Another head is looked at.
    void headChanged();
    /// The line of a row was chosen: where it is, in Å.
    void lineChosen(double firstAngstrom, double lastAngstrom);

private:
    [[nodiscard]] QWidget* makeControls();
    [[nodiscard]] QTableView* makeTable();
    void refresh();

    EvidenceModel m_lines; ///< before the views that show it
    QCheckBox* m_on;
    QComboBox* m_head;
    QLabel* m_summary;
    QTableView* m_table;
    QPlainTextEdit* m_criteria;
    std::shared_ptr<const explain::Explanation> m_explanation;
};

} // namespace maury::ui
