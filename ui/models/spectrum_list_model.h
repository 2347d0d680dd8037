#pragma once

#include "core/base/error.h"
#include "core/mk/atlas.h"
#include "core/spectrum/spectrum.h"
#include "ui/models/selection.h"

#include <QAbstractTableModel>
#include <QStringList>

#include <optional>
#include <vector>

namespace maury::ui {

/// One line of the star list.
struct SpectrumEntry {
    enum class State { Waiting, Ready, Failed };

    SpectrumId id = kNoSpectrum;
    QString name;
    QString type; ///< as in the file; empty if none
    QString file; ///< absolute path; empty for standards and computed spectra
    State state = State::Waiting;
    QString reason; ///< why it failed; the reader's notices when ready
    spectrum::SpectrumPtr spectrum; ///< null until ready
    std::optional<std::size_t> standard; ///< row of the atlas, for standards
};

/// The star list: what was opened, then the standards of the atlas. Files that fail stay, with
/// their reason.
class SpectrumListModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Name, Type, State, ColumnCount };
    enum Group { Opened, AtlasStandards };
    enum Role { IdRole = Qt::UserRole + 1, GroupRole };

    using QAbstractTableModel::QAbstractTableModel;

    /// Appends files that wait to be read. A file that is listed already keeps its line and its id
    /// and is set to waiting again if it had failed. Ids in the order of `files`.
    QList<SpectrumId> addFiles(const QStringList& files);
    /// Appends a spectrum that exists already (a sample of a set, say).
    SpectrumId addSpectrum(spectrum::SpectrumPtr spectrum);
    /// The results of reading; ignored for lines that are gone.
    void setSpectrum(SpectrumId id, spectrum::SpectrumPtr spectrum);
    void setFailure(SpectrumId id, const base::Error& error);
    /// The line is to be read once more; it keeps its spectrum until then.
    void setWaiting(SpectrumId id);
    /// Removes opened lines; standards stay.
    void removeOpened(const QList<SpectrumId>& ids);
    /// Replaces the standards by those of another atlas (null: none).
    void setAtlas(mk::AtlasPtr atlas);

    /// Null when there is no such line (any more). Valid until the next change.
    [[nodiscard]] const SpectrumEntry* entry(SpectrumId id) const;
    /// The line of a standard of the present atlas.
    [[nodiscard]] SpectrumId standardId(std::size_t row) const;
    [[nodiscard]] QModelIndex indexOf(SpectrumId id) const;
    [[nodiscard]] int openedCount() const { return static_cast<int>(m_opened.size()); }
    /// Opened lines that are still waiting.
    [[nodiscard]] int waitingCount() const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] const SpectrumEntry& at(int row) const;
    [[nodiscard]] SpectrumEntry* opened(SpectrumId id);
    void changed(SpectrumId id);

    // Ids ascend in both lists, so that a line is found by bisection.
    std::vector<SpectrumEntry> m_opened;
    std::vector<SpectrumEntry> m_standards;
    mk::AtlasPtr m_atlas;
    SpectrumId m_lastId = 0;
};

} // namespace maury::ui
