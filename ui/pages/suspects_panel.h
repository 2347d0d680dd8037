#pragma once

#include "ui/models/star_name_filter.h"
#include "ui/models/suspects_model.h"

#include <QWidget>

class QLabel;
class QToolButton;

namespace maury::ui {

class RowTable;

/// The standards of the atlas whose labels are probably wrong, the most suspect first.
class SuspectsPanel : public QWidget {
    Q_OBJECT
public:
    explicit SuspectsPanel(QWidget* parent = nullptr);

    /// atlas: whose labels they are, for people.
    void setSuspects(std::vector<explain::LabelSuspicion> suspects, const QString& atlas);
    /// Only stars with this text and in all of these sets of names are listed.
    void setFilter(const QString& text, const QList<QSet<QString>>& names);
    /// Marks a standard and emits nothing; an empty name marks none.
    void markStar(const QString& standard);
    void setPossible(bool possible);

    [[nodiscard]] const SuspectsModel& suspects() const { return m_suspects; }
    [[nodiscard]] QToolButton& inquireButton() { return *m_inquire; }
    [[nodiscard]] RowTable& view() { return *m_table; }
    /// Empty when none is marked.
    [[nodiscard]] QString marked() const;

signals:
    void inquiryRequested();
    void starChosen(const QString& standard);
    void starOpened(const QString& standard);
    void saveRequested(const maury::ui::PlotTable& table);

private:
    [[nodiscard]] QLayout* makeControls();
    [[nodiscard]] QString nameAt(const QModelIndex& shown) const;

    SuspectsModel m_suspects;
    StarNameFilter m_sorted;
    QToolButton* m_inquire = nullptr;
    QLabel* m_about = nullptr;
    RowTable* m_table;
    bool m_marking = false;
};

} // namespace maury::ui
