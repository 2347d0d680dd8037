#pragma once

#include "core/explain/explanation.h"

#include <QAbstractTableModel>
#include <QStringList>

#include <vector>

namespace maury::ui {

/// The lines that speak for an answer and against it, the strongest first.
class EvidenceModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Wavelength, Species, Contribution, Speaks, ColumnCount };
    static constexpr std::size_t kMostRows = 40;

    using QAbstractTableModel::QAbstractTableModel;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role) const override;

    void setLines(std::vector<explain::LineEvidence> lines);
    /// Precondition: row is one of the model's.
    [[nodiscard]] const explain::LineEvidence& line(int row) const;

    /// "B2 (81 %) rather than B3 (17 %)".
    [[nodiscard]] static QString summary(const explain::HeadExplanation& explanation);
    /// Each criterion in words with its values, the most telling first.
    [[nodiscard]] static QStringList criteria(const explain::HeadExplanation& explanation);

private:
    std::vector<explain::LineEvidence> m_lines;
};

} // namespace maury::ui
