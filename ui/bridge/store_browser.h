#pragma once

#include "core/store/where.h"

#include <QList>
#include <QObject>
#include <QString>
#include <QThreadPool>

#include <atomic>
#include <memory>
#include <vector>

namespace maury::ui {

class StatusReporter;

/// Opens stores of spectra, looks for spectra in them, reads and saves those that were chosen, all
/// on a background thread. The last question wins.
class StoreBrowser : public QObject {
    Q_OBJECT
public:
    /// The reporter outlives the browser.
    explicit StoreBrowser(StatusReporter& status, QObject* parent = nullptr);
    ~StoreBrowser() override;

    void open(const QString& file);
    /// Null until one is open.
    [[nodiscard]] const store::StorePtr& store() const { return m_store; }

    /// The spectra that fulfil a condition (store::Where), sorted by a column of the catalogue; an
    /// empty column: in the order of the store. Precondition: a store is open.
    void find(const QString& condition, const QString& column, bool descending);
    /// Reads spectra, in their order. Precondition: a store is open.
    void read(const std::vector<std::uint64_t>& rows);
    /// Writes spectra as a store of their own. Precondition: a store is open.
    void save(const std::vector<std::uint64_t>& rows, const QString& file);

signals:
    void opened();
    /// The store could not be opened; the one before stays.
    void openFailed(const QString& reason);
    void found(const std::vector<std::uint64_t>& rows);
    /// The condition cannot be understood, or the store not be read.
    void findFailed(const QString& reason);
    void spectraRead(
        const std::vector<std::uint64_t>& rows, const std::vector<maury::spectrum::SpectrumPtr>& spectra);
    void readFailed(const QString& reason);
    void saved(const QString& file, int spectra);
    void saveFailed(const QString& reason);

private:
    struct Question;
    void answer(const Question& question);

    StatusReporter& m_status;
    store::StorePtr m_store;
    QThreadPool m_pool; ///< not the global one: painting waits for that
    std::shared_ptr<std::atomic<bool>> m_cancelled; ///< of the saving that goes on
    int m_openGeneration = 0;
    int m_findGeneration = 0;
};

} // namespace maury::ui
