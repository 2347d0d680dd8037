#pragma once

#include "core/mk/atlas.h"
#include "core/mk/line_list.h"
#include "core/robust/robust_model.h"
#include "core/train/model.h"

#include <QObject>
#include <QString>

#include <memory>
#include <string>

namespace maury::ui {

using ModelPtr = std::shared_ptr<const train::Model>;

/// A model of the robust protocol with the library that it compares spectra with.
struct RobustAnswerer {
    robust::RobustModel model;
    mk::AtlasPtr library; ///< on the model's grid (robust::openLibrary())
};
using RobustPtr = std::shared_ptr<const RobustAnswerer>;

/// `builtin` or the folder of an atlas: what it is opened with.
[[nodiscard]] std::string atlasSource(const mk::Atlas& atlas);

/// What all pages work with: the atlas, and the model of either protocol that answers. All are
/// immutable values that are replaced as a whole.
class Workspace : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    [[nodiscard]] mk::AtlasPtr atlas() const { return m_atlas; } ///< null until one is open
    /// Null until there is one of the paper's protocol, or while one of the robust protocol
    /// answers.
    [[nodiscard]] ModelPtr model() const { return m_model; }
    /// The same the other way round.
    [[nodiscard]] RobustPtr robustModel() const { return m_robust; }
    [[nodiscard]] bool hasModel() const { return m_model != nullptr || m_robust != nullptr; }
    /// The classes that answers count; null without a model.
    [[nodiscard]] const mk::ClassScheme* scheme() const;
    /// What the model was trained on; empty without a model.
    [[nodiscard]] std::string trainedOn() const;
    /// Where the model comes from, for people: "shipped model", "this run, epoch 60".
    [[nodiscard]] QString modelName() const { return m_modelName; }

    /// Null until it is read.
    [[nodiscard]] std::shared_ptr<const mk::LineList> lines() const { return m_lines; }

    void setAtlas(mk::AtlasPtr atlas);
    void setLines(std::shared_ptr<const mk::LineList> lines);
    /// Each takes the place of the other.
    void setModel(ModelPtr model, const QString& name);
    void setRobustModel(RobustPtr model, const QString& name);

signals:
    void atlasChanged();
    void linesChanged();
    void modelChanged();

private:
    mk::AtlasPtr m_atlas;
    std::shared_ptr<const mk::LineList> m_lines;
    ModelPtr m_model;
    RobustPtr m_robust;
    QString m_modelName;
};

} // namespace maury::ui
