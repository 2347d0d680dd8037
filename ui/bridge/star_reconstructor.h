#pragma once

#include "core/gon/latent_inference.h"
#include "core/gon/line_check.h"
#include "core/spectrum/spectrum.h"
#include "ui/bridge/gon_models.h"
#include "ui/models/selection.h"

#include <QObject>
#include <QThreadPool>

#include <memory>
#include <optional>
#include <vector>

namespace maury::ui {

/// Which star a model shall reconstruct, and what of it is hidden.
struct ReconstructionRequest {
    SpectrumId id = kNoSpectrum;
    spectrum::SpectrumPtr spectrum;
    std::optional<std::size_t> standard; ///< row of the atlas, for standards
    mk::AtlasPtr atlas; ///< grid and continuum that the star is brought to
    store::StorePtr store; ///< of a star of a store; null for others
    std::uint64_t storeRow = 0;
    GonModels models;
    std::vector<gon::WavelengthRange> hidden;
};

/// How well hidden pixels are repaired, against the flux that was there.
struct RepairError {
    std::size_t pixels = 0; ///< hidden ones that have data
    double rms = 0.0;
    std::optional<double> baselineRms;
    double noise = 0.0; ///< √⟨σ²⟩ of these pixels: the floor
};

/// A star as the model sees it. One row in every matrix.
struct StarReconstruction {
    ReconstructionRequest request;
    gon::SpectrumSet set; ///< with nothing hidden
    gon::Reconstruction made;
    std::optional<gon::Reconstruction> baseline;
    std::vector<gon::LineCheck> lines;
    std::optional<RepairError> repair; ///< nothing while nothing with data is hidden
    std::optional<base::Error> error; ///< why there is nothing of the above
};

/// Reconstructs stars on a background thread: what `gon impute` computes. While one request is
/// worked on only the last of those that follow waits, so that a dragged brush gets as many answers
/// as there is time for, and the last always.
class StarReconstructor : public QObject {
    Q_OBJECT
public:
    explicit StarReconstructor(QObject* parent = nullptr);
    ~StarReconstructor() override;

    /// Precondition: a spectrum, an atlas and a model.
    void request(const ReconstructionRequest& request);
    /// What is under way is not answered any more.
    void cancel();
    [[nodiscard]] bool isBusy() const { return m_busy; }

signals:
    void made(const std::shared_ptr<const maury::ui::StarReconstruction>& reconstruction);

private:
    struct Worker;
    void start(const ReconstructionRequest& request);

    std::shared_ptr<Worker> m_worker;
    QThreadPool m_pool;
    std::optional<ReconstructionRequest> m_waiting;
    bool m_busy = false;
    int m_generation = 0;
};

} // namespace maury::ui
