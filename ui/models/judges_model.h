#pragma once

#include "core/explain/judging.h"
#include "ui/models/plot_table.h"
#include "ui/models/selection.h"

#include <QAbstractTableModel>
#include <QString>

#include <optional>
#include <vector>

namespace maury::ui {

/// A star that was judged, and where it stands in the program.
struct JudgedRow {
    SpectrumId id = kNoSpectrum; ///< none while it is in no list
    QString file; ///< absolute path; empty for standards
    QString published; ///< its published type; empty without
    explain::JudgedStar star;
};

/// "network", "nearest standard", "GON", "human": how tables and pictures call a judge.
[[nodiscard]] QString judgeName(explain::Judge judge);
/// What a judge says; "n/a" when it has no opinion.
[[nodiscard]] QString opinionText(const std::optional<explain::Opinion>& opinion);
/// "network and human differ by +2.0 classes and 1 luminosity class"; empty without.
[[nodiscard]] QString disagreementText(const std::optional<explain::Disagreement>& largest);

/// The types that all judges give to stars, and how much they differ.
class JudgesModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Star, Network, Nearest, Gon, Human, Score, Who, ColumnCount };
    static constexpr int kSortRole = Qt::UserRole + 1;

    using QAbstractTableModel::QAbstractTableModel;

    void setStars(std::vector<JudgedRow> stars);
    [[nodiscard]] const std::vector<JudgedRow>& stars() const { return m_stars; }
    /// Another label of a star: its disagreement follows. An empty type: the published one again.
    void setHumanType(SpectrumId id, const QString& type);
    /// A star is in the list of spectra from now on.
    void setId(int row, SpectrumId id) { m_stars[static_cast<std::size_t>(row)].id = id; }
    /// Nothing for a star that was not judged.
    [[nodiscard]] std::optional<int> rowOf(SpectrumId id) const;
    /// The same by the file of a star, an absolute path.
    [[nodiscard]] std::optional<int> rowOfFile(const QString& file) const;
    [[nodiscard]] PlotTable table() const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<JudgedRow> m_stars;
};

} // namespace maury::ui
