#include "ui/models/workspace.h"

#include <utility>

namespace maury::ui {

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
    m_modelName = name;
    emit modelChanged();
}

} // namespace maury::ui
