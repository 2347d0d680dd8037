#pragma once

#include "core/classify/classifier.h"
#include "core/explain/explanation.h"
#include "core/preprocess/what_if.h"
#include "ui/models/selection.h"
#include "ui/models/workspace.h"

#include <QObject>
#include <QThreadPool>

#include <memory>
#include <optional>
#include <vector>

namespace maury::ui {

/// What is known of a spectrum beside the atlas and the model of the workspace.
struct Analysis {
    SpectrumId id = kNoSpectrum;
    mk::AtlasPtr atlas; ///< what rows and grid refer to
    preprocess::WhatIf change; ///< what was done to the spectrum first
    std::optional<classify::PreparedSpectrum> prepared;
    std::vector<classify::NearestStandard> nearest; ///< nearest first
    std::optional<classify::Prediction> prediction;
    /// Why the answer is what it is; null unless it was asked for and there is an answer.
    std::shared_ptr<const explain::Explanation> explanation;
    std::optional<base::Error> preparationError; ///< why there is nothing prepared
    std::optional<base::Error> predictionError; ///< why there is no answer
};

/// Prepares, compares and classifies spectra on a background thread. Only the last request is
/// answered: overtaken ones are dropped by their generation number.
class SpectrumAnalyser : public QObject {
    Q_OBJECT
public:
    static constexpr std::size_t kNearest = 12;

    explicit SpectrumAnalyser(const Workspace& workspace, QObject* parent = nullptr);
    ~SpectrumAnalyser() override;

    /// leaveOut: a row of the atlas that must not count as its own nearest standard. change: done to
    /// the spectrum before anything else.
    void request(SpectrumId id, const spectrum::SpectrumPtr& spectrum,
        const classify::PrepareOptions& options, std::optional<std::size_t> leaveOut = {},
        const preprocess::WhatIf& change = {});
    /// Whether answers are explained from the next request on.
    void setExplaining(bool explaining) { m_explaining = explaining; }
    /// How many of the nearest standards are told from the next request on.
    void setNearest(std::size_t count) { m_nearest = count; }
    /// Drops whatever is under way.
    void cancel();
    [[nodiscard]] bool isBusy() const { return m_busy; }

signals:
    void analysed(const maury::ui::Analysis& analysis);

private:
    struct Worker;

    const Workspace& m_workspace;
    std::shared_ptr<Worker> m_worker;
    QThreadPool m_pool;
    bool m_busy = false;
    bool m_explaining = false;
    std::size_t m_nearest = kNearest;
};

} // namespace maury::ui
