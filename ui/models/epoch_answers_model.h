#pragma once

#include "core/dataset/sample_set.h"
#include "core/train/epoch_view.h"

#include <QAbstractTableModel>

#include <vector>

namespace maury::ui {

/// What the network of one epoch makes of every standard of the test set.
class EpochAnswersModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Standard, True, Answer, Probability, ColumnCount };
    static constexpr int kWrongRole = Qt::UserRole; ///< bool

    using QAbstractTableModel::QAbstractTableModel;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role) const override;

    /// The standards, without answers; null for none.
    void setSet(const dataset::SampleSetPtr& set);
    /// Precondition: one for each standard of the set, or none.
    void setAnswers(const std::vector<train::StandardAnswer>& answers);
    [[nodiscard]] int wrong() const; ///< standards whose class or luminosity class is wrong

private:
    struct Row {
        QString name;
        int sc = 0;
        int lc = 0;
    };

    [[nodiscard]] QString typeText(int sc, int lc) const;
    [[nodiscard]] bool isWrong(int row) const;
    [[nodiscard]] QVariant text(const QModelIndex& index) const;

    std::vector<Row> m_rows;
    std::vector<std::string> m_classes;
    std::vector<train::StandardAnswer> m_answers;
};

} // namespace maury::ui
