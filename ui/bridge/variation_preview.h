#pragma once

#include "core/dataset/variation_bands.h"

#include <QObject>
#include <QThreadPool>

#include <memory>
#include <optional>
#include <vector>

namespace maury::ui {

/// What to vary and how.
struct VariationRequest {
    std::shared_ptr<const std::vector<float>> flux; ///< [pixels] on the grid
    spectrum::WavelengthGrid grid;
    dataset::AugmentationSettings settings; ///< precondition: valid
    int count = 300;
    int highlighted = 0; ///< 0 … count − 1
};

/// The variations of one spectrum as they are drawn.
struct VariationResult {
    VariationRequest request;
    dataset::VariationBands bands;
    std::vector<float> highlighted; ///< [pixels]: the variation of that number
    dataset::Variation drawn; ///< what it did to the spectrum
};

/// Makes variations on a background thread. While one request is worked on, only the last of those
/// that follow waits: a dragged slider gets as many answers as there is time for, the last always.
class VariationPreview : public QObject {
    Q_OBJECT
public:
    /// As on the command line: the same numbers as `augment --bands`.
    static constexpr std::uint64_t kSeed = 1;

    explicit VariationPreview(QObject* parent = nullptr);
    ~VariationPreview() override;

    void request(const VariationRequest& request);
    /// What is under way is not answered any more.
    void cancel();

signals:
    void made(const maury::ui::VariationResult& result);

private:
    void start(const VariationRequest& request);

    QThreadPool m_pool;
    std::optional<VariationRequest> m_waiting;
    bool m_busy = false;
    int m_generation = 0;
};

} // namespace maury::ui
