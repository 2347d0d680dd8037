#pragma once

#include "core/robust/robust_model.h"
#include "core/robust/test_stars.h"
#include "core/train/probed_network.h"

namespace maury::robust {

/// Looks at the networks of a part, always on the same stars. The bins of the heads are gathered to
/// the classes of the scheme and to I, III and V: the mean over the bins that stand for each.
class PartProber {
public:
    /// Looks at train::kProbeSamples of the stars, evenly spread; without stars at weights and
    /// biases alone. `initial`: the weights before the first step; null when they are not known.
    /// Precondition: part.spec is that of the networks.
    PartProber(const RobustPart& part, const mk::ClassScheme& scheme, const TestStars* stars,
        const nn::Parameters* initial);

    /// weightTemperature, weightLuminosity: of the heads in the loss.
    [[nodiscard]] train::ProbedNetworkPtr probe(const nn::Parameters& parameters, int epoch,
        double weightTemperature, double weightLuminosity);

private:
    train::ProbedNetwork m_frame; ///< what all probes share
    nn::ProbeBatch m_batch;
};

/// Looks at the first blue network of a finished model on the standards of an atlas; without one,
/// or with one on another grid, only weights and biases are known.
[[nodiscard]] train::ProbedNetworkPtr probeModel(
    const RobustModel& model, const mk::AtlasPtr& atlas);

} // namespace maury::robust
