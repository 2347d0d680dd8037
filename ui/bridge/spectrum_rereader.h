#pragma once

#include "core/io/reader_registry.h"
#include "ui/models/selection.h"

#include <QObject>
#include <QThreadPool>

namespace maury::ui {

/// Reads a file of the star list once more, another of its spectra, on a background thread. Only the
/// last request is answered.
class SpectrumRereader : public QObject {
    Q_OBJECT
public:
    explicit SpectrumRereader(QObject* parent = nullptr);
    ~SpectrumRereader() override;

    void request(SpectrumId id, const io::SpectrumFiles& files, const io::ReadOptions& options);
    /// Drops whatever is under way.
    void cancel() { ++m_generation; }

signals:
    void read(maury::ui::SpectrumId id, const maury::spectrum::SpectrumPtr& spectrum);
    void failed(maury::ui::SpectrumId id, const maury::base::Error& error);

private:
    QThreadPool m_pool; ///< not the global one: painting waits for that
    int m_generation = 0;
};

} // namespace maury::ui
