#include "ui/plots/plot_theme.h"

#include <algorithm>
#include <cmath>

namespace maury::ui {

namespace {

QColor mixed(const QColor& from, const QColor& to, double fraction)
{
    const auto f = static_cast<float>(std::clamp(fraction, 0.0, 1.0));
    const auto part = [f](float a, float b) { return a + (b - a) * f; };
    return QColor::fromRgbF(part(from.redF(), to.redF()), part(from.greenF(), to.greenF()),
        part(from.blueF(), to.blueF()));
}

} // namespace

bool isDark(const QPalette& palette)
{
    return palette.color(QPalette::Window).lightnessF()
        < palette.color(QPalette::WindowText).lightnessF();
}

PlotTheme PlotTheme::from(const QPalette& palette)
{
    PlotTheme theme;
    theme.dark = isDark(palette);
    theme.background = palette.color(QPalette::Base);
    theme.text = palette.color(QPalette::Text);
    theme.axis = mixed(theme.background, theme.text, 0.55);
    theme.grid = mixed(theme.background, theme.text, theme.dark ? 0.13 : 0.10);
    theme.star = theme.text;
    theme.accent = palette.color(QPalette::Highlight);
    if (theme.dark) {
        theme.standardFirst = QColor(0x6f, 0xb3, 0xe0);
        theme.standardSecond = QColor(0xd9, 0xa8, 0x5f);
        theme.residual = QColor(0x9a, 0xa3, 0xae);
        theme.speaksFor = QColor(0x56, 0xb4, 0xe9);
        theme.speaksAgainst = QColor(0xf2, 0x83, 0x3d);
        theme.marker = QColor(0x9c, 0xa8, 0xb8);
        theme.train = QColor(0x56, 0xb4, 0xe9);
        theme.test = QColor(0xe6, 0x9f, 0x00);
        theme.warning = QColor(0xf0, 0xb4, 0x3c);
        theme.error = QColor(0xff, 0x7b, 0x6b);
        theme.luminosityI = QColor(0xf2, 0x83, 0x3d);
        theme.luminosityIII = QColor(0x2f, 0xc0, 0x95);
        theme.luminosityV = QColor(0x58, 0xa6, 0xe6);
    } else {
        theme.standardFirst = QColor(0x2f, 0x74, 0xa8);
        theme.standardSecond = QColor(0xa8, 0x6a, 0x12);
        theme.residual = QColor(0x6a, 0x72, 0x7c);
        theme.speaksFor = QColor(0x00, 0x72, 0xb2);
        theme.speaksAgainst = QColor(0xd5, 0x5e, 0x00);
        theme.marker = QColor(0x5a, 0x66, 0x75);
        theme.train = QColor(0x00, 0x72, 0xb2);
        theme.test = QColor(0xb8, 0x6b, 0x00);
        theme.warning = QColor(0x8a, 0x5a, 0x00);
        theme.error = QColor(0xb3, 0x26, 0x1e);
        theme.luminosityI = QColor(0xd5, 0x5e, 0x00);
        theme.luminosityIII = QColor(0x00, 0x9e, 0x73);
        theme.luminosityV = QColor(0x00, 0x72, 0xb2);
    }
    return theme;
}

PlotTheme PlotTheme::paper()
{
    QPalette palette;
    for (const auto ground : { QPalette::Window, QPalette::Base })
        palette.setColor(ground, Qt::white);
    for (const auto text : { QPalette::WindowText, QPalette::Text })
        palette.setColor(text, Qt::black);
    palette.setColor(QPalette::Highlight, QColor(0x1f, 0x5f, 0xa8));
    return from(palette);
}

QColor PlotTheme::luminosity(mk::LuminosityGroup group) const
{
    switch (group) {
    case mk::LuminosityGroup::I:
        return luminosityI;
    case mk::LuminosityGroup::III:
        return luminosityIII;
    case mk::LuminosityGroup::V:
        return luminosityV;
    }
    return text;
}

QColor PlotTheme::spectralClass(double decimalSubclass) const
{
    const QColor hot = dark ? QColor(0x6c, 0x9b, 0xff) : QColor(0x2b, 0x55, 0xc4);
    const QColor neutral = dark ? QColor(0xe8, 0xe4, 0xd4) : QColor(0x8c, 0x84, 0x6a);
    const QColor cool = dark ? QColor(0xff, 0x74, 0x5c) : QColor(0xb8, 0x2a, 0x1c);
    const double fraction = std::isfinite(decimalSubclass) ? decimalSubclass / 65.0 : 0.5;
    return fraction < 0.5 ? mixed(hot, neutral, fraction * 2.0)
                          : mixed(neutral, cool, fraction * 2.0 - 1.0);
}

QColor PlotTheme::density(double fraction) const
{
    const QColor low = background;
    const QColor middle = dark ? QColor(0x2a, 0x6f, 0x97) : QColor(0x7f, 0xb8, 0xd8);
    const QColor high = dark ? QColor(0xf7, 0xe3, 0x9c) : QColor(0x0b, 0x2f, 0x5c);
    const double f = std::clamp(std::isfinite(fraction) ? fraction : 0.0, 0.0, 1.0);
    return f < 0.5 ? mixed(low, middle, f * 2.0) : mixed(middle, high, f * 2.0 - 1.0);
}

} // namespace maury::ui
