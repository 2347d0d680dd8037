#pragma once

#include "ui/bridge/status_reporter.h"

#include <QStatusBar>

namespace maury::ui {
class ElidedLabel;
}

class QLabel;
class QProgressBar;
class QToolButton;

namespace maury::gui {

/// The window's last line: message, what lies under the cursor, progress of the current job with
/// time left and Cancel.
class StatusLine : public QStatusBar {
    Q_OBJECT
public:
    explicit StatusLine(ui::StatusReporter& status, QWidget* parent = nullptr);

private:
    void showJob();
    void showText(const QString& text, ui::StatusReporter::Severity severity);

    ui::StatusReporter& m_status;
    ui::ElidedLabel* m_message;
    QLabel* m_readout;
    QLabel* m_job;
    QProgressBar* m_progress;
    QToolButton* m_cancel;
};

} // namespace maury::gui
