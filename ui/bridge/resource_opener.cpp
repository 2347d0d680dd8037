#include "ui/bridge/resource_opener.h"

#include "ui/bridge/error_text.h"
#include "ui/bridge/status_reporter.h"
#include "ui/bridge/when_done.h"

#include <QFileInfo>
#include <QtConcurrent>

#include <functional>
#include <memory>

namespace maury::ui {

namespace {

using AtlasResult = std::shared_ptr<const base::Result<mk::AtlasPtr>>;
using ModelResult = std::shared_ptr<const base::Result<ModelPtr>>;

ModelResult readShared(const std::function<base::Result<train::Model>()>& read)
{
    auto model = read();
    return std::make_shared<const base::Result<ModelPtr>>(model
            ? base::Result<ModelPtr>(std::make_shared<const train::Model>(*std::move(model)))
            : base::Result<ModelPtr>(base::Unexpected(model.error())));
}

} // namespace

ResourceOpener::ResourceOpener(Workspace& workspace, StatusReporter& status, QObject* parent)
    : QObject(parent)
    , m_workspace(workspace)
    , m_status(status)
{
}

void ResourceOpener::openAtlas(const QString& nameOrFolder)
{
    const int generation = ++m_atlasGeneration;
    const auto job = m_status.beginJob(tr("Opening the atlas"));
    // Results travel as shared pointers: QFuture wants default-constructible values.
    const auto atlas = QtConcurrent::run(&m_pool, [name = nameOrFolder.toStdString()] {
        return std::make_shared<const base::Result<mk::AtlasPtr>>(mk::openAtlas(name));
    });
    whenDone(this, atlas, [this, generation, job](const AtlasResult& opened) {
        m_status.endJob(job);
        if (generation == m_atlasGeneration)
            takeAtlas(*opened);
    });
}

void ResourceOpener::takeAtlas(const base::Result<mk::AtlasPtr>& atlas)
{
    if (atlas) {
        m_workspace.setAtlas(*atlas);
        emit atlasOpened();
        return;
    }
    const QString reason = errorText(atlas.error());
    m_status.showMessage(reason, StatusReporter::Severity::Error);
    emit atlasFailed(reason);
}

void ResourceOpener::openLines()
{
    const auto read = QtConcurrent::run(&m_pool,
        [] { return std::make_shared<const base::Result<mk::LineList>>(mk::defaultLineList()); });
    whenDone(this, read, [this](const std::shared_ptr<const base::Result<mk::LineList>>& lines) {
        if (*lines)
            m_workspace.setLines(std::make_shared<const mk::LineList>(**lines));
        else
            m_status.showMessage(errorText(lines->error()), StatusReporter::Severity::Warning);
    });
}

void ResourceOpener::openBuiltinModel()
{
    readModel(train::builtinModel, tr("shipped model"));
}

void ResourceOpener::openModel(const QString& file)
{
    readModel(
        [path = file.toStdString()] { return train::readModel(path); }, QFileInfo(file).fileName());
}

void ResourceOpener::readModel(const ReadFunction& read, const QString& name)
{
    const int generation = ++m_modelGeneration;
    whenDone(this, QtConcurrent::run(&m_pool, readShared, read),
        [this, generation, name](const ModelResult& model) {
            if (generation == m_modelGeneration)
                takeModel(*model, name);
        });
}

void ResourceOpener::takeModel(const base::Result<ModelPtr>& model, const QString& name)
{
    if (model) {
        m_workspace.setModel(*model, name);
        return;
    }
    const QString reason = errorText(model.error());
    m_status.showMessage(reason, StatusReporter::Severity::Warning);
    emit modelFailed(reason);
}

} // namespace maury::ui
