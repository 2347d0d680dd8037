#pragma once

#include "core/train/training_config.h"

#include <QList>
#include <QWidget>

class QComboBox;

namespace maury::ui {

class ParameterRow;

/// How the standards are varied.
class AugmentationTab : public QWidget {
    Q_OBJECT
public:
    /// The rows become children of the tab.
    explicit AugmentationTab(const QList<ParameterRow*>& rows, QWidget* parent = nullptr);

    void showConfig(const train::TrainingConfig& config);
    void write(train::TrainingConfig& config) const;
    void setLocked(const QString& reason);

    [[nodiscard]] QComboBox& noise() { return *m_noise; }

signals:
    void edited();

private:
    QComboBox* m_noise;
};

} // namespace maury::ui
