#include "ui/models/axis_text.h"

#include <QCoreApplication>

namespace maury::ui {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(maury::ui::AxisText)
};

QString frameText(spectrum::Frame frame)
{
    switch (frame) {
    case spectrum::Frame::Rest:
        return Text::tr("rest frame");
    case spectrum::Frame::Barycentric:
        return Text::tr("barycentric frame");
    case spectrum::Frame::Heliocentric:
        return Text::tr("heliocentric frame");
    case spectrum::Frame::Topocentric:
        return Text::tr("topocentric frame");
    case spectrum::Frame::Unknown:
        break;
    }
    return Text::tr("frame unknown");
}

} // namespace

QString wavelengthAxisText(spectrum::Medium medium, spectrum::Frame frame)
{
    switch (medium) {
    case spectrum::Medium::Air:
        return Text::tr("Wavelength in air (Å), %1").arg(frameText(frame));
    case spectrum::Medium::Vacuum:
        return Text::tr("Wavelength in vacuum (Å), %1").arg(frameText(frame));
    case spectrum::Medium::Unknown:
        break;
    }
    return Text::tr("Wavelength (Å), air or vacuum unknown, %1").arg(frameText(frame));
}

QString fluxAxisText(const spectrum::Segment& segment)
{
    if (segment.rectified.value_or(false))
        return Text::tr("Rectified flux");
    return segment.fluxUnit.empty()
        ? Text::tr("Flux (unit not stated)")
        : Text::tr("Flux (%1)").arg(QString::fromStdString(segment.fluxUnit));
}

} // namespace maury::ui
