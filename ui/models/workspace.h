#pragma once

#include "core/mk/atlas.h"
#include "core/mk/line_list.h"
#include "core/train/model.h"

#include <QObject>
#include <QString>

#include <memory>

namespace maury::ui {

using ModelPtr = std::shared_ptr<const train::Model>;

/// What all pages work with: the atlas, and the model that answers. Both are immutable values that
/// are replaced as a whole.
class Workspace : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    [[nodiscard]] mk::AtlasPtr atlas() const { return m_atlas; } ///< null until one is open
    [[nodiscard]] ModelPtr model() const { return m_model; } ///< null until there is one
    /// Where the model comes from, for people: "shipped model", "this run, epoch 60".
    [[nodiscard]] QString modelName() const { return m_modelName; }

    /// Null until it is read.
    [[nodiscard]] std::shared_ptr<const mk::LineList> lines() const { return m_lines; }

    void setAtlas(mk::AtlasPtr atlas);
    void setLines(std::shared_ptr<const mk::LineList> lines);
    void setModel(ModelPtr model, const QString& name);

signals:
    void atlasChanged();
    void linesChanged();
    void modelChanged();

private:
    mk::AtlasPtr m_atlas;
    std::shared_ptr<const mk::LineList> m_lines;
    ModelPtr m_model;
    QString m_modelName;
};

} // namespace maury::ui
