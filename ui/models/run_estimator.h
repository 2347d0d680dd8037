#pragma once

#include "core/mk/atlas.h"
#include "ui/bridge/run_request.h"

#include <map>
#include <optional>
#include <string>
#include <utility>

namespace maury::ui {

/// What a run works on.
struct RunData {
    std::int64_t trainStandards = 126; ///< the paper's libraries, until more is known
    std::int64_t testStandards = 98;
    int classes = 30;
    int pixels = 1600;
};

/// What is expected of a run.
struct RunEstimate {
    RunData data;
    bool dataKnown = false; ///< or the paper's numbers were taken
    std::int64_t parameters = 0;
    double seconds = 0.0; ///< data set, training and the test after every epoch
    std::string backend;
    double rate = 0.0; ///< operations per second
    bool measured = false; ///< the rate was measured in a run, or it is a guess
};

/// Estimates how long a run will take: its operations (matrix products) over the rate of the last
/// run on the same backend. Before any run the rates are guesses for a laptop of 2020.
class RunEstimator {
public:
    RunEstimator();

    /// An atlas that is open: its standards can be counted.
    void setAtlas(const std::string& source, const mk::Atlas& atlas);
    /// A run has begun; its data set took so many seconds.
    void learn(const RunRequest& request, const train::RunStarted& run, double preparationSeconds);
    /// An epoch of that run.
    void learn(const train::EpochDone& epoch);

    /// Precondition: validate(request.config) succeeds.
    [[nodiscard]] RunEstimate estimate(const RunRequest& request) const;

private:
    [[nodiscard]] std::string resolved(const std::string& backend) const;

    std::string m_automatic; ///< what `auto` takes
    int m_threads;
    std::map<std::pair<std::string, std::string>, RunData> m_data; ///< by training and test atlas
    std::map<std::string, double> m_rates; ///< measured, by backend
    std::optional<double> m_secondsPerVariation; ///< measured
    std::string m_backend; ///< of the run that goes on
    double m_operationsPerSample = 0.0;
};

} // namespace maury::ui
