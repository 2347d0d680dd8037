#pragma once

#include "core/train/training_config.h"
#include "ui/models/run_estimator.h"

#include <QWidget>

#include <optional>

class QComboBox;
class QLabel;
class QLineEdit;

namespace maury::ui {

class ActivationPlot;
class ArchitectureEditor;

/// The network of a run: its layers as a row to edit and as a text, activation with its plot, first
/// weights, and what it will cost.
class NetworkTab : public QWidget {
    Q_OBJECT
public:
    explicit NetworkTab(QWidget* parent = nullptr);

    void showConfig(const train::TrainingConfig& config);
    /// Errors: OptionInvalid when the text of the layers cannot be read.
    base::Result<void> write(train::TrainingConfig& config) const;
    void setLocked(const QString& reason);
    /// Nothing: the settings cannot run.
    void showEstimate(const std::optional<RunEstimate>& estimate);

    [[nodiscard]] ArchitectureEditor& architecture() { return *m_architecture; }
    [[nodiscard]] QLineEdit& hiddenText() { return *m_hidden; }
    [[nodiscard]] QComboBox& activation() { return *m_activation; }
    [[nodiscard]] QComboBox& initialisation() { return *m_initialisation; }
    [[nodiscard]] ActivationPlot& plot() { return *m_plot; }
    [[nodiscard]] QLabel& summary() { return *m_summary; }

signals:
    void edited();

private:
    void makeControls();
    void takeText();
    void takeLayers();

    ArchitectureEditor* m_architecture;
    QLineEdit* m_hidden;
    QComboBox* m_activation;
    QComboBox* m_initialisation;
    ActivationPlot* m_plot;
    QLabel* m_summary;
};

/// How long an estimate's run will take and what that rests on: for a tool tip.
[[nodiscard]] QString estimateOrigin(const RunEstimate& estimate);

} // namespace maury::ui
