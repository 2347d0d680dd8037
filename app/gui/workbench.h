#pragma once

#include "app/gui/command_line.h"
#include "ui/bridge/edit_history.h"
#include "ui/bridge/label_desk.h"
#include "ui/bridge/resource_opener.h"
#include "ui/bridge/spectrum_loader.h"
#include "ui/bridge/spectrum_rereader.h"
#include "ui/bridge/status_reporter.h"
#include "ui/bridge/training_session.h"
#include "ui/models/recent_files.h"
#include "ui/models/selection.h"
#include "ui/models/spectrum_list_model.h"
#include "ui/models/workspace.h"

#include <memory>

class QTemporaryDir;

namespace maury::ui {
class ClassifyPage;
class EvaluatePage;
class LatentPage;
class SpectraPage;
class SurveysPage;
class TrainPage;
}

namespace maury::gui {

class MainWindow;
class ProjectActions;
class SessionKeeper;

/// Makes the parts of the workbench and joins them. Owns everything that the pages share.
class Workbench : public QObject {
    Q_OBJECT
public:
    explicit Workbench(const CommandLine& commandLine);
    ~Workbench() override;

    [[nodiscard]] MainWindow& window() { return *m_window; }
    [[nodiscard]] ui::Workspace& workspace() { return m_workspace; }
    [[nodiscard]] ui::SpectrumLoader& loader() { return m_loader; }
    [[nodiscard]] ui::LabelDesk& labels() { return m_labels; }
    [[nodiscard]] ui::SpectrumListModel& stars() { return m_spectra; }
    [[nodiscard]] ui::Selection& selection() { return m_selection; }
    [[nodiscard]] ui::StatusReporter& status() { return m_status; }
    /// Whether the file of the star at hand is still being read.
    [[nodiscard]] bool isReading() const;
    /// Reads files and folders into the list of stars; a file that is a model becomes the one that
    /// answers.
    void open(const QStringList& paths);

signals:
    /// Atlas and model are open, or cannot be opened: the window can be used.
    void usable();

private:
    void connectFiles(ui::SpectraPage& spectra);
    void connectPages(ui::SpectraPage& spectra, ui::TrainPage& train);
    /// Labels and the Gradient Origin Network join the judges of the Evaluate page.
    void connectJudges(ui::EvaluatePage& evaluate);
    void connectProject(ui::ClassifyPage& classify);
    void openProject(const CommandLine& commandLine);
    void makeSheets();
    void readShown(ui::SpectrumId id);
    void joinProject(int fromRow);
    void keepSession(const CommandLine& commandLine, ui::SpectraPage& spectra, ui::TrainPage& train);
    void connectResources();
    void makePreferences();
    void askForPreferences();
    void selectFirstStandard();
    [[nodiscard]] QStringList openStores(const QStringList& paths);
    void openModel(const QString& file);
    void showModel();
    void settle(bool& part);

    bool m_atlasSettled = false;
    bool m_modelSettled = false;
    ui::StatusReporter m_status;
    ui::Workspace m_workspace;
    ui::SpectrumListModel m_spectra;
    ui::Selection m_selection;
    ui::EditHistory m_history;
    std::unique_ptr<QTemporaryDir> m_passing; ///< holds the project of a tour
    ui::LabelDesk m_labels;
    ui::RecentFiles m_recent;
    ui::SpectrumLoader m_loader;
    ui::SpectrumRereader m_reader; ///< of stars that a project lists, when they are shown
    ui::ResourceOpener m_resources;
    ui::TrainingSession m_training;
    ui::LatentPage* m_latent = nullptr; ///< owned by the window
    ui::SurveysPage* m_surveys = nullptr; ///< owned by the window
    ProjectActions* m_project = nullptr; ///< owned by the window
    std::unique_ptr<MainWindow> m_window;
    std::unique_ptr<SessionKeeper> m_session; ///< null for pictures and measurements; before the window
};

} // namespace maury::gui
