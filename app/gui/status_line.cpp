#include "app/gui/status_line.h"

#include "ui/bridge/number_text.h"
#include "ui/pages/elided_label.h"
#include "ui/plots/plot_theme.h"

#include <QLabel>
#include <QProgressBar>
#include <QStyle>
#include <QToolButton>

namespace maury::gui {

using ui::StatusReporter;

StatusLine::StatusLine(StatusReporter& status, QWidget* parent)
    : QStatusBar(parent)
    , m_status(status)
    , m_message(new ui::ElidedLabel(this))
    , m_readout(new QLabel(this))
    , m_job(new QLabel(this))
    , m_progress(new QProgressBar(this))
    , m_cancel(new QToolButton(this))
{
    m_message->setAccessibleName(tr("Message"));
    m_readout->setAccessibleName(tr("Under the cursor"));
    m_job->setAccessibleName(tr("Running job"));
    m_progress->setAccessibleName(tr("Progress"));
    m_progress->setFixedWidth(160);
    m_progress->setTextVisible(false);
    m_cancel->setText(tr("Cancel"));
    m_cancel->setAutoRaise(true);
    m_cancel->setStatusTip(tr("Stop the running job"));
    addWidget(m_message, 1);
    for (QWidget* widget : { static_cast<QWidget*>(m_readout), static_cast<QWidget*>(m_job),
             static_cast<QWidget*>(m_progress), static_cast<QWidget*>(m_cancel) })
        addPermanentWidget(widget);
    showJob();
    connect(&m_status, &StatusReporter::jobsChanged, this, &StatusLine::showJob);
    connect(&m_status, &StatusReporter::readoutShown, m_readout, &QLabel::setText);
    connect(&m_status, &StatusReporter::messageShown, this, &StatusLine::showText);
    connect(m_cancel, &QToolButton::clicked, this, [this] {
        const auto* job = m_status.currentJob();
        if (job != nullptr && job->cancel) {
            const auto cancel = job->cancel; // the job may end inside
            cancel();
        }
    });
}

void StatusLine::showJob()
{
    const StatusReporter::Job* job = m_status.currentJob();
    m_job->setVisible(job != nullptr);
    m_progress->setVisible(job != nullptr);
    m_cancel->setVisible(job != nullptr && job->cancel);
    if (job == nullptr)
        return;
    m_job->setText(job->secondsLeft
            ? tr("%1 · %2 left").arg(job->what, ui::durationText(*job->secondsLeft))
            : job->what);
    m_progress->setRange(0, job->fraction ? 1000 : 0);
    if (job->fraction)
        m_progress->setValue(static_cast<int>(*job->fraction * 1000.0));
}

void StatusLine::showText(const QString& text, StatusReporter::Severity severity)
{
    const auto theme = ui::PlotTheme::from(palette());
    QPalette colours = palette();
    QString mark;
    if (severity == StatusReporter::Severity::Warning) {
        colours.setColor(QPalette::WindowText, theme.warning);
        mark = QStringLiteral("⚠ ");
    } else if (severity == StatusReporter::Severity::Error) {
        colours.setColor(QPalette::WindowText, theme.error);
        mark = QStringLiteral("✖ ");
    }
    m_message->setPalette(colours);
    m_message->setWholeText(mark + text);
}

} // namespace maury::gui
