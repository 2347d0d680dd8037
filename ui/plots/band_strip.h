#pragma once

#include "ui/models/criteria_model.h"

#include <qcustomplot.h>

namespace maury::ui {

/// Upright bands over the whole height of an axis rect. Only for ui/plots.
class BandStrip : public QCPLayerable {
public:
    BandStrip(QCPAxisRect& rect, const QString& layer);

    void setBands(const QVector<CriterionBand>& bands) { m_bands = bands; }
    [[nodiscard]] const QVector<CriterionBand>& bands() const { return m_bands; }
    void setColours(const QColor& temperature, const QColor& luminosity);

protected:
    void applyDefaultAntialiasingHint(QCPPainter* painter) const override;
    void draw(QCPPainter* painter) override;
    [[nodiscard]] QRect clipRect() const override;

private:
    QCPAxisRect& m_rect;
    QVector<CriterionBand> m_bands;
    QColor m_temperature;
    QColor m_luminosity;
};

} // namespace maury::ui
