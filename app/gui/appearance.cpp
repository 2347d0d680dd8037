#include "app/gui/appearance.h"

#include "app/gui/workbench_style.h"
#include "ui/plots/plot_theme.h"

#include <QApplication>

namespace maury::gui {

namespace {

struct Ground {
    QColor window;
    QColor base;
    QColor alternate;
    QColor button;
    QColor text;
    QColor faint;
    QColor accent;
    QColor accentText;
    QColor link;
    QColor line;
};

QPalette paletteOf(const Ground& ground)
{
    QPalette palette;
    const auto all = [&palette](QPalette::ColorRole role, const QColor& color) {
        palette.setColor(QPalette::All, role, color);
    };
    all(QPalette::Window, ground.window);
    all(QPalette::WindowText, ground.text);
    all(QPalette::Base, ground.base);
    all(QPalette::AlternateBase, ground.alternate);
    all(QPalette::Text, ground.text);
    all(QPalette::PlaceholderText, ground.faint);
    all(QPalette::Button, ground.button);
    all(QPalette::ButtonText, ground.text);
    all(QPalette::BrightText, ground.accentText);
    all(QPalette::Highlight, ground.accent);
    all(QPalette::HighlightedText, ground.accentText);
    all(QPalette::Link, ground.link);
    all(QPalette::LinkVisited, ground.link);
    all(QPalette::ToolTipBase, ground.alternate);
    all(QPalette::ToolTipText, ground.text);
    all(QPalette::Light, ground.button.lighter(120));
    all(QPalette::Midlight, ground.button.lighter(108));
    all(QPalette::Mid, ground.line);
    all(QPalette::Dark, ground.line.darker(120));
    all(QPalette::Shadow, ground.line.darker(160));
    for (const auto role : { QPalette::WindowText, QPalette::Text, QPalette::ButtonText })
        palette.setColor(QPalette::Disabled, role, ground.faint);
    palette.setColor(QPalette::Disabled, QPalette::Highlight, ground.line);
    palette.setColor(QPalette::Disabled, QPalette::HighlightedText, ground.faint);
    return palette;
}

} // namespace

QPalette lightPalette()
{
    return paletteOf({ .window = QColor(0xf3, 0xf4, 0xf6),
        .base = QColor(0xff, 0xff, 0xff),
        .alternate = QColor(0xf7, 0xf8, 0xfa),
        .button = QColor(0xf8, 0xf9, 0xfb),
        .text = QColor(0x1b, 0x1f, 0x24),
        .faint = QColor(0x6b, 0x72, 0x7c),
        .accent = QColor(0x1f, 0x5f, 0xa8),
        .accentText = QColor(0xff, 0xff, 0xff),
        .link = QColor(0x1f, 0x5f, 0xa8),
        .line = QColor(0xc4, 0xc9, 0xd1) });
}

QPalette darkPalette()
{
    return paletteOf({ .window = QColor(0x2a, 0x2d, 0x33),
        .base = QColor(0x17, 0x19, 0x1d),
        .alternate = QColor(0x1d, 0x20, 0x25),
        .button = QColor(0x38, 0x3c, 0x44),
        .text = QColor(0xe8, 0xea, 0xed),
        .faint = QColor(0x9a, 0xa2, 0xad),
        .accent = QColor(0x2f, 0x6f, 0xb5),
        .accentText = QColor(0xff, 0xff, 0xff),
        .link = QColor(0x7f, 0xb8, 0xf0),
        .line = QColor(0x50, 0x56, 0x60) });
}

void applyAppearance(QApplication& application, Style style)
{
    // Without ours: the platform theme's palette tells what the system wants.
    application.setPalette(QPalette());
    const bool dark
        = style == Style::Dark || (style == Style::System && ui::isDark(QApplication::palette()));
    QApplication::setStyle(new WorkbenchStyle);
    application.setPalette(dark ? darkPalette() : lightPalette());
}

} // namespace maury::gui
