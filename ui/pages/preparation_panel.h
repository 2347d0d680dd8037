#pragma once

#include "core/classify/prepare.h"
#include "ui/models/parameter_spec.h"

#include <QWidget>

#include <functional>

class QCheckBox;
class QComboBox;
class QLabel;
class QPlainTextEdit;
class QPushButton;
class QVBoxLayout;

namespace maury::ui {

class ContinuumGroup;
class FileChoice;
class ParameterRow;
class StatusReporter;

/// How the shown star is brought to the standards: what the file is believed to say, velocity,
/// continuum; and the steps that were done, which can be saved and used again. Whether the velocity
/// is removed and whether the star is rectified are switches of the ComparePanel.
class PreparationPanel : public QWidget {
    Q_OBJECT
public:
    explicit PreparationPanel(QWidget* parent = nullptr);

    /// rectify and shift have their defaults.
    [[nodiscard]] const classify::PrepareOptions& settings() const { return m_settings; }
    /// Without emitting edited().
    void setSettings(const classify::PrepareOptions& settings);
    /// Back to what the next star's file says, unless its settings are to be kept.
    void resetForNewStar();
    /// What was done to the star; empty: nothing yet.
    void showRecipe(const preprocess::Recipe& recipe);
    void reportTo(StatusReporter& status) { m_status = &status; }

    /// Replays the steps of a file on this star. False with a message when it cannot be read.
    bool useRecipeFile(const QString& file);
    /// False with a message when it cannot be written.
    bool saveRecipeFile(const QString& file) const;

    [[nodiscard]] QComboBox& medium() { return *m_medium; }
    [[nodiscard]] QCheckBox& givenVelocity() { return *m_givenVelocity; }
    [[nodiscard]] ParameterRow& velocity() { return *m_velocity; }
    [[nodiscard]] FileChoice& fileChoice() { return *m_file; }
    [[nodiscard]] ContinuumGroup& continuum() { return *m_continuum; }
    [[nodiscard]] QPlainTextEdit& steps() { return *m_steps; }

signals:
    /// By the user. label: what was changed, in words.
    void edited(const QString& label, const maury::classify::PrepareOptions& before);

private:
    using Change = std::function<void(classify::PrepareOptions&)>;
    [[nodiscard]] QWidget* makeFileGroup();
    [[nodiscard]] QWidget* makeNumberGroup();
    [[nodiscard]] QWidget* makeStepsGroup();
    ParameterRow* addRow(QVBoxLayout& layout, const ParameterSpec& spec,
        const std::function<void(classify::PrepareOptions&, double)>& set);
    void apply(const QString& label, const Change& change);
    void showSettings();

    classify::PrepareOptions m_settings;
    preprocess::Recipe m_recipe;
    StatusReporter* m_status = nullptr;
    FileChoice* m_file = nullptr;
    QComboBox* m_medium = nullptr;
    QComboBox* m_frame = nullptr;
    QCheckBox* m_keep = nullptr;
    QCheckBox* m_givenVelocity = nullptr;
    ParameterRow* m_velocity = nullptr;
    ParameterRow* m_range = nullptr;
    ContinuumGroup* m_continuum = nullptr;
    QPlainTextEdit* m_steps = nullptr;
    QPushButton* m_save = nullptr;
    QPushButton* m_automatic = nullptr;
};

} // namespace maury::ui
