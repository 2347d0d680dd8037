#pragma once

#include "core/project/label.h"

#include <QWidget>

#include <array>

class QAbstractButton;
class QAbstractItemModel;
class QButtonGroup;
class QCheckBox;
class QComboBox;
class QFormLayout;
class QHBoxLayout;
class QLabel;
class QLineEdit;
class QTabWidget;
class QTableView;
class QVBoxLayout;

namespace maury::ui {

/// Which stars the classifier goes through.
enum class Queue { All, ToDo, Disputed, Flagged };

/// What is said about the star at hand beside its type, and how the stars are gone through.
class LabelPanel : public QWidget {
    Q_OBJECT
public:
    /// The model outlives the panel.
    explicit LabelPanel(QAbstractItemModel& criteria, QWidget* parent = nullptr);

    void showLabel(const project::Label& label, bool writable);
    void showProgress(int typed, int stars, const QString& place);
    /// The tab of the criteria, or that of the label.
    void showCriteria(bool criteria);
    void showClassifier(const QString& name);

    [[nodiscard]] Queue queue() const;
    [[nodiscard]] QCheckBox& blind() { return *m_blind; }
    [[nodiscard]] QCheckBox& keep() { return *m_keep; }
    [[nodiscard]] QCheckBox& bands() { return *m_bands; }
    [[nodiscard]] QLineEdit& notes() { return *m_notes; }
    [[nodiscard]] QLineEdit& type() { return *m_type; }
    [[nodiscard]] QComboBox& queueBox() { return *m_queue; }
    [[nodiscard]] QTableView& criteria() { return *m_criteria; }
    [[nodiscard]] QAbstractButton& quality(int quality);
    [[nodiscard]] QCheckBox& flag(bool project::Flags::*flag);

signals:
    void qualityChosen(int quality);
    void flagsChosen(const maury::project::Flags& flags);
    void notesEdited(const QString& notes);
    /// A type that the grid does not have, typed by hand.
    void typeEntered(const QString& type);
    void queueChanged();
    void blindChanged(bool blind);
    void classifierEntered(const QString& name);
    /// Enter or Escape in a field: the keys are for the page again.
    void left();

private:
    [[nodiscard]] QFormLayout* makeLabelForm();
    [[nodiscard]] QHBoxLayout* makeQualities();
    [[nodiscard]] QHBoxLayout* makeFlags();
    [[nodiscard]] QVBoxLayout* makeQueueColumn();
    [[nodiscard]] QWidget* makeCriteriaTab(QAbstractItemModel& model);
    [[nodiscard]] QCheckBox* makeCheck(const QString& text, const QString& tip);
    bool eventFilter(QObject* watched, QEvent* event) override;

    QTabWidget* m_tabs = nullptr;
    QButtonGroup* m_qualities = nullptr;
    std::array<std::pair<QCheckBox*, bool project::Flags::*>, 4> m_flags {};
    QLineEdit* m_type = nullptr;
    QLineEdit* m_notes = nullptr;
    QLineEdit* m_classifier = nullptr;
    QComboBox* m_queue = nullptr;
    QLabel* m_progress = nullptr;
    QCheckBox* m_blind = nullptr;
    QCheckBox* m_keep = nullptr;
    QCheckBox* m_bands = nullptr;
    QTableView* m_criteria = nullptr;
};

/// "2 – fair": the digit that chooses a quality and its word.
[[nodiscard]] QString qualityText(int quality);

} // namespace maury::ui
