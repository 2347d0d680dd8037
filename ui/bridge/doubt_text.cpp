#include "ui/bridge/doubt_text.h"

#include "ui/bridge/number_text.h"

#include <QCoreApplication>

namespace maury::ui {
namespace {

using classify::Doubt;
using classify::DoubtCode;

struct Text {
    Q_DECLARE_TR_FUNCTIONS(maury::ui::DoubtText)
public:
    static QString ofFile(const Doubt& doubt);
    static QString ofObservation(const Doubt& doubt);
    static QString ofComparison(const Doubt& doubt);
    static QString ofPixels(const Doubt& doubt);
    static QString ofLines(const Doubt& doubt);
    static QString ofShift(const Doubt& doubt);
};

QString number(const Doubt& doubt, const char* name, int decimals)
{
    return numberText(doubt.value(name), decimals);
}

QString velocity(const Doubt& doubt)
{
    const double kms = doubt.value("velocity_kms");
    return (kms > 0.0 ? QStringLiteral("+") : QString()) + numberText(kms, 0);
}

QString named(const Doubt& doubt)
{
    return QString::fromStdString(doubt.name);
}

QString frame(const std::string& name)
{
    if (name == "barycentric")
        return Text::tr("barycentric");
    if (name == "heliocentric")
        return Text::tr("heliocentric");
    if (name == "topocentric")
        return Text::tr("topocentric");
    return Text::tr("unknown");
}

/// What there is of the spectrum, and what the file says of it.
QString Text::ofFile(const Doubt& doubt)
{
    switch (doubt.code) {
    case DoubtCode::Coverage:
        return tr("%1 % of %2–%3 Å missing, the longest gap %4–%5 Å")
            .arg(number(doubt, "missing_percent", 0), number(doubt, "from_angstrom", 0),
                number(doubt, "to_angstrom", 0), number(doubt, "longest_from_angstrom", 0),
                number(doubt, "longest_to_angstrom", 0));
    case DoubtCode::RectifiedHere:
        return tr("not rectified in the file (rectified here by an upper envelope)");
    case DoubtCode::MediumUnknown:
        return tr("air or vacuum unknown (taken as air; the difference is 83 km/s)");
    case DoubtCode::FrameUnknown:
        return tr("velocity frame unknown (%1 km/s found and removed)").arg(velocity(doubt));
    case DoubtCode::NoVelocity:
        return tr("no velocity removed; the velocity frame is %1").arg(frame(doubt.name));
    case DoubtCode::Velocity:
        return tr("velocity %1 km/s found and removed (the training spectra are at rest)")
            .arg(velocity(doubt));
    default:
        return {};
    }
}

QString Text::ofObservation(const Doubt& doubt)
{
    switch (doubt.code) {
    case DoubtCode::SignalToNoise:
        return tr("signal to noise %1 a pixel (trained at %2)")
            .arg(number(doubt, "signal_to_noise", 0), number(doubt, "trained", 0));
    case DoubtCode::FluxRange:
        return tr("flux from %1 to %2, in the training library from %3 to %4")
            .arg(number(doubt, "lowest", 2), number(doubt, "highest", 2),
                number(doubt, "lowest_limit", 2), number(doubt, "highest_limit", 2));
    case DoubtCode::ContinuumLevel:
        return tr("continuum level %1 of the nearest standard's (training: 1 ± %2)")
            .arg(number(doubt, "level", 3), number(doubt, "offset_limit", 3));
    case DoubtCode::ContinuumShape:
        return tr("continuum slope %1 and curvature %2 against the nearest standard (training: "
                  "± %3 and ± %4)")
            .arg(number(doubt, "slope", 3), number(doubt, "curvature", 3),
                number(doubt, "slope_limit", 3), number(doubt, "curvature_limit", 3));
    case DoubtCode::Broader:
        return tr("lines too broad: %1 Å (training: up to %2 Å)")
            .arg(number(doubt, "fwhm_angstrom", 1), number(doubt, "limit_angstrom", 1));
    case DoubtCode::Sharper:
        return tr("lines sharper than the library's, by %1 Å in quadrature: smooth the spectrum "
                  "first")
            .arg(number(doubt, "fwhm_angstrom", 1));
    default:
        return {};
    }
}

QString Text::ofComparison(const Doubt& doubt)
{
    switch (doubt.code) {
    case DoubtCode::LinesShifted:
        return tr("lines shifted by %1 km/s against standard %2")
            .arg(velocity(doubt), named(doubt));
    case DoubtCode::Stranger:
        return tr("differs by %1 % from the nearest standard, %2 (limit %3 %)")
            .arg(number(doubt, "percent", 2), named(doubt), number(doubt, "limit_percent", 2));
    case DoubtCode::OutsideAtlas:
        return tr("outside the atlas: like no standard, %1 times as far off as stars that it lacks "
                  "may be")
            .arg(number(doubt, "distance", 1));
    case DoubtCode::OtherJudge:
        return tr("the nearest standard, %1, is of another type").arg(named(doubt));
    case DoubtCode::ForeignClass:
        return tr("the nearest standard, %1, is of a class that this network does not know")
            .arg(named(doubt));
    case DoubtCode::Edges:
        return tr("%1 pixels have data here and none in the nearest standard, %2, or the other way "
                  "round: this network was trained with zeros there")
            .arg(number(doubt, "pixels", 0), named(doubt));
    case DoubtCode::ForeignAtlas:
        return tr("judged by atlas %1, which is not the one that the network was trained on")
            .arg(named(doubt));
    default:
        return {};
    }
}

QString Text::ofPixels(const Doubt& doubt)
{
    switch (doubt.code) {
    case DoubtCode::Saturated:
        return tr("saturated: %1 % of the pixels are cut off at one level")
            .arg(number(doubt, "share_percent", 1));
    case DoubtCode::FilledIn:
        return tr("filled in: %1 Å are straight lines, the longest from %2 to %3 Å")
            .arg(number(doubt, "angstrom", 0), number(doubt, "from_angstrom", 0),
                number(doubt, "to_angstrom", 0));
    case DoubtCode::NegativeFlux:
        return tr("negative flux: %1 % of the pixels").arg(number(doubt, "share_percent", 1));
    case DoubtCode::Spike:
        return tr("spikes: %1 pixels, the highest at %2 Å by %3 times the median flux: cosmic rays "
                  "or dead pixels")
            .arg(number(doubt, "pixels", 0), number(doubt, "wavelength_angstrom", 1),
                number(doubt, "height", 1));
    default:
        return {};
    }
}

QString Text::ofLines(const Doubt& doubt)
{
    switch (doubt.code) {
    case DoubtCode::NoLines:
        return tr("no lines: they make %1 % of the flux, at least %2 % in standards")
            .arg(number(doubt, "strength_percent", 1), number(doubt, "least_percent", 1));
    case DoubtCode::Emission:
        return tr("lines in emission: at %1 Å %2 % of the continuum above all standards")
            .arg(number(doubt, "wavelength_angstrom", 0),
                numberText(100.0 * doubt.value("height"), 0));
    case DoubtCode::BalmerFilled:
        return tr("Balmer lines filled in: the core of Hγ is %1 Å wide, at least %2 Å in standards "
                  "with such other lines")
            .arg(number(doubt, "hgamma_angstrom", 1), number(doubt, "least_angstrom", 1));
    case DoubtCode::UpsideDown:
        return tr("upside down: the lines rise where those of standards fall");
    default:
        return {};
    }
}

QString Text::ofShift(const Doubt& doubt)
{
    switch (doubt.code) {
    case DoubtCode::FarShifted:
        return tr("shifted by z = %1 (%2 km/s): no star of the Galaxy is so fast")
            .arg(number(doubt, "redshift", 4), velocity(doubt));
    case DoubtCode::RestContradicted:
        return tr("said to be at rest, but the standards fit best at %1 km/s").arg(velocity(doubt));
    case DoubtCode::PerhapsVacuum:
        return tr("the velocity is off by %1 km/s, as if the wavelengths were in vacuum (by +83 "
                  "km/s)")
            .arg(velocity(doubt));
    case DoubtCode::PerhapsAir:
        return tr("the velocity is off by %1 km/s, as if the wavelengths were in air (by −83 km/s)")
            .arg(velocity(doubt));
    default:
        return {};
    }
}

} // namespace

QString doubtText(const Doubt& doubt)
{
    for (const auto of : { Text::ofFile, Text::ofObservation, Text::ofComparison, Text::ofPixels,
             Text::ofLines, Text::ofShift })
        if (const QString text = of(doubt); !text.isEmpty())
            return text;
    return {};
}

QStringList doubtTexts(const classify::Conformity& conformity)
{
    QStringList texts;
    for (const Doubt& doubt : conformity.doubts)
        texts.append(doubtText(doubt));
    return texts;
}

} // namespace maury::ui
