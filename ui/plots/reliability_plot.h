#pragma once

#include "core/classify/statistics.h"
#include "ui/plots/plot_base.h"

#include <array>
#include <optional>

class QCPErrorBars;
class QCPGraph;

namespace maury::ui {

/// Whether probabilities are what they say: of the answers that were given about the same
/// probability, the part that was right, against the mean of what was given; on the diagonal where
/// both agree. Bars: the standard deviation of so few answers.
class ReliabilityPlot : public PlotBase {
    Q_OBJECT
public:
    explicit ReliabilityPlot(QWidget* parent = nullptr);

    /// Nothing is drawn of a head whose probabilities are not known.
    void setReliability(const std::optional<classify::Reliability>& spectral,
        const std::optional<classify::Reliability>& luminosity);
    /// Grey: what is shown belongs to something older.
    void setStale(bool stale);
    [[nodiscard]] PlotTable table() const override;

protected:
    void fitRanges() override;
    void applyTheme(const PlotTheme& theme) override;
    [[nodiscard]] QString readoutAt(const QPointF& pixel) override;

private:
    static constexpr std::size_t kHeads = 2; ///< spectral and luminosity class

    struct Curve {
        QCPGraph* points = nullptr;
        QCPErrorBars* errors = nullptr;
        std::optional<classify::Reliability> reliability;
    };
    void makeCurve(Curve& curve, const QString& name);
    void draw(const Curve& curve);

    std::array<Curve, kHeads> m_curves;
    QCPGraph* m_diagonal;
    bool m_stale = false;
};

} // namespace maury::ui
