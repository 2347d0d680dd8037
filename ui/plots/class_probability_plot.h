#pragma once

#include "core/classify/star_classifier.h"
#include "core/mk/class_scheme.h"
#include "ui/plots/plot_base.h"

#include <QStringList>
#include <QVector>

class QCPAxisRect;
class QCPBars;

namespace maury::ui {

/// The probabilities that a model gives to every spectral class and every luminosity class, as two
/// groups of bars. The colours of spectral classes run from hot to cool.
class ClassProbabilityPlot : public PlotBase {
    Q_OBJECT
public:
    explicit ClassProbabilityPlot(QWidget* parent = nullptr);

    /// One probability for each name; no names: nothing is known.
    void setProbabilities(const QStringList& spectralNames, const QVector<double>& spectral,
        const QStringList& luminosityNames, const QVector<double>& luminosity);
    /// Those of an answer; null: no model has answered.
    void setPrediction(const classify::Prediction* prediction, const mk::ClassScheme* scheme);
    [[nodiscard]] const QVector<double>& spectral() const { return m_heads[0].values; }
    [[nodiscard]] const QVector<double>& luminosity() const { return m_heads[1].values; }
    [[nodiscard]] PlotTable table() const override;

protected:
    void fitRanges() override;
    void applyTheme(const PlotTheme& theme) override;
    [[nodiscard]] QString readoutAt(const QPointF& pixel) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Head {
        QCPAxisRect* panel = nullptr;
        QList<QCPBars*> bars; ///< one for each class: bars of a QCPBars share a colour
        QStringList names;
        QVector<double> values;
    };
    void makePanel(Head& head, int column);
    void labelClasses(Head& head);
    void fill(Head& head, const QStringList& names, const QVector<double>& values);
    [[nodiscard]] QColor colourOf(const Head& head, int index) const;
    void colourBars();

    std::array<Head, 2> m_heads; ///< spectral class, luminosity class
};

} // namespace maury::ui
