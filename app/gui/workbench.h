#pragma once

#include "app/gui/command_line.h"
#include "ui/bridge/status_reporter.h"
#include "ui/models/selection.h"
#include "ui/models/workspace.h"

#include <memory>

namespace maury::gui {

class MainWindow;

/// Makes the parts of the workbench and joins them. Owns everything that the pages share.
class Workbench : public QObject {
    Q_OBJECT
public:
    explicit Workbench(const CommandLine& commandLine);
    ~Workbench() override;

    [[nodiscard]] MainWindow& window() { return *m_window; }

private:
    ui::StatusReporter m_status;
    ui::Workspace m_workspace;
    ui::Selection m_selection;
    std::unique_ptr<MainWindow> m_window;
};

} // namespace maury::gui
