#pragma once

#include "core/base/random.h"
#include "core/robust/robust_config.h"
#include "core/robust/robust_part.h"
#include "core/robust/robust_trainer.h"

#include <string>
#include <vector>

namespace maury::robust {

/// One part of a model with all that its members are trained and tested on.
struct TrainingPart {
    Range range = Range::Blue;
    RobustPart part; ///< with the members that are finished
    Standards standards;
    base::RandomStream stream; ///< the root of all random numbers of the part
    TestStarsPtr test; ///< null when nothing is scored

    /// The settings with the resolution of the part's libraries, which is none, and which no
    /// variation surpasses.
    [[nodiscard]] VariationSettings variation(const RobustLive& live) const;
};

/// The parts that the libraries have: blue, and wide where one reaches there. Errors: those of
/// standardsOf(); OptionInvalid.
[[nodiscard]] base::Result<std::vector<TrainingPart>> trainingParts(
    const std::vector<Library>& libraries, const RobustConfig& config);

/// Makes what no step changes: grid, shape, standardisation and test stars. Errors:
/// WavelengthsInvalid (the test library is on another grid than the first one).
[[nodiscard]] base::Result<void> preparePart(TrainingPart& part, const RobustData& data,
    const RobustConfig& config, const mk::ClassScheme& scheme, BatchMaker& batches);

/// The random stream of a member (0-based) of a part.
[[nodiscard]] base::RandomStream memberStream(Range range, std::uint64_t seed, int member);
/// What initialWeights() of that member begin with.
[[nodiscard]] std::uint64_t weightsSeed(Range range, std::uint64_t seed, int member);

/// The first weights of a member, a pure function of its arguments.
[[nodiscard]] nn::Parameters initialWeights(const nn::NetworkSpec& spec, std::uint64_t seed);

/// Tells whether two runs have the same standards and test stars.
[[nodiscard]] std::string identityOf(const std::vector<TrainingPart>& parts);

} // namespace maury::robust
