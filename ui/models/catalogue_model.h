#pragma once

#include "core/store/store.h"

#include <QAbstractTableModel>
#include <QCache>
#include <QThreadPool>

#include <vector>

namespace maury::ui {

/// The catalogue of a store, or chosen lines of it in any order. Lines are read when they are shown,
/// a page at a time, on a background thread; until they come they say "…". Only the last pages are
/// kept: a table of any length needs the same memory.
class CatalogueModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column {
        Object,
        Type,
        Survey,
        RightAscension,
        Declination,
        SignalToNoise,
        Medium,
        Frame,
        FirstWavelength,
        LastWavelength,
        GoodPixels,
        Segments,
        Velocity,
        File,
        ColumnCount
    };

    explicit CatalogueModel(QObject* parent = nullptr);
    ~CatalogueModel() override;

    /// Shows all spectra of a store (null: none).
    void setStore(store::StorePtr store);
    /// Shows these spectra of the store, in this order. Precondition: the store has them.
    void setRows(std::vector<std::uint64_t> rows);
    [[nodiscard]] const std::vector<std::uint64_t>& rows() const { return m_rows; }
    [[nodiscard]] const store::StorePtr& store() const { return m_store; }
    /// What the store calls a column ("ra_deg").
    [[nodiscard]] static const char* columnName(int column);
    /// Whether lines are being read.
    [[nodiscard]] bool isReading() const { return m_reading; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role) const override;

signals:
    /// Lines could not be read.
    void failed(const QString& reason);

private:
    using Entries = std::vector<store::Entry>;
    static constexpr int kPageLines = 64;
    static constexpr int kKeptPages = 128;
    static constexpr qsizetype kMostWanted = 4; ///< pages; what was scrolled past is not read

    [[nodiscard]] const store::Entry* entry(int line) const;
    [[nodiscard]] QString text(const store::Entry& entry, int column) const;
    void want(int page);
    void readNext();
    void take(int page, const base::Result<Entries>& entries);

    store::StorePtr m_store;
    std::vector<std::uint64_t> m_rows;
    QCache<int, Entries> m_pages { kKeptPages };
    QList<int> m_wanted; ///< pages, the last asked for at the end
    bool m_reading = false;
    int m_generation = 0;
    QThreadPool m_pool; ///< not the global one: painting waits for that
};

} // namespace maury::ui
