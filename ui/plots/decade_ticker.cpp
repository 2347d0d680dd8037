#include "ui/plots/decade_ticker.h"

#include <qcustomplot.h>

#include <cmath>

namespace maury::ui {

namespace {

class DecadeTicker : public QCPAxisTicker {
protected:
    QVector<double> createTickVector(double, const QCPRange& range) override
    {
        const double decades = std::log10(range.upper / range.lower);
        QVector<double> mantissas { 1.0 };
        if (decades < 1.0)
            mantissas = { 1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0 };
        else if (decades < 3.0)
            mantissas = { 1.0, 2.0, 5.0 };
        QVector<double> ticks;
        for (double decade = std::pow(10.0, std::floor(std::log10(range.lower)));
             decade <= range.upper; decade *= 10.0)
            for (const double mantissa : mantissas)
                ticks.append(mantissa * decade);
        return ticks;
    }
    QVector<double> createSubTickVector(int, const QVector<double>&) override { return {}; }
    QString getTickLabel(double tick, const QLocale& locale, QChar, int) override
    {
        return locale.toString(tick, 'g', 3);
    }
};

} // namespace

QSharedPointer<QCPAxisTicker> decadeTicker()
{
    return QSharedPointer<DecadeTicker>::create();
}

} // namespace maury::ui
