#pragma once

#include "ui/models/selection.h"
#include "ui/models/star_filter_model.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QTableView;

namespace maury::ui {

/// The list of stars with its filters; shows and sets the selected spectrum.
class StarList : public QWidget {
    Q_OBJECT
public:
    /// Both outlive the list.
    StarList(SpectrumListModel& spectra, Selection& selection, QWidget* parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override { return { 264, 480 }; }
    /// Moves the selection by lines of the shown part of the list; stops at the ends.
    void step(int lines);
    /// 1-based place of the selection in the shown part, and its size; 0 when it is not shown.
    [[nodiscard]] std::pair<int, int> place() const;

signals:
    void placeChanged();

private:
    void makeView();
    [[nodiscard]] QLayout* makeFooter();
    void chooseGroup();
    void followGroup();
    void followSelection();
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
    bool m_filtering = false; ///< lines come and go that the user did not choose
};

} // namespace maury::ui
