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
        return tr("Divided by an upper envelope (percentile %1, points every %2 Å, degree %3)")
            .arg(number(step.envelope.percentile), number(step.envelope.stepAngstrom),
                number(step.envelope.degree));
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
