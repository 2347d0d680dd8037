#pragma once

#include "ui/models/selection.h"
#include "ui/models/star_filter_model.h"

#include <QVariant>
#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QTableView;

namespace maury::ui {

class EditHistory;
class FilterChips;

/// The list of stars with its filters; shows and sets the selected spectrum.
class StarList : public QWidget {
    Q_OBJECT
public:
    /// All outlive the list; without a history its filters cannot be undone.
    StarList(SpectrumListModel& spectra, Selection& selection, EditHistory* history = nullptr,
        QWidget* parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override { return { 264, 480 }; }
    /// Moves the selection by lines of the shown part of the list; stops at the ends.
    void step(int lines);
    /// 1-based place of the selection in the shown part, and its size; 0 when it is not shown.
    [[nodiscard]] std::pair<int, int> place() const;
    [[nodiscard]] FilterChips& chips() { return *m_chips; }

signals:
    void placeChanged();

private:
    void makeView();
    [[nodiscard]] QLayout* makeFooter();
    void chooseGroup();
    void followGroup();
    void followSelection();
    /// What narrows the list.
    struct Filter {
        QVariant group; ///< invalid: all
        QString text;
        bool operator==(const Filter&) const = default;
    };
    [[nodiscard]] Filter filter() const;
    void setFilter(const Filter& filter);
    void showChips();
    void removeChip(const QString& key);
    /// Narrows the list as a step of its own in the history.
    void changeFilter(const Filter& filter);
    /// Records what the user has changed; equal keys in quick succession are one step.
    void noteFilter(const QString& key);
    void takeCurrent(const QModelIndex& current);
    void removeSelected();
    void updateCount();

    SpectrumListModel& m_spectra;
    Selection& m_selection;
    StarFilterModel m_shown;
    QComboBox* m_group;
    QLineEdit* m_filter;
    QTableView* m_view;
    QLabel* m_count;
    FilterChips* m_chips;
    EditHistory* m_history;
    Filter m_noted; ///< as it was recorded last
    int m_steps = 0; ///< of chips that were removed
    bool m_filtering = false; ///< lines come and go that the user did not choose
};

} // namespace maury::ui
