#include "ui/models/workspace.h"

#include <utility>

namespace maury::ui {

std::string atlasSource(const mk::Atlas& atlas)
{
    return atlas.source().empty() || atlas.name() == "builtin" ? "builtin"
                                                               : atlas.source().string();
}

const mk::ClassScheme* Workspace::scheme() const
{
    return m_model != nullptr ? &m_model->scheme
        : m_robust != nullptr ? &m_robust->model.scheme
                              : nullptr;
}

std::string Workspace::trainedOn() const
{
    return m_model != nullptr ? m_model->atlas
        : m_robust != nullptr ? m_robust->model.atlas
                              : std::string();
}

void Workspace::setAtlas(mk::AtlasPtr atlas)
{
    if (m_atlas == atlas)
        return;
    m_atlas = std::move(atlas);
    emit atlasChanged();
}

void Workspace::setLines(std::shared_ptr<const mk::LineList> lines)
{
    m_lines = std::move(lines);
    emit linesChanged();
}

void Workspace::setModel(ModelPtr model, const QString& name)
{
    m_model = std::move(model);
    m_robust.reset();
    m_modelName = name;
    emit modelChanged();
}

void Workspace::setRobustModel(RobustPtr model, const QString& name)
{
    m_robust = std::move(model);
    m_model.reset();
    m_modelName = name;
    emit modelChanged();
}

} // namespace maury::ui
