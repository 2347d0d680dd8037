#pragma once

#include "core/gon/gon_sources.h"
#include "core/gon/latent_map.h"
#include "ui/bridge/gon_models.h"
#include "ui/models/selection.h"

#include <QObject>
#include <QStringList>
#include <QThreadPool>

#include <memory>
#include <stop_token>
#include <vector>

namespace maury::ui {

/// The stars of a map: spectra of a store, opened spectra, or the observed standards of the atlas.
struct MapStars {
    mk::AtlasPtr atlas; ///< the standards, or what `opened` are brought to
    store::StorePtr store; ///< null: standards or `opened`
    bool standards = true; ///< else `opened`
    std::vector<gon::PreparedStar> opened;
    std::vector<SpectrumId> ids; ///< of `opened`, or of all standards of the atlas
    QStringList surveys; ///< of `opened`: how each was read
};

/// Stars with their codes. Rows of everything are stars; those that cannot be used are left out.
struct MappedStars : gon::StarMap {
    GonModels models;
    gon::SpectrumSet set;
    std::vector<SpectrumId> ids; ///< kNoSpectrum for spectra of a store: they are in no list
    store::StorePtr store; ///< null for others
    std::vector<std::uint64_t> storeRows; ///< of the store
    QStringList surveys; ///< "" for standards
    std::size_t leftOut = 0; ///< stars that could not be brought to the grid or are empty
};
using MappedStarsPtr = std::shared_ptr<const MappedStars>;

/// Encodes stars and lays them out on a background thread. The last request wins; all can be
/// cancelled.
class LatentMapper : public QObject {
    Q_OBJECT
public:
    explicit LatentMapper(QObject* parent = nullptr);
    ~LatentMapper() override;

    /// Answered by mapped() or failed(). Precondition: a model, and an atlas or a
    /// store.
    void map(const GonModels& models, const MapStars& stars);
    /// t-SNE of mapped stars: laidOut() many times, at last with finished = true; or failed().
    void layOut(const MappedStarsPtr& stars);
    void cancel();
    [[nodiscard]] bool isBusy() const { return m_busy; }

    static constexpr int kTsneIterations = 750;

signals:
    void mapped(const maury::ui::MappedStarsPtr& stars);
    /// points [n, 2]
    void laidOut(const maury::gon::Matrix& points, int iteration, bool finished);
    void failed(const maury::base::Error& error);

private:
    /// Begins a job that ends all others; returns its number.
    int begin();

    QThreadPool m_pool;
    std::stop_source m_stop;
    int m_generation = 0;
    bool m_busy = false;
};

} // namespace maury::ui
