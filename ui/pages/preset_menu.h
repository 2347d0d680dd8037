#pragma once

#include "ui/models/run_presets.h"

#include <QToolButton>

#include <optional>

namespace maury::ui {

class RunSettingsPanel;

/// Chooses the settings of a known experiment, all at once, and says afterwards in what the
/// settings differ from it.
class PresetMenu : public QToolButton {
    Q_OBJECT
public:
    explicit PresetMenu(QWidget* parent = nullptr);

    /// The panel that it sets and follows; outlives the menu.
    void follow(RunSettingsPanel& panel);
    /// Where libraries may lie: sources of atlases.
    void setNearby(std::vector<std::string> sources) { m_nearby = std::move(sources); }
    /// As if it had been chosen from the menu. Precondition: there is such a preset; follow().
    void choose(const std::string& id);
    /// Whether settings may change now.
    void setActive(bool active);

    /// The one that was chosen; null before.
    [[nodiscard]] const train::Preset* chosen() const { return m_chosen; }
    /// The settings that differ from it now.
    [[nodiscard]] QStringList differences() const;

signals:
    /// After a choice that could be met.
    void told(const QString& text);
    /// After a choice whose libraries were not found: what else the run would use.
    void warned(const QString& text);

protected:
    /// With room for the arrow, which the style draws over the text.
    [[nodiscard]] QSize sizeHint() const override;

private:
    void showState();

    RunSettingsPanel* m_panel = nullptr;
    std::vector<std::string> m_nearby;
    const train::Preset* m_chosen = nullptr;
    std::optional<RunRequest> m_request; ///< of the chosen one
};

} // namespace maury::ui
