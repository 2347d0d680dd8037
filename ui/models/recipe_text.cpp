#include "ui/models/recipe_text.h"

#include <QCoreApplication>

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
        return tr("Velocity of %1 km/s removed").arg(step.kms, 0, 'f', 1);
    }

    static QString of(const preprocess::ToGrid& step)
    {
        return tr("Resampled to %1–%2 Å in steps of %3 Å")
            .arg(step.grid.firstAngstrom)
            .arg(step.grid.lastAngstrom())
            .arg(step.grid.stepAngstrom);
    }

    static QString of(const preprocess::TrimEdges&) { return tr("Ramps at missing ends left out"); }

    static QString of(const preprocess::Rectify& step)
    {
        return tr("Divided by an upper envelope (percentile %1, points every %2 Å, degree %3)")
            .arg(step.envelope.percentile)
            .arg(step.envelope.stepAngstrom)
            .arg(step.envelope.degree);
    }

    static QString of(const preprocess::Scale& step)
    {
        return tr("Divided by %1").arg(step.divisor, 0, 'g', 4);
    }

    static QString of(const preprocess::FillGaps&)
    {
        return tr("Missing pixels filled with the nearest good value");
    }
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
