#include "ui/models/reconstruction_trace.h"

#include "ui/bridge/number_text.h"
#include "ui/bridge/star_reconstructor.h"

#include <QCoreApplication>

#include <cmath>
#include <limits>

namespace maury::ui {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(maury::ui::ReconstructionTrace)
};

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

QVector<double> rowOf(const gon::Matrix& matrix)
{
    QVector<double> row(matrix.cols());
    for (Eigen::Index p = 0; p < matrix.cols(); ++p)
        row[p] = static_cast<double>(matrix(0, p));
    return row;
}

QVector<double> around(const QVector<double>& middle, const QVector<double>& half, double sign)
{
    QVector<double> edge(middle.size());
    for (qsizetype p = 0; p < middle.size(); ++p)
        edge[p] = middle[p] + sign * half[p];
    return edge;
}

double rounded(double value, double step)
{
    return std::round(value / step) * step;
}

} // namespace

ReconstructionTrace reconstructionTrace(const StarReconstruction& star)
{
    const gon::SpectrumSet& set = star.set;
    const QVector<double> grid(set.wavelengthAngstrom.begin(), set.wavelengthAngstrom.end());
    const QVector<double> model = rowOf(star.made.flux);
    const QVector<double> half68 = rowOf(star.made.half68);
    const QVector<double> half95 = rowOf(star.made.half95);
    ReconstructionTrace trace;
    trace.star = { QString::fromStdString(set.stars.front()), grid, rowOf(set.flux) };
    trace.residual = { {}, grid, QVector<double>(grid.size(), kMissing) };
    for (qsizetype p = 0; p < grid.size(); ++p) {
        const float ivar = set.ivar(0, p);
        if (ivar > 0.0F)
            trace.residual.flux[p]
                = (trace.star.flux[p] - model[p]) * std::sqrt(static_cast<double>(ivar));
        else
            trace.star.flux[p] = kMissing;
    }
    trace.bands.wavelength = grid;
    trace.bands.percentiles = { around(model, half95, -1.0), around(model, half68, -1.0), model,
        around(model, half68, 1.0), around(model, half95, 1.0) };
    trace.bands.highlighted = { {}, grid, model };
    if (star.baseline)
        trace.baseline = { {}, grid, rowOf(star.baseline->flux) };
    trace.hidden = star.request.hidden;
    return trace;
}

PlotTable lineTable(const StarReconstruction& star)
{
    QStringList names;
    QVector<double> wavelengths;
    QVector<double> rms;
    QVector<double> largest;
    QVector<double> depths;
    QVector<double> depthErrors;
    QVector<double> widths;
    QVector<double> widthErrors;
    QVector<double> offsets;
    QVector<double> modelOffsets;
    for (const gon::LineCheck& line : star.lines) {
        names << QString::fromStdString(line.name);
        wavelengths << line.lineAngstrom;
        rms << rounded(line.rmse, 1e-4);
        largest << rounded(line.largestZ, 0.1);
        depths << rounded(line.depthData, 1e-3);
        depthErrors << rounded(line.depthModel - line.depthData, 1e-3);
        widths << rounded(line.widthData, 1e-3);
        widthErrors << rounded(line.widthModel - line.widthData, 1e-3);
        offsets << rounded(line.offsetData.value_or(kMissing), 0.01);
        modelOffsets << rounded(line.offsetModel.value_or(kMissing), 0.01);
    }
    PlotTable table;
    table.add(Text::tr("Line"), names);
    table.add(Text::tr("Wavelength (Å)"), wavelengths);
    table.add(Text::tr("Error, rms"), rms);
    table.add(Text::tr("Largest (σ)"), largest);
    table.add(Text::tr("Depth"), depths);
    table.add(Text::tr("Δ depth"), depthErrors);
    table.add(Text::tr("Width (Å)"), widths);
    table.add(Text::tr("Δ width (Å)"), widthErrors);
    table.add(Text::tr("Offset (px)"), offsets);
    table.add(Text::tr("Model's (px)"), modelOffsets);
    return table;
}

} // namespace maury::ui
