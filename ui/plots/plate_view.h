#pragma once

#include "ui/models/line_markers.h"
#include "ui/models/trace.h"
#include "ui/plots/plate_style.h"
#include "ui/plots/plot_base.h"

#include <QVector>

namespace maury::ui {

class PlateStrips;

/// Spectra as widened photographic strips, stacked as in a printed MK atlas, with the names of
/// lines and ions above and below. Follows the range of another plot and leads it.
class PlateView : public PlotBase {
    Q_OBJECT
public:
    explicit PlateView(QWidget* parent = nullptr);

    /// From top to bottom, named as the traces are.
    void setStrips(const QVector<Trace>& strips);
    [[nodiscard]] const QVector<Trace>& strips() const;
    void setMarkers(const QVector<LineMarker>& markers);
    void setStyle(const PlateStyle& style);
    [[nodiscard]] const PlateStyle& style() const;
    /// "Wavelength (Å, air, rest frame)"; empty: the plot beside it says so.
    void setAxisText(const QString& wavelength);
    void setWavelengthRange(double firstAngstrom, double lastAngstrom);
    [[nodiscard]] std::pair<double, double> wavelengthRange() const;
    /// Where the strips begin and end: pixels left free at the sides, to stand below another plot.
    void setSideMargins(int left, int right);
    [[nodiscard]] QStringList shownLineNames() const;
    [[nodiscard]] PlotTable table() const override;

signals:
    /// By the user.
    void rangeShown(double first, double last);

protected:
    void fitRanges() override;
    void applyTheme(const PlotTheme& theme) override;
    [[nodiscard]] QString readoutAt(const QPointF& pixel) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    QCPAxisRect* m_panel = nullptr;
    PlateStrips* m_strips = nullptr; ///< the plot owns it
    bool m_following = false;
};

} // namespace maury::ui
