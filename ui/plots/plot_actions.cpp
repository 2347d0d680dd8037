#include "ui/plots/plot_actions.h"

#include "ui/bridge/error_text.h"
#include "ui/bridge/file_writer.h"
#include "ui/models/spectrum_export.h"
#include "ui/plots/figure_dialog.h"
#include "ui/plots/plot_base.h"
#include "ui/plots/table_window.h"

#include <QAction>
#include <QDir>
#include <QFileDialog>
#include <QMenu>
#include <QRegularExpression>
#include <QSettings>

namespace maury::ui {

namespace {

using Severity = StatusReporter::Severity;

const QString kFolderKey = QStringLiteral("figure/folder");

} // namespace

PlotActions::PlotActions(PlotBase& plot)
    : QObject(&plot)
    , m_plot(plot)
{
    add(tr("&Export figure…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_E),
        tr("Write this figure as PDF, SVG or PNG on white paper"), &PlotActions::exportFigure);
    add(tr("Show as &table"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_T),
        tr("Show the numbers of this figure in a table"), &PlotActions::showTable);
    add(tr("&Save table…"), {}, tr("Write the numbers of this figure as CSV, ECSV or FITS"),
        &PlotActions::saveTable);
    add(tr("Reset &zoom"), {}, tr("Show everything again"), &PlotActions::resetZoom);
}

void PlotActions::add(
    const QString& text, const QKeySequence& key, const QString& tip, void (PlotActions::*act)())
{
    auto* action = new QAction(text, this);
    action->setShortcut(key);
    // Several plots of a page have the same keys: they mean the one with the focus.
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    action->setStatusTip(tip);
    action->setToolTip(tip);
    connect(action, &QAction::triggered, this, act);
    m_plot.addAction(action);
}

void PlotActions::popup(const QPoint& globalPosition)
{
    auto* menu = new QMenu(&m_plot);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addActions(m_plot.actions());
    menu->popup(globalPosition);
}

QString PlotActions::suggestedFile(const QString& suffix) const
{
    static const QRegularExpression other(
        QStringLiteral("[^\\w]+"), QRegularExpression::UseUnicodePropertiesOption);
    QString name = m_plot.accessibleName().toLower().replace(other, QStringLiteral("_"));
    if (name.isEmpty())
        name = QStringLiteral("figure");
    return QDir(QSettings().value(kFolderKey).toString()).filePath(name + '.' + suffix);
}

void PlotActions::exportFigure()
{
    FigureDialog dialog(m_plot.window());
    if (dialog.exec() != QDialog::Accepted)
        return;
    const QString suffix = figureSuffix(dialog.format());
    QString file = QFileDialog::getSaveFileName(m_plot.window(), tr("Export figure"),
        suggestedFile(suffix), tr("%1 figures (*.%2)").arg(suffix.toUpper(), suffix));
    if (file.isEmpty())
        return;
    if (figureFormat(file) != dialog.format())
        file += '.' + suffix;
    QSettings().setValue(kFolderKey, QFileInfo(file).absolutePath());
    if (const auto written = m_plot.writeFigure(file, dialog.settings()))
        emit reported(tr("The figure was written to %1").arg(file), Severity::Info);
    else
        emit reported(errorText(written.error()), Severity::Error);
}

bool PlotActions::hasNumbers()
{
    const bool numbers = !m_plot.table().isEmpty();
    if (!numbers)
        emit reported(tr("This figure shows no numbers yet"), Severity::Info);
    return numbers;
}

void PlotActions::showTable()
{
    if (!hasNumbers())
        return;
    auto* window = new TableWindow(
        tr("%1 – table").arg(m_plot.accessibleName()), [this] { return m_plot.table(); },
        m_plot.window());
    window->setAttribute(Qt::WA_DeleteOnClose);
    connect(&m_plot, &QObject::destroyed, window, &QObject::deleteLater);
    connect(window, &TableWindow::saveRequested, this,
        [this, window] { saveAs(window->table(), window); });
    window->show();
}

void PlotActions::saveTable()
{
    if (hasNumbers())
        saveAs(m_plot.table(), m_plot.window());
}

void PlotActions::saveAs(const PlotTable& table, QWidget* window)
{
    QString file = QFileDialog::getSaveFileName(window, tr("Save table"),
        suggestedFile(QStringLiteral("csv")),
        QStringList { tr("Comma-separated values (*.csv)"), tr("Enhanced CSV (*.ecsv)"),
            tr("FITS tables (*.fits)") }
            .join(QStringLiteral(";;")));
    if (file.isEmpty())
        return;
    if (!io::checkTableFormat(file.toStdString()))
        file += QStringLiteral(".csv");
    QSettings().setValue(kFolderKey, QFileInfo(file).absolutePath());
    if (const auto written = writeTable(table, file))
        emit reported(tr("The table was written to %1").arg(file), Severity::Info);
    else
        emit reported(errorText(written.error()), Severity::Error);
}

base::Result<void> PlotActions::writeTable(const PlotTable& table, const QString& file) const
{
    if (QFileInfo(file).suffix().toLower() == QStringLiteral("csv"))
        return writeFile(file, csvText(table).toUtf8());
    return io::writeTable(file.toStdString(), tableExport(table, m_plot.accessibleName()));
}

void PlotActions::resetZoom()
{
    m_plot.resetZoom();
}

} // namespace maury::ui
