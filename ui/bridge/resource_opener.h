#pragma once

#include "core/base/result.h"
#include "ui/models/workspace.h"

#include <QObject>
#include <QString>
#include <QThreadPool>

#include <functional>

namespace maury::ui {

class StatusReporter;

/// Opens atlases, models and the line list on a background thread and puts them into the workspace;
/// failures are reported in the status line. The last call wins.
class ResourceOpener : public QObject {
    Q_OBJECT
public:
    /// Both outlive the opener.
    ResourceOpener(Workspace& workspace, StatusReporter& status, QObject* parent = nullptr);

    /// `builtin` or a folder.
    void openAtlas(const QString& nameOrFolder);
    /// The model that is shipped for the built-in atlas.
    void openBuiltinModel();
    /// Of either protocol. One of the robust protocol brings the library that it was trained on.
    void openModel(const QString& file);
    /// Whether a file is a model, as far as its format's name tells.
    [[nodiscard]] static bool isModel(const QString& file);
    /// The line list of the program.
    void openLines();

signals:
    void atlasOpened();
    void atlasFailed(const QString& reason);
    void modelFailed(const QString& reason);

private:
    /// A model of one protocol, with the atlas that the pages should show beside it.
    struct OpenedModel {
        ModelPtr paper;
        RobustPtr robust;
        mk::AtlasPtr atlas; ///< null: whichever is open
    };
    using ReadFunction = std::function<base::Result<OpenedModel>()>;
    static base::Result<OpenedModel> readPaperModel(
        const std::function<base::Result<train::Model>()>& read);
    static base::Result<OpenedModel> readRobustModel(const std::string& file);
    void readModel(const ReadFunction& read, const QString& name);
    void takeAtlas(const base::Result<mk::AtlasPtr>& atlas);
    void takeModel(const base::Result<OpenedModel>& model, const QString& name);

    Workspace& m_workspace;
    StatusReporter& m_status;
    QThreadPool m_pool; ///< not the global one: painting waits for that
    int m_atlasGeneration = 0;
    int m_modelGeneration = 0;
};

} // namespace maury::ui
