#include "ui/models/store_summary.h"

#include "ui/bridge/number_text.h"

#include <QCoreApplication>
#include <QStringList>

namespace maury::ui {

namespace {

class StoreSummary {
    Q_DECLARE_TR_FUNCTIONS(maury::ui::StoreSummary)
public:
    static QString text(const store::Store& store)
    {
        QStringList lines;
        lines << QStringLiteral("<b>%1</b>")
                     .arg(QString::fromStdString(store.file().string()).toHtmlEscaped());
        const QString count = countText(static_cast<std::int64_t>(store.size()));
        if (!store.grid())
            lines << tr("Spectra with the pixels that they were read with: %1").arg(count);
        else
            lines << tr("Spectra on a common grid: %1").arg(count) << gridText(*store.grid());
        for (const store::BlockExtent& block : store.coverage())
            lines << blockText(*store.grid(), block);
        return lines.join(QStringLiteral("<br>"));
    }

private:
    static QString gridText(const store::StoreGrid& grid)
    {
        return tr("Grid %1: %2 to %3 Å, %4 pixels")
            .arg(QString::fromStdString(grid.name).toHtmlEscaped(), numberText(grid.wavelength(0), 1),
                numberText(grid.wavelength(grid.pixels - 1), 1),
                countText(static_cast<std::int64_t>(grid.pixels)));
    }
    static QString blockText(const store::StoreGrid& grid, const store::BlockExtent& block)
    {
        const QString survey = block.survey.empty()
            ? tr("no survey")
            : QString::fromStdString(block.survey).toHtmlEscaped();
        return tr("%1: %2 to %3 Å, %4 segments")
            .arg(survey, numberText(grid.wavelength(block.firstPixel), 1),
                numberText(grid.wavelength(block.firstPixel + block.pixels - 1), 1),
                countText(static_cast<std::int64_t>(block.rows)));
    }
};

} // namespace

QString storeSummary(const store::Store& store)
{
    return StoreSummary::text(store);
}

} // namespace maury::ui
