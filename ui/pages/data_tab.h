#pragma once

#include "ui/bridge/run_request.h"

#include <QList>
#include <QWidget>

class QCheckBox;
class QComboBox;
class QSpinBox;

namespace maury::ui {

class AtlasChoice;
class ParameterRow;

/// What a run learns from and is tested with.
class DataTab : public QWidget {
    Q_OBJECT
public:
    /// The rows become children of the tab.
    explicit DataTab(const QList<ParameterRow*>& rows, QWidget* parent = nullptr);

    void showRequest(const RunRequest& request);
    void write(RunRequest& request) const;
    void setLocked(const QString& reason);
    /// The atlas to train on until the user chooses one.
    void setDefaultAtlas(const std::string& source);

    [[nodiscard]] QCheckBox& freshEveryEpoch() { return *m_fresh; }
    [[nodiscard]] QSpinBox& seed() { return *m_seed; }
    [[nodiscard]] QComboBox& edges() { return *m_edges; }

signals:
    void edited();

private:
    void makeControls();

    bool m_atlasChosen = false;
    AtlasChoice* m_trainAtlas;
    AtlasChoice* m_testAtlas;
    QComboBox* m_edges;
    QCheckBox* m_fresh;
    QSpinBox* m_seed;
};

} // namespace maury::ui
