#include "ui/bridge/resource_opener.h"

#include "core/classify/training_atlas.h"
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
    readModel([] { return readPaperModel(train::builtinModel); }, tr("shipped model"));
}

bool ResourceOpener::isModel(const QString& file)
{
    const std::string path = file.toStdString();
    return QFileInfo(file).isFile() && (robust::isRobustModel(path) || train::isModel(path));
}

void ResourceOpener::openModel(const QString& file)
{
    readModel(
        [path = file.toStdString()] {
            return robust::isRobustModel(path)
                ? readRobustModel(path)
                : readPaperModel([&path] { return train::readModel(path); });
        },
        QFileInfo(file).fileName());
}

base::Result<ResourceOpener::OpenedModel> ResourceOpener::readPaperModel(
    const std::function<base::Result<train::Model>()>& read)
{
    auto model = read();
    if (!model)
        return base::Unexpected(model.error());
    return OpenedModel { std::make_shared<const train::Model>(*std::move(model)), {}, {} };
}

base::Result<ResourceOpener::OpenedModel> ResourceOpener::readRobustModel(const std::string& file)
{
    auto model = robust::readRobustModel(file);
    if (!model)
        return base::Unexpected(model.error());
    const auto source = classify::trainingLibrary(model->provenance, file);
    if (!source)
        return base::Unexpected(source.error());
    auto library = robust::openLibrary(*source);
    if (!library)
        return base::failureIn(library.error(), "the library that the model was trained on");
    // The pages show the same standards on the paper's grid.
    auto atlas = mk::openAtlas(*source);
    if (!atlas)
        return base::failureIn(atlas.error(), "the library that the model was trained on");
    return OpenedModel { {},
        std::make_shared<const RobustAnswerer>(
            RobustAnswerer { *std::move(model), *std::move(library) }),
        *std::move(atlas) };
}

void ResourceOpener::readModel(const ReadFunction& read, const QString& name)
{
    const int generation = ++m_modelGeneration;
    using Shared = std::shared_ptr<const base::Result<OpenedModel>>;
    whenDone(this,
        QtConcurrent::run(
            &m_pool, [read] { return std::make_shared<const base::Result<OpenedModel>>(read()); }),
        [this, generation, name](const Shared& model) {
            if (generation == m_modelGeneration)
                takeModel(*model, name);
        });
}

void ResourceOpener::takeModel(const base::Result<OpenedModel>& model, const QString& name)
{
    if (model) {
        const auto open = m_workspace.atlas();
        if (model->atlas && (!open || atlasSource(*open) != atlasSource(*model->atlas))) {
            ++m_atlasGeneration; // it overtakes an atlas that is still being opened
            m_workspace.setAtlas(model->atlas);
            emit atlasOpened();
        }
        if (model->robust)
            m_workspace.setRobustModel(model->robust, name);
        else
            m_workspace.setModel(model->paper, name);
        return;
    }
    const QString reason = errorText(model.error());
    m_status.showMessage(reason, StatusReporter::Severity::Warning);
    emit modelFailed(reason);
}

} // namespace maury::ui
