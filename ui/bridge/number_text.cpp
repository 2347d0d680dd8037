#include "ui/bridge/number_text.h"

#include <QCoreApplication>
#include <QLocale>

#include <cmath>

namespace maury::ui {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(maury::ui::NumberText)
};

const QString kThinSpace = QString(QChar(0x202F));

} // namespace

QString numberText(double value, int decimals)
{
    if (!std::isfinite(value))
        return Text::tr("n/a");
    // "−0.0" would suggest a sign that the digits do not carry.
    const double scale = std::pow(10.0, decimals);
    const double rounded = std::round(value * scale) / scale;
    return QLocale().toString(rounded == 0.0 ? 0.0 : rounded, 'f', decimals);
}

QString countText(std::int64_t value)
{
    return QLocale().toString(qlonglong(value));
}

QString quantityText(double value, int decimals, const QString& unit)
{
    return std::isfinite(value) ? numberText(value, decimals) + kThinSpace + unit : Text::tr("n/a");
}

QString percentText(double fraction, std::int64_t samples)
{
    if (samples <= 0)
        return Text::tr("n/a");
    const int decimals = samples >= 1000 ? 1 : 0;
    return quantityText(100.0 * fraction, decimals, "%");
}

QString durationText(double seconds)
{
    if (!std::isfinite(seconds) || seconds < 0.0)
        return Text::tr("n/a");
    const auto whole = static_cast<qint64>(std::ceil(seconds));
    if (whole < 60)
        return Text::tr("%1 s").arg(whole);
    if (whole < 3600)
        return Text::tr("%1 min %2 s").arg(whole / 60).arg(whole % 60, 2, 10, QChar('0'));
    return Text::tr("%1 h %2 min").arg(whole / 3600).arg(whole / 60 % 60, 2, 10, QChar('0'));
}

} // namespace maury::ui
