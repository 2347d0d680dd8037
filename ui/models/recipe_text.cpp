#include "ui/models/recipe_text.h"

#include <QCoreApplication>
#include <QLocale>

namespace maury::ui {

namespace {

struct RecipeText {
    Q_DECLARE_TR_FUNCTIONS(maury::ui::RecipeText)
public:
    static QString of(const preprocess::ToAir& step)
    {
        if (!step.from)
            return tr("Wavelengths to air, as each part of the file says");
        switch (*step.from) {
        case spectrum::Medium::Air:
            return tr("Wavelengths are in air");
        case spectrum::Medium::Vacuum:
            return tr("Wavelengths from vacuum to air");
        case spectrum::Medium::Unknown:
            break;
        }
        return tr("Wavelengths taken as air: the file does not say");
    }

    static QString of(const preprocess::RemoveVelocity& step)
    {
        return tr("Velocity of %1 km/s removed").arg(locale().toString(step.kms, 'f', 1));
    }

    static QString of(const preprocess::ToGrid& step)
    {
        return tr("Resampled to %1–%2 Å in steps of %3 Å")
            .arg(number(step.grid.firstAngstrom), number(step.grid.lastAngstrom()),
                number(step.grid.stepAngstrom));
    }

    static QString of(const preprocess::TrimEdges&) { return tr("Ramps at missing ends left out"); }

    static QString of(const preprocess::Rectify& step)
    {
        using preprocess::ContinuumMethod;
        const preprocess::ContinuumSettings& by = step.continuum;
        const QString width = (by.widthInKms ? tr("%1 km/s") : tr("%1 Å")).arg(number(by.width));
        switch (by.method) {
        case ContinuumMethod::Gaussian:
            return tr("Divided by a Gaussian mean of σ = %1").arg(width);
        case ContinuumMethod::Polynomial:
            return polynomial(tr("Divided by a polynomial of degree %1, clipped at -%2 and +%3 σ"), by);
        case ContinuumMethod::Chebyshev:
            return polynomial(
                tr("Divided by a Chebyshev polynomial of degree %1, clipped at -%2 and +%3 σ"), by);
        case ContinuumMethod::Median:
            return tr("Divided by a running median over %1").arg(width);
        case ContinuumMethod::Percentile:
            return tr("Divided by the running percentile %1 over %2")
                .arg(number(by.percentile), width);
        case ContinuumMethod::Envelope:
            break;
        }
        return tr("Divided by an upper envelope (percentile %1, points every %2 Å, degree %3)")
            .arg(number(by.envelope.percentile), number(by.envelope.stepAngstrom),
                number(by.envelope.degree));
    }

    static QString of(const preprocess::ToMedium& step)
    {
        return step.medium == spectrum::Medium::Air ? tr("Wavelengths brought to air")
                                                    : tr("Wavelengths brought to vacuum");
    }

    static QString of(const preprocess::ToFrame& step)
    {
        switch (step.frame) {
        case spectrum::Frame::Rest:
            return tr("Wavelengths brought to the star's rest frame");
        case spectrum::Frame::Topocentric:
            return tr("Wavelengths brought to the observatory's frame");
        default:
            return tr("Wavelengths brought to the barycentre");
        }
    }

    static QString of(const preprocess::MarkCosmicRays& step)
    {
        return tr("Cosmic rays marked above %1 σ").arg(number(step.settings.threshold));
    }

    static QString of(const preprocess::MarkTellurics&) { return tr("Telluric bands marked"); }

    static QString of(const preprocess::Regrid& step)
    {
        return tr("Resampled to the grid %1 (%2–%3 Å)")
            .arg(QString::fromStdString(step.grid.name), number(step.grid.firstAngstrom),
                number(step.grid.lastAngstrom()));
    }

    static QString of(const preprocess::Scale& step)
    {
        return tr("Divided by %1").arg(locale().toString(step.divisor, 'g', 4));
    }

    static QString of(const preprocess::FillGaps&)
    {
        return tr("Missing pixels filled with the nearest good value");
    }

private:
    static QLocale locale()
    {
        QLocale locale;
        locale.setNumberOptions(QLocale::OmitGroupSeparator); // as wavelengths are written
        return locale;
    }
    static QString polynomial(const QString& text, const preprocess::ContinuumSettings& by)
    {
        return text.arg(number(by.degree), number(by.clipLow), number(by.clipHigh));
    }
    static QString number(double value) { return locale().toString(value, 'g', 8); }
};

} // namespace

QStringList recipeText(const preprocess::Recipe& recipe)
{
    QStringList lines;
    for (const preprocess::Step& step : recipe.steps)
        lines << std::visit([](const auto& each) { return RecipeText::of(each); }, step);
    return lines;
}

} // namespace maury::ui
