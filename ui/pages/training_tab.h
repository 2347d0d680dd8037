#pragma once

#include "core/train/training_config.h"

#include <QList>
#include <QWidget>

class QComboBox;
class QFormLayout;
class QLabel;

namespace maury::ui {

class ParameterRow;

/// How a run learns: rates, weights and batches, optimiser, schedule, and what computes.
class TrainingTab : public QWidget {
    Q_OBJECT
public:
    /// The rows become children of the tab.
    TrainingTab(const QList<ParameterRow*>& training, const QList<ParameterRow*>& optimiser,
        QWidget* parent = nullptr);

    void showConfig(const train::TrainingConfig& config);
    void write(train::TrainingConfig& config) const;
    void setLocked(const QString& reason);

    [[nodiscard]] QComboBox& optimizer() { return *m_optimizer; }
    [[nodiscard]] QComboBox& schedule() { return *m_schedule; }
    [[nodiscard]] QComboBox& backend() { return *m_backend; }
    [[nodiscard]] QComboBox& precision() { return *m_precision; }
    /// Which backends cannot be used and why; always visible.
    [[nodiscard]] QString unavailable() const;

signals:
    void edited();

private:
    void makeChoices();

    QComboBox* m_optimizer;
    QComboBox* m_schedule;
    QComboBox* m_backend;
    QComboBox* m_precision;
    QLabel* m_unavailable;
    QString m_noDevice; ///< why there is no choice of a precision; empty where there is
};

} // namespace maury::ui
