#pragma once

#include "ui/models/judges_model.h"
#include "ui/models/star_name_filter.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QToolButton;

namespace maury::ui {

class RowTable;

/// The list of stars that were judged, those on which the judges differ most first, and what shall
/// be judged.
class JudgesPanel : public QWidget {
    Q_OBJECT
public:
    enum class Stars { Evaluation, Opened, Standards };

    explicit JudgesPanel(QWidget* parent = nullptr);

    void setStars(std::vector<JudgedRow> stars);
    void setHumanType(SpectrumId id, const QString& type);
    /// The stars in this row of the model are in the list of spectra from now on.
    void setId(int row, SpectrumId id) { m_judges.setId(row, id); }
    /// Only stars with this text and in all of these sets of names are listed.
    void setFilter(const QString& text, const QList<QSet<QString>>& names);
    /// Marks a star and emits nothing; none when it was not judged.
    void markStar(SpectrumId id);
    /// Whether there is a model that can judge, and stars of an evaluation.
    void setPossible(bool hasModel, bool hasEvaluation);
    void setBusy(bool busy);
    /// Whether another model answers than the one that judged.
    void setOutdated(bool outdated);

    [[nodiscard]] const JudgesModel& judges() const { return m_judges; }
    [[nodiscard]] Stars wanted() const;
    void setWanted(Stars stars);
    [[nodiscard]] QToolButton& judgeButton() { return *m_judge; }
    [[nodiscard]] RowTable& view() { return *m_table; }
    /// kNoSpectrum when none is marked.
    [[nodiscard]] SpectrumId marked() const;

signals:
    void judgeRequested(maury::ui::JudgesPanel::Stars stars);
    /// row: of judges().
    void starChosen(int row);
    void starOpened(int row);
    void saveRequested(const maury::ui::PlotTable& table);

private:
    [[nodiscard]] QLayout* makeControls();
    void connectTable();
    void showCount();

    JudgesModel m_judges;
    StarNameFilter m_sorted;
    QComboBox* m_stars = nullptr;
    QToolButton* m_judge = nullptr;
    QLabel* m_count = nullptr;
    RowTable* m_table;
    bool m_chosen = false; ///< the user has said which stars
    bool m_possible = false;
    bool m_busy = false;
    bool m_outdated = false;
    bool m_marking = false;
};

} // namespace maury::ui
