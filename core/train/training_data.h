#pragma once

#include "core/dataset/sample_set.h"
#include "core/mk/atlas_relation.h"
#include "core/train/trainer.h"

#include <stop_token>
#include <string>
#include <vector>

namespace maury::train {

/// The sets of a run and what has to be said of them.
struct PreparedData {
    TrainingData data;
    std::string trainAtlas; ///< names, for reports
    std::string testAtlas;
    mk::AtlasRelation relation = mk::AtlasRelation::Same; ///< of test to training
};

/// How the training set of a run is made, except where live settings have changed it since.
[[nodiscard]] dataset::BuildOptions trainingSetOptions(const TrainingConfig& config);

/// The paper's protocol: classes complete in the training atlases and present in the test atlas,
/// perSpectrumTrain variations of each training and perSpectrumTest of each test standard. Without
/// a test atlas the test set varies the training standards with other random numbers. A pure
/// function of atlases and config. Precondition: at least one training atlas. Errors:
/// OptionInvalid, ClassesInsufficient, ModelMismatch (grids differ), Cancelled.
[[nodiscard]] base::Result<PreparedData> prepareTrainingData(
    const std::vector<mk::AtlasPtr>& atlases, const mk::AtlasPtr& test,
    const TrainingConfig& config, std::stop_token stop = {},
    const dataset::ProgressFunction& progress = {});

} // namespace maury::train
